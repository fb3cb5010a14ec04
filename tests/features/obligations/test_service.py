"""What the office asks for in the chat is owed like what config.yaml holds, on both databases."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from bot.config import ALL_RESPONSIBLE_UNITS, Config, Form, Frequency
from bot.core.errors import BusinessError, NotAllowed
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import View
from bot.features.deadlines.errors import NotOwed, OrderFiled, OrderRunning
from bot.features.deadlines.filing import Where, confirm_done, file_words
from bot.features.deadlines.models import FilingState
from bot.features.deadlines.moving import end_obligation
from bot.features.deadlines.owing import known_deadlines, owed
from bot.features.deadlines.reordering import change_order
from bot.features.deadlines.review import accept
from bot.features.obligations import errors
from bot.features.obligations.models import MadeObligation
from bot.features.obligations.service import Order, change, make
from bot.features.people.actor import Actor
from jobs.reminders import job
from tests.jobs.ticking import Ticking, messages, shanghai
from tests.support.clock import SetClock
from tests.support.people import counting, load, unit_named
from tests.support.people import make as person

ORDER = Order(
    name="国庆小结",
    form=Form.text,
    who=("kexie",),
    frequency=Frequency.once,
    due=date(2024, 6, 20),
    ladder="usual",
)


@dataclass
class Office:
    """A store, and hands that ask and file."""

    store: Store
    config: Config
    coordinator: Actor
    contact: Actor

    def ask(self, order: Order = ORDER) -> MadeObligation:
        return self.store.write_now(
            lambda work: make(work, order, actor=self.coordinator, config=self.config)
        )

    def reorder(self, row: MadeObligation, order: Order) -> None:
        """Change what is asked for."""
        self.store.write_now(
            lambda work: change_order(
                work, str(row.id), order, actor=self.coordinator, config=self.config
            )
        )

    def owing(self) -> dict[str, list[str]]:
        """Return who owes what was asked for, by period."""

        def look(view: View) -> dict[str, list[str]]:
            known = [
                one for one in known_deadlines(view, self.config) if one.obligation.id.isdigit()
            ]
            return {
                one.deadline.period: [slot.unit.slug for slot in one.slots]
                for one in owed(view, self.config, known)
            }

        return self.store.read_now(look)

    def where(self, row: MadeObligation, period: str = "once", slug: str = "kexie") -> Where:
        unit_id = self.store.read_now(lambda view: unit_named(view, slug).id)
        return Where(str(row.id), period, unit_id)


@pytest.fixture
def office(any_store: Store, campaign: Config) -> Office:
    load(any_store, campaign)
    return Office(
        any_store,
        campaign,
        person(any_store, Role.coordinator, name="小李"),
        person(any_store, Role.contact, unit="kexie", name="王老师"),
    )


def test_only_whoever_was_chosen_owes_it(office: Office) -> None:
    office.ask()
    assert office.owing() == {"once": ["kexie"]}


def test_all_responsible_units_owe_what_is_for_all(office: Office) -> None:
    office.ask(replace(ORDER, who=(ALL_RESPONSIBLE_UNITS,)))
    assert len(office.owing()["once"]) == 18


def test_periods_that_were_due_before_it_was_asked_are_not_owed(
    office: Office, clock: SetClock
) -> None:
    clock.at = shanghai("07-15T10:00")
    office.ask(replace(ORDER, frequency=Frequency.monthly, due=None, due_day="10"))
    assert office.owing() == {}
    clock.at = shanghai("08-01T10:00")
    assert list(office.owing()) == ["2024-08"]


def test_words_are_filed_reviewed_and_settle_it(office: Office) -> None:
    row = office.ask()
    filed = office.store.write_now(
        lambda work: file_words(
            work, office.where(row), actor=office.contact, config=office.config, text="三次。"
        )
    )
    office.store.write_now(lambda work: accept(work, filed.submission.id, actor=office.coordinator))
    slots = office.store.read_now(
        lambda view: [
            slot
            for one in owed(view, office.config, known_deadlines(view, office.config))
            for slot in one.slots
            if one.deadline.obligation.id == str(row.id)
        ]
    )
    assert [slot.is_settled for slot in slots] == [True]


def test_a_form_takes_nothing_of_another_form(office: Office) -> None:
    row = office.ask(replace(ORDER, form=Form.confirm))
    with pytest.raises(NotOwed):
        office.store.write_now(
            lambda work: file_words(
                work, office.where(row), actor=office.contact, config=office.config, text="三次。"
            )
        )


def test_pressing_done_twice_files_once(office: Office) -> None:
    row = office.ask(replace(ORDER, form=Form.confirm))
    filed = [
        office.store.write_now(
            lambda work: confirm_done(
                work, office.where(row), actor=office.contact, config=office.config
            )
        ).submission
        for _ in range(2)
    ]
    assert [one.id for one in filed] == [filed[0].id] * 2
    assert filed[0].state is FilingState.accepted


def test_it_is_reminded_of_by_its_ladder_and_not_when_there_is_none(
    office: Office, clock: SetClock
) -> None:
    ticking = Ticking(office.store, office.config, job)
    office.ask()
    office.ask(replace(ORDER, name="不提醒的", ladder=None))
    clock.at = shanghai("06-17T09:00")
    ticking.tick()
    said = [row.payload["html"] for row in messages(office.store) if "件事" in row.payload["html"]]
    assert sum("国庆小结：还有 3 天" in one for one in said) == 1
    assert not any("不提醒的" in one for one in said)


def test_another_day_moves_the_deadline_and_is_told_once(office: Office, clock: SetClock) -> None:
    ticking = Ticking(office.store, office.config, job)
    row = office.ask()
    clock.at = shanghai("06-13T09:00")
    ticking.tick()
    later = replace(ORDER, due=date(2024, 6, 28))
    office.store.write_now(
        lambda work: change(
            work, str(row.id), later, actor=office.coordinator, config=office.config
        )
    )
    for hour in (10, 11):
        clock.at = shanghai(f"06-13T{hour}:00")
        ticking.tick()
    told = [one for one in messages(office.store) if one.dedupe_key.startswith("moved:")]
    assert [one.person_id for one in told] == [office.contact.person_id]
    assert "原定 6月20日（周四），现改为 6月28日（周五）" in told[0].payload["html"]


def test_what_is_ended_is_owed_by_nobody_and_told_once(office: Office) -> None:
    row = office.ask()
    office.store.write_now(
        lambda work: end_obligation(
            work, str(row.id), actor=office.coordinator, config=office.config
        )
    )
    assert office.owing() == {}
    told = [one.dedupe_key for one in messages(office.store)]
    assert told == [
        f"obligation:{what}:{row.id}:{office.contact.person_id}" for what in ("made", "ended")
    ]
    with pytest.raises(errors.Ended):
        office.store.write_now(
            lambda work: end_obligation(
                work, str(row.id), actor=office.coordinator, config=office.config
            )
        )


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"name": " 。 "}, errors.NoName),
        ({"name": "长" * 31}, errors.NameTooLong),
        ({"details": "长" * 301}, errors.DetailsTooLong),
        ({"who": ()}, errors.NobodyAsked),
        ({"due": None}, errors.NoSuchDay),
        ({"due": date(2024, 6, 2)}, errors.DayGone),
        ({"frequency": Frequency.weekly, "due_day": "31"}, errors.NoSuchDay),
        ({"frequency": Frequency.monthly, "due_day": "32"}, errors.NoSuchDay),
        ({"form": Form.information}, errors.NoSuchDay),
    ],
)
def test_what_makes_no_sense_is_refused(
    office: Office, wrong: dict[str, object], error: type[BusinessError]
) -> None:
    with pytest.raises(error):
        office.ask(replace(ORDER, **wrong))  # type: ignore[arg-type]  # wrong on purpose
    assert office.owing() == {}


def test_only_the_office_asks(office: Office) -> None:
    with pytest.raises(NotAllowed):
        office.store.write_now(
            lambda work: make(work, ORDER, actor=office.contact, config=office.config)
        )


def test_knowing_the_deadlines_takes_the_same_statements_for_any_number(office: Office) -> None:
    def statements() -> int:
        def look(view: View) -> int:
            with counting(view) as counted:
                owed(view, office.config, known_deadlines(view, office.config))
            return len(counted.texts)

        return office.store.read_now(look)

    office.ask()
    few = statements()
    for number in range(12):
        office.ask(
            replace(
                ORDER, name=f"第{number}项", frequency=Frequency.weekly, due=None, due_day="friday"
            )
        )
    assert statements() == few


def test_other_units_are_told_and_old_reminders_end(office: Office, clock: SetClock) -> None:
    other = person(office.store, Role.contact, unit="keji", name="李老师")
    row = office.ask()
    clock.at = shanghai("06-13T09:00")
    Ticking(office.store, office.config, job).tick()
    office.reorder(row, replace(ORDER, who=("keji",)))
    assert office.owing() == {"once": ["keji"]}
    day = [one for one in messages(office.store) if one.dedupe_key.startswith("reminder:")]
    assert {"国庆小结" in one.payload["html"] for one in day} == {False}
    told = [(one.person_id, one.payload["html"]) for one in messages(office.store)[-2:]]
    assert told[0][0] == other.person_id
    assert told[0][1].startswith("<b>新布置：国庆小结</b>")
    assert told[1] == (office.contact.person_id, "“国庆小结”已结束，不用再报。")


def test_another_frequency_and_form_begin_today(office: Office, clock: SetClock) -> None:
    row = office.ask()
    clock.at = shanghai("08-20T10:00")
    monthly = replace(ORDER, form=Form.confirm, frequency=Frequency.monthly, due=None, due_day="10")
    office.reorder(row, monthly)
    assert office.owing() == {}
    assert "现在只要确认已完成，每月" in messages(office.store)[-1].payload["html"]
    clock.at = shanghai("09-01T10:00")
    assert office.owing() == {"2024-09": ["kexie"]}


def test_what_was_filed_keeps_its_form_and_frequency(office: Office) -> None:
    row = office.ask()
    office.store.write_now(
        lambda work: file_words(
            work, office.where(row), actor=office.contact, config=office.config, text="三次。"
        )
    )
    with pytest.raises(OrderFiled):
        office.reorder(row, replace(ORDER, form=Form.file))
    office.reorder(row, replace(ORDER, name="改名"))


def test_no_unit_is_added_to_what_is_overdue(office: Office, clock: SetClock) -> None:
    row = office.ask()
    clock.at = shanghai("06-21T10:00")
    with pytest.raises(OrderRunning):
        office.reorder(row, replace(ORDER, who=("kexie", "keji")))
    assert office.owing() == {"once": ["kexie"]}
