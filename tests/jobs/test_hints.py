"""What a report could still have is said in the contact's digest, once, and only if wanted."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.features.digests.hints import HINTS, switch_hints
from bot.features.outbox.models import Lane
from bot.features.people.actor import Actor
from bot.features.reports.content import Content, Photo
from bot.features.reports.models import Report
from bot.features.reports.reading.dates import Precision, When
from bot.features.reports.service import file_report
from bot.features.runs import service as runs
from bot.features.runs.models import JobRun
from bot.features.units.queries import get_unit
from jobs.digest import job
from tests.jobs.ticking import Ticking, messages, shanghai, texts
from tests.support.clock import SetClock
from tests.support.config import make_config
from tests.support.people import load, make

MONDAY = shanghai("06-17T09:00")
PHOTO = Photo("photo", "f", "u", mime="image/jpeg")
DAY = When(Precision.day, date(2024, 6, 10))
HINT = "还可以补充"


@pytest.fixture
def ticking(store: Store, campaign: Config) -> Ticking:
    load(store, campaign)
    return Ticking(store, campaign, job)


@pytest.fixture
def contact(ticking: Ticking) -> Actor:
    return make(ticking.store, Role.contact, unit="kexie")


def reported(ticking: Ticking, contact: Actor, title: str, **given: Any) -> Report:
    """File a report in the week before the Monday."""
    unit_id = ticking.store.read_now(lambda view: get_unit(view, "kexie").id)
    content = Content(unit_id=unit_id, task_id="C2", title=title, **given)
    return ticking.store.write_now(
        lambda work: file_report(work, ticking.config, content, actor=contact)
    )


def on(ticking: Ticking, clock: SetClock, moment: Any) -> list[str]:
    """Let the digest go out and return what all digests say."""
    clock.at = moment
    ticking.tick()
    return texts(ticking.store, Lane.digest)


def test_each_report_is_named_with_what_it_lacks(
    ticking: Ticking, contact: Actor, clock: SetClock
) -> None:
    clock.at = MONDAY - timedelta(days=3)
    reported(ticking, contact, "什么都没有")
    reported(ticking, contact, "缺照片的", text="正文", when=DAY)
    reported(ticking, contact, "有链接的", text="正文", when=DAY, links=("https://a.example/b",))
    reported(ticking, contact, "都有的", text="正文", when=DAY, photos=(PHOTO,))
    [digest] = on(ticking, clock, MONDAY)
    assert "有 2 项上报还可以补充</b>（不补也算数）" in digest
    assert " · 什么都没有：缺正文、照片、时间" in digest
    assert " · 缺照片的：缺照片" in digest
    assert "有链接的：" not in digest
    assert "都有的：" not in digest
    [row] = messages(ticking.store, Lane.digest)
    buttons = [button["text"] for line in row.payload["buttons"] for button in line]
    assert {"补充 什么都没有", "补充 缺照片的", "不再提示"} <= set(buttons)


def test_nothing_is_said_where_nothing_lacks(
    ticking: Ticking, contact: Actor, clock: SetClock
) -> None:
    clock.at = MONDAY - timedelta(days=3)
    reported(ticking, contact, "都有的", text="正文", when=DAY, photos=(PHOTO,))
    [digest] = on(ticking, clock, MONDAY)
    assert HINT not in digest


def test_a_report_is_hinted_at_once(ticking: Ticking, contact: Actor, clock: SetClock) -> None:
    clock.at = MONDAY - timedelta(days=3)
    report = reported(ticking, contact, "一项")
    first, second = [on(ticking, clock, MONDAY + timedelta(days=days))[-1] for days in (0, 7)]
    assert HINT in first
    assert HINT not in second
    key = (f"person:{contact.person_id}", f"report:{report.id}")
    assert ticking.store.read_now(lambda view: runs.noted(view, HINTS, [key[1]])) == {key}


@pytest.mark.parametrize("remembered", [True, False])
def test_a_day_of_the_week_that_is_moved_repeats_no_hint(
    ticking: Ticking, contact: Actor, clock: SetClock, remembered: bool
) -> None:
    """The weeks of the two digests overlap; without its rows the hint would come twice."""
    friday = make_config(digest={"weekday": "friday", "hour": "09:00"})
    clock.at = MONDAY + timedelta(days=1)
    reported(ticking, contact, "一项")
    first = Ticking(ticking.store, friday, job)
    assert HINT in on(first, clock, MONDAY + timedelta(days=4))[-1]
    if not remembered:
        ticking.store.write_now(
            lambda work: work.session.execute(delete(JobRun).where(JobRun.kind == HINTS))
        )
    second = on(ticking, clock, MONDAY + timedelta(days=7))
    assert len(second) == 2
    assert (HINT in second[-1]) is not remembered


def test_a_contact_who_wants_no_hints_gets_the_digest_without(
    ticking: Ticking, contact: Actor, clock: SetClock
) -> None:
    clock.at = MONDAY - timedelta(days=3)
    reported(ticking, contact, "一项")
    for _ in range(2):
        ticking.store.write_now(lambda work: switch_hints(work, actor=contact, on=False))
    assert HINT not in on(ticking, clock, MONDAY)[0]
    ticking.store.write_now(lambda work: switch_hints(work, actor=contact, on=True))
    reported(ticking, contact, "又一项")
    assert HINT in on(ticking, clock, MONDAY + timedelta(days=7))[-1]


@pytest.mark.parametrize(
    ("archive", "said"), [({"hints": False}, None), ({"no_photo_wanted": ["C2"]}, "缺正文、时间")]
)
def test_the_configuration_decides(
    ticking: Ticking, contact: Actor, clock: SetClock, archive: dict[str, Any], said: str | None
) -> None:
    clock.at = MONDAY - timedelta(days=3)
    reported(ticking, contact, "一项")
    other = Ticking(ticking.store, make_config(archive=archive), job)
    [digest] = on(other, clock, MONDAY)
    assert (HINT in digest) is (said is not None)
    assert said is None or f" · 一项：{said}" in digest


def test_a_head_and_the_office_get_no_hints(
    ticking: Ticking, contact: Actor, clock: SetClock
) -> None:
    make(ticking.store, Role.unit_head, unit="kexie")
    make(ticking.store, Role.coordinator)
    clock.at = MONDAY - timedelta(days=3)
    reported(ticking, contact, "一项")
    assert len(on(ticking, clock, MONDAY)) == 3
    hinted = [
        one.person_id for one in messages(ticking.store, Lane.digest) if HINT in one.payload["html"]
    ]
    assert hinted == [contact.person_id]
