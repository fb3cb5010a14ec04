"""The one message of a day is changed when something that it asks for was given (TIME-15)."""

from datetime import date

import pytest

from bot.core.roles import Role
from bot.db.work import Work
from bot.features.deadlines.extending import ask_extension, grant_extension
from bot.features.deadlines.filing import Where, file_nothing
from bot.features.deadlines.moving import move_deadline
from bot.features.outbox.models import Kind, Lane, OutboxRow, State
from bot.features.people.actor import Actor
from tests.jobs.ticking import Ticking, arrive, file_for, messages, shanghai
from tests.support.clock import SetClock
from tests.support.people import make, unit_named


@pytest.fixture
def reminded(ticking: Ticking, contact: Actor, clock: SetClock) -> Ticking:
    """Let the contact be asked for the plan and for the month in one message, which waits."""
    clock.at = shanghai("06-23T10:00")
    ticking.tick()
    assert len(messages(ticking.store)) == 1
    return ticking


def where(ticking: Ticking, obligation: str, period: str) -> Where:
    unit_id = ticking.store.read_now(lambda view: unit_named(view, "kexie").id)
    return Where(obligation, period, unit_id)


def explain(ticking: Ticking, contact: Actor) -> None:
    ticking.store.write_now(
        lambda work: file_nothing(
            work,
            where(ticking, "O2", "2024-06"),
            actor=contact,
            config=ticking.config,
            reason="等领导审定",
            excused_until=date(2024, 7, 10),
        )
    )


def more_time(ticking: Ticking, contact: Actor) -> None:
    office = make(ticking.store, Role.coordinator)

    def write(work: Work) -> None:
        wish = ask_extension(
            work,
            where(ticking, "O2", "2024-06"),
            actor=contact,
            config=ticking.config,
            wanted=date(2024, 7, 10),
            reason="材料还在收集",
        )
        grant_extension(work, wish.id, actor=office, config=ticking.config)

    ticking.store.write_now(write)


def moved(ticking: Ticking, contact: Actor) -> None:
    del contact
    office = make(ticking.store, Role.coordinator)
    ticking.store.write_now(
        lambda work: move_deadline(
            work, ticking.config, ("O2", "2024-06"), date(2024, 7, 5), actor=office
        )
    )


def filed(ticking: Ticking, contact: Actor) -> None:
    file_for(ticking.store, ticking.config, contact, "kexie", "O2", "2024-06")


def day_message(ticking: Ticking) -> OutboxRow:
    [row] = [one for one in messages(ticking.store) if one.dedupe_key.startswith("reminder:")]
    return row


def edits(ticking: Ticking) -> list[OutboxRow]:
    return [one for one in messages(ticking.store, Lane.interactive) if one.kind is Kind.edit]


@pytest.mark.parametrize("give", [filed, explain, more_time, moved])
def test_what_waits_asks_only_for_what_is_left(
    reminded: Ticking, contact: Actor, give: object
) -> None:
    before = day_message(reminded).payload["html"]
    assert "6月创建宣传信息" in before
    give(reminded, contact)  # type: ignore[operator]
    row = day_message(reminded)
    assert row.payload["html"].splitlines()[:2] == [
        "<b>区科协 · 今天 1 件事</b>",
        " · 创建宣传方案：已逾期 13 天 · 截止 6月10日（周一）",
    ]
    assert "写本月信息" not in str(row.payload["buttons"])
    assert (row.state, row.context) == (State.pending, "obligation:O1:kexie:once")
    file_for(reminded.store, reminded.config, contact, "kexie", "O1", "once")
    assert day_message(reminded).state is State.cancelled


def test_another_units_filing_changes_nothing(reminded: Ticking, contact: Actor) -> None:
    before = day_message(reminded).payload
    other = make(reminded.store, Role.contact, unit="keji", name="李老师")
    file_for(reminded.store, reminded.config, other, "keji", "O2", "2024-06")
    assert day_message(reminded).payload == before


def test_what_was_sent_is_changed_where_it_stands(reminded: Ticking, contact: Actor) -> None:
    reminded.store.write_now(arrive)
    filed(reminded, contact)
    [edit] = edits(reminded)
    assert edit.target_id == day_message(reminded).id
    assert edit.payload["html"].splitlines() == [
        "<b>区科协 · 今天 1 件事</b>",
        " · 创建宣传方案：已逾期 13 天 · 截止 6月10日（周一）",
        " · ✓ 区科协 6月创建宣传信息：已报 · 6月23日（周日）10:00 · 按时",
    ]
    assert [line[0]["text"] for line in edit.payload["buttons"]][:2] == ["报送方案", "情况说明"]
    filed(reminded, contact)
    assert len(edits(reminded)) == 1
    file_for(reminded.store, reminded.config, contact, "kexie", "O1", "once")
    assert edits(reminded)[-1].payload["html"].startswith("<b>今天没有要报的了</b>")


def test_the_message_of_another_day_stays(
    reminded: Ticking, contact: Actor, clock: SetClock
) -> None:
    reminded.store.write_now(arrive)
    clock.at = shanghai("06-24T08:00")
    filed(reminded, contact)
    assert edits(reminded) == []
