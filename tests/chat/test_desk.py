"""Messages are written once, in the reader's language, and not in the night."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.chat.desk import Desk
from bot.chat.screen import Screen
from bot.chat.text import Plain, T
from bot.config import Config, QuietHours, TimeSettings
from bot.db.store import Store
from bot.db.work import Work
from bot.features.outbox.models import Kind, Lane, OutboxRow, State
from tests.support import people
from tests.support.clock import SetClock
from tests.support.config import make_config


def desk_at(local: str, config: Config) -> Desk:
    """Return a desk at the local time `local` of 2024-06-03; nothing is written at it."""
    now = datetime.fromisoformat(f"2024-06-03T{local}:00+08:00").astimezone(UTC)
    return Desk(Work(Session(), now, now), config, "test_bot")


@pytest.mark.parametrize(
    ("now", "held_until"),
    [
        ("21:59", None),
        ("22:00", "2024-06-04T07:00:00+08:00"),
        ("23:30", "2024-06-04T07:00:00+08:00"),
        ("00:00", "2024-06-03T07:00:00+08:00"),
        ("06:59", "2024-06-03T07:00:00+08:00"),
        ("07:00", None),
    ],
)
def test_the_night_ends_at_its_hour(now: str, held_until: str | None, campaign: Config) -> None:
    held = desk_at(now, campaign).after_quiet(None)
    assert held == (None if held_until is None else datetime.fromisoformat(held_until))


def test_a_pause_at_noon_ends_the_same_day() -> None:
    config = make_config(time={"quiet_hours": {"start": "12:00", "end": "14:00"}})
    assert desk_at("11:59", config).after_quiet(None) is None
    held = desk_at("13:00", config).after_quiet(None)
    assert held == datetime.fromisoformat("2024-06-03T14:00:00+08:00")


TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@settings(max_examples=200)
@given(
    TIMES,
    TIMES,
    st.datetimes(datetime(2024, 1, 1), datetime(2025, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds the zone
)
def test_nothing_that_was_moved_falls_into_the_night(
    start: time, end: time, moment: datetime
) -> None:
    quiet = QuietHours(start=start, end=end)
    config = CONFIG.model_copy(update={"time": TimeSettings(quiet_hours=quiet)})
    desk = Desk(Work(Session(), moment, moment), config, "test_bot")
    held = desk.after_quiet(moment) or moment
    local = held.astimezone(config.time.zone_info).time()
    assert not quiet.holds(local)
    assert timedelta(0) <= held - moment <= timedelta(days=1)
    was_quiet = quiet.holds(moment.astimezone(config.time.zone_info).time())
    assert (held == moment) is not was_quiet


CONFIG = make_config()


def rows(store: Store) -> list[OutboxRow]:
    return list(
        store.read_now(
            lambda view: view.session.scalars(select(OutboxRow).order_by(OutboxRow.id)).all()
        )
    )


def test_a_message_is_written_once_for_each_key_in_the_readers_language(
    store: Store, campaign: Config
) -> None:
    chinese, english = people.make(store), people.make(store, language="en")

    def write(work: Work) -> None:
        desk = Desk(work, campaign, "test_bot")
        for actor in (chinese, english):
            for _ in range(2):
                desk.send(
                    actor.person_id,
                    Screen(T("home.home"), context="notice:1"),
                    lane=Lane.bulk,
                    key=f"hello:{actor.person_id}",
                    topic="notice:1",
                )

    store.write_now(write)
    assert [(row.chat_id, row.payload["html"], row.context) for row in rows(store)] == [
        (chinese.telegram_id, "首页", "notice:1"),
        (english.telegram_id, "Home", "notice:1"),
    ]


@pytest.mark.parametrize(
    ("lane", "held"),
    [(Lane.interactive, False), (Lane.alarm, False), (Lane.reminder, True), (Lane.bulk, True)],
)
def test_only_answers_and_alarms_go_out_at_night(
    store: Store, campaign: Config, clock: SetClock, lane: Lane, held: bool
) -> None:
    clock.move(hours=14)
    actor = people.make(store)
    store.write_now(
        lambda work: Desk(work, campaign, "test_bot").send(
            actor.person_id, Screen(Plain("x")), lane=lane, key="x"
        )
    )
    assert (rows(store)[0].not_before is not None) is held


def test_nobody_writes_to_who_does_not_exist(store: Store, campaign: Config) -> None:
    sent = store.write_now(
        lambda work: Desk(work, campaign, "test_bot").send(
            999, Screen(Plain("x")), lane=Lane.bulk, key="x"
        )
    )
    assert sent is None
    assert rows(store) == []


def test_a_message_can_be_changed_and_the_last_change_counts(
    store: Store, campaign: Config
) -> None:
    actor = people.make(store, language="en")

    def write(work: Work) -> None:
        desk = Desk(work, campaign, "test_bot")
        row = desk.send(actor.person_id, Screen(Plain("1")), lane=Lane.bulk, key="x")
        assert row is not None
        for number in (2, 3):
            desk.edit(row, Screen(T("home.home")), key=f"x:{number}")

    store.write_now(write)
    found = rows(store)
    assert [(row.kind, row.state) for row in found] == [
        (Kind.send, State.pending),
        (Kind.edit, State.cancelled),
        (Kind.edit, State.pending),
    ]
    assert found[2].target_id == found[0].id
    assert found[2].payload["html"] == "Home"
