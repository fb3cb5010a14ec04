"""Screens cost the same number of SQL statements with one report and with many."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import event

from bot.chat.call import Call, Place
from bot.chat.cards.reports.buttons import (
    ListJoint,
    ListReports,
    ListUnits,
    NextPending,
    OpenJoint,
    OpenReport,
)
from bot.chat.cards.reviewing.buttons import AskAcceptPage, ListWaiting, OpenWaiting, Turn
from bot.chat.cards.tasks import ListTasks, OpenTask
from bot.chat.cards.totals.buttons import ShowFigure, ShowTotals
from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.people.actor import Actor, actor_of
from bot.features.people.models import Grant, Person
from bot.features.reports.content import Content, Partner, Photo, Value
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.review import accept_report
from bot.features.reports.rules import month_of
from bot.features.reports.service import file_report
from bot.features.reviewing.queue import Kind
from bot.features.units.service import load_units
from handlers import reviewing, totals
from handlers.reports import home, joint, lists
from handlers.tasks import catalogue
from tests.support.bot import unit_id_of

MANY = 60


def own_unit(call: Call) -> int:
    """Return the unit of which the actor of `call` is contact."""
    [unit_id] = call.actor.unit_ids
    return unit_id


SCREENS: dict[str, Callable[[Call, int], object]] = {
    "list": lambda call, _: lists.show_list(call, ListReports()),
    "page": lambda call, _: lists.show_list(call, ListReports(page=2)),
    "card": lambda call, report: lists.show_report(call, OpenReport(report)),
    "contact's home": lambda call, _: home.contact_part(call),
    "next": lambda call, _: reviewing.next_report(call, NextPending()),
    "counts": lambda call, _: reviewing.home(call),
    "waiting": lambda call, _: reviewing.show_page(call, ListWaiting()),
    "in queue": lambda call, it: reviewing.open_waiting(call, OpenWaiting(Kind.report, it)),
    "turn": lambda call, it: reviewing.turn(call, Turn(Kind.report, it, forward=False)),
    "accept page": lambda call, _: reviewing.ask_accept_page(call, AskAcceptPage(1)),
    "totals": lambda call, _: totals.show_totals(call, ShowTotals()),
    "figure": lambda call, _: totals.show_figure(
        call, ShowFigure(None, None, None, "banners_hung")
    ),
    "units": lambda call, _: lists.show_units(call, ListUnits(month_of(call.config, call.now))),
    "tasks": lambda call, _: catalogue.show_list(call, ListTasks("C")),
    "own tasks": lambda call, _: catalogue.show_list(call, ListTasks()),
    "task": lambda call, _: catalogue.show_task(call, OpenTask("C2")),
}


JOINT: dict[str, Callable[[Call, int], object]] = {
    "joint activity": lambda call, report: joint.show(call, OpenJoint(report, own_unit(call))),
    "joint activities": lambda call, _: joint.show_waiting(call, ListJoint()),
    "card": SCREENS["card"],
    "list": SCREENS["list"],
    "contact's home": SCREENS["contact's home"],
}


@pytest.fixture
def actor(store: Store, campaign: Config) -> Actor:
    """Return somebody who is a contact and a coordinator, so that every screen is theirs."""

    def write(work: Work) -> Actor:
        load_units(work, campaign)
        person = Person(telegram_id=5, name="某人", language="zh_CN", created_at=work.now)
        work.session.add(person)
        work.session.flush()
        for role in (Role.contact, Role.coordinator):
            unit_id = unit_id_of(work, "kexie") if role is Role.contact else None
            grant = Grant(person_id=person.id, role=role, unit_id=unit_id, granted_at=work.now)
            work.session.add(grant)
        work.session.flush()
        return actor_of(work, person)

    return store.write_now(write)


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(*given: object) -> None:
        seen.append(str(given[2]))

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(store.engine, "before_cursor_execute", note)


def costs(
    store: Store,
    campaign: Config,
    actor: Actor,
    report: int,
    screens: Mapping[str, Callable[[Call, int], object]] = SCREENS,
) -> dict[str, int]:
    """Return how many statements each screen takes."""

    def show(work: Work, make: Callable[[Call, int], object]) -> None:
        call = Call(work, campaign, "bot", actor=actor, place=Place(5), inbox_id=1)
        make(call, report)

    found = {}
    for name, make in screens.items():
        with counted(store) as seen:
            store.write_now(lambda work, make=make: show(work, make))  # type: ignore[misc]  # bound now
        found[name] = len(seen)
    return found


def file(store: Store, campaign: Config, actor: Actor, number: int) -> int:
    """File `number` reports that say something in every field; return the last one's id."""

    def write(work: Work) -> int:
        content = Content(
            unit_id=unit_id_of(work, "kexie"),
            task_id="C2",
            title="科普进社区",
            partners=(Partner("县农业局"), Partner("区科技局", unit_id_of(work, "keji"))),
            values=(Value("banners_hung", Amount(Decimal(3), approx=False, raw="3条")),),
            photos=(Photo("photo", "f", "u"),),
        )
        ids = [file_report(work, campaign, content, actor=actor).id for _ in range(number)]
        # Half of it counts, so that there is something to add up.
        for report_id in ids[: number // 2]:
            accept_report(work, report_id, version=1, actor=actor)
        return ids[-1]

    return store.write_now(write)


def test_no_screen_takes_more_statements_when_there_are_more_reports(
    store: Store, campaign: Config, actor: Actor
) -> None:
    first = file(store, campaign, actor, 4)
    alone = costs(store, campaign, actor, first)
    file(store, campaign, actor, MANY)
    assert costs(store, campaign, actor, first) == alone
    # A card that waits is compared with what was filed before, two statements more, and has its
    # place in the queue, two statements more. A task's card reads the matrix for what is open on it.
    assert all(0 < statements <= 20 for statements in alone.values()), alone


def named(store: Store, campaign: Config, actor: Actor, number: int) -> int:
    """File `number` reports of another unit that name the actor's; return the last one's id."""

    def write(work: Work) -> int:
        unit_id = unit_id_of(work, "keji")
        partners = (Partner("区科协", unit_id_of(work, "kexie")),)
        content = Content(unit_id, None, "科普进社区", partners=partners)
        other = replace(actor, unit_ids=(unit_id,))
        ids = [file_report(work, campaign, content, actor=other).id for _ in range(number)]
        return ids[-1]

    return store.write_now(write)


def test_no_joint_screen_takes_more_statements_when_more_waits(
    store: Store, campaign: Config, actor: Actor
) -> None:
    first = named(store, campaign, actor, 1)
    alone = costs(store, campaign, actor, first, JOINT)
    named(store, campaign, actor, MANY)
    assert costs(store, campaign, actor, first, JOINT) == alone
