"""What waits for a partner's word is said in one weekly digest, and then no more (ORG-08)."""

from datetime import timedelta

import pytest

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.features.digests.joint import JOINT
from bot.features.outbox.models import Lane
from bot.features.people.actor import Actor
from bot.features.reports.confirming import answer_partner
from bot.features.reports.content import Content, Partner
from bot.features.reports.service import file_report
from bot.features.runs import service as runs
from bot.features.units.queries import get_unit
from jobs.digest import job
from tests.jobs.ticking import Ticking, messages, shanghai, texts
from tests.support.clock import SetClock
from tests.support.people import load, make

MONDAY = shanghai("06-17T09:00")
WAITS = "联合活动待您单位确认 1 项"


@pytest.fixture
def ticking(store: Store, campaign: Config) -> Ticking:
    load(store, campaign)
    return Ticking(store, campaign, job)


@pytest.fixture
def partner(ticking: Ticking) -> Actor:
    return make(ticking.store, Role.contact, unit="jiaoyu")


def named(ticking: Ticking, clock: SetClock) -> tuple[int, int]:
    """Let a unit report what it held with the partner; return the report and the partner."""
    clock.at = MONDAY - timedelta(days=3)
    reporter = make(ticking.store, Role.contact, unit="kexie")
    units = ticking.store.read_now(
        lambda view: [get_unit(view, slug).id for slug in ("kexie", "jiaoyu")]
    )
    content = Content(units[0], None, "绘画比赛", partners=(Partner("区教育局", units[1]),))
    report = ticking.store.write_now(
        lambda work: file_report(work, ticking.config, content, actor=reporter).id
    )
    return report, units[1]


def digest_of(ticking: Ticking, clock: SetClock, who: Actor, *, weeks: int) -> str:
    """Return what the digest of a Monday says to `who`."""
    before = len(texts(ticking.store, Lane.digest))
    clock.at = MONDAY + timedelta(weeks=weeks)
    ticking.tick()
    rows = messages(ticking.store, Lane.digest)[before:]
    [found] = [row.payload["html"] for row in rows if row.person_id == who.person_id]
    return str(found)


def test_it_is_said_in_one_digest_and_no_second(
    ticking: Ticking, partner: Actor, clock: SetClock
) -> None:
    named(ticking, clock)
    first = digest_of(ticking, clock, partner, weeks=0)
    assert WAITS in first
    assert " · 绘画比赛（区科协报）" in first
    assert WAITS not in digest_of(ticking, clock, partner, weeks=1)


def test_without_the_note_it_would_be_said_again(
    ticking: Ticking, partner: Actor, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control."""
    claim = runs.claim
    monkeypatch.setattr(
        runs,
        "claim",
        lambda work, kind, *rest, **more: kind == JOINT or claim(work, kind, *rest, **more),
    )
    named(ticking, clock)
    for weeks in range(2):
        assert WAITS in digest_of(ticking, clock, partner, weeks=weeks)


def test_what_was_answered_is_not_said(ticking: Ticking, partner: Actor, clock: SetClock) -> None:
    report_id, unit_id = named(ticking, clock)
    ticking.store.write_now(
        lambda work: answer_partner(work, report_id, unit_id, took_part=False, actor=partner)
    )
    assert "联合活动" not in digest_of(ticking, clock, partner, weeks=0)
