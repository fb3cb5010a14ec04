"""The admins hear of what could not be handled or sent: once a minute, in numbers only."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.chat.call import Call
from bot.chat.cards.alarms import waiting_line
from bot.chat.render import to_html
from bot.core.facts import Fact
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.inbox.facts import UpdateDied
from bot.features.inbox.service import Received, bury, receive, take
from bot.features.outbox.facts import RowFailed
from bot.features.outbox.models import Lane, OutboxRow
from bot.features.people.service import mark_unreachable
from tests.chat.conftest import Booth
from tests.support import people
from tests.support.clock import SetClock

BODY = "正文不外传"


@pytest.fixture
def real_minute(clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Let real time stand still as well, so that a burst is within one minute."""
    monkeypatch.setattr(clock, "real_now", clock.now)
    return clock


@pytest.mark.parametrize(
    ("fact", "row"),
    [
        (UpdateDied(row_id=1234, reason=f"incident {BODY}"), "收件 1234"),
        (RowFailed(row_id=1234, error=f"Bad Request: {BODY}"), "发件 1234"),
    ],
)
def test_every_admin_gets_the_number_and_the_command(store: Store, fact: Fact, row: str) -> None:
    admins = [people.make(store, Role.admin, language=language) for language in ("zh_CN", "en")]
    other = people.make(store, Role.coordinator)
    store.write_now(lambda work: work.tell(fact))
    [chinese] = people.messages(store, admins[0])
    assert row in chinese
    assert "python -m bot queue list" in chinese
    [english] = people.messages(store, admins[1])
    assert "1234" in english
    assert BODY not in chinese + english
    assert people.messages(store, other) == []


def test_a_burst_is_one_alarm_and_the_next_minute_another(
    store: Store, real_minute: SetClock
) -> None:
    admin = people.make(store, Role.admin)

    def burst(work: Work) -> None:
        for number in range(1, 50):
            work.tell(UpdateDied(row_id=number, reason="x"))
            work.tell(RowFailed(row_id=number, error="x"))

    store.write_now(burst)
    store.write_now(burst)
    assert len(people.messages(store, admin)) == 1
    real_minute.move(minutes=1)
    store.write_now(burst)
    assert len(people.messages(store, admin)) == 2


def test_an_alarm_goes_at_night_and_by_its_own_lane(store: Store, real_minute: SetClock) -> None:
    people.make(store, Role.admin)
    real_minute.move(hours=14)
    store.write_now(lambda work: work.tell(UpdateDied(row_id=1, reason="x")))
    [row] = store.read_now(lambda view: view.session.scalars(select(OutboxRow)).all())
    assert (row.lane, row.not_before) == (Lane.alarm, None)


def test_an_admin_who_cannot_be_reached_stops_nothing(store: Store) -> None:
    away, here = people.make(store, Role.admin), people.make(store, Role.admin)
    store.write_now(lambda work: mark_unreachable(work, away.telegram_id))
    store.write_now(lambda work: work.tell(UpdateDied(row_id=1, reason="x")))
    assert people.messages(store, away) == []
    assert len(people.messages(store, here)) == 1


def test_without_an_admin_nothing_is_lost_but_the_alarm(store: Store) -> None:
    store.write_now(lambda work: work.tell(UpdateDied(row_id=1, reason="x")))
    assert store.read_now(lambda view: view.session.scalars(select(OutboxRow)).all()) == []


def test_the_admins_home_counts_what_waits(booth_of: Callable[..., Booth]) -> None:
    booth = booth_of(Role.admin)
    assert booth.do(waiting_line) is None

    def die(call: Call) -> None:
        [row] = receive(call.work, bot_id=1, updates=[Received(1, 5, "{}")])
        kept = take(call.work, row.id)
        assert kept is not None
        bury(call.work, kept, reason="x")

    booth.do(die)
    line = booth.do(waiting_line)
    assert line is not None
    assert "1 条消息没能处理或发出" in booth.do(lambda call: to_html(line, call.voice("zh_CN")))
