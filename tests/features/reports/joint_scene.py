"""Reports that name partners, and what partners answer, on any store."""

from datetime import date
from decimal import Decimal

from bot.features.people.actor import Actor
from bot.features.reports import counts
from bot.features.reports.confirming import answer_partner
from bot.features.reports.content import Content, Partner, Value
from bot.features.reports.models import PartnerState, ReturnReason
from bot.features.reports.partners import Standing, standings
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.reading.dates import Precision, When
from bot.features.reports.review import return_report
from bot.features.reports.service import refile_report
from bot.features.rollup.queries import Part, roll_up
from bot.features.rollup.scope import Scope
from tests.features.reports.conftest import Office

DAY = When(Precision.day, date(2024, 6, 1))
JUNE = date(2024, 6, 1)
WORKS = Value("paintings_collected", Amount(Decimal(214), approx=False, raw="214幅"))
TITLE = "青少年科学幻想绘画比赛"


def held(office: Office, slug: str = "kexie", *partners: str, **given: object) -> Content:
    named = tuple(Partner(one, office.unit(one)) for one in partners)
    said: dict[str, object] = {"title": TITLE, "when": DAY, "values": (WORKS,), **given}
    return office.content(slug, None, partners=named, **said)


def states(office: Office, report_id: int) -> dict[str, PartnerState]:
    found = office.do(lambda work: standings(work, report_id))
    return {one.unit_name: one.state for one in found}


def say(
    office: Office, report_id: int, actor: Actor, *, took_part: bool, change: bool = False
) -> bool:
    """Answer for the unit of `actor`; tell whether that changed anything."""
    [unit_id] = actor.unit_ids
    return office.do(
        lambda work: (
            answer_partner(
                work, report_id, unit_id, took_part=took_part, change=change, actor=actor
            ).changed
        )
    )


def standing(office: Office, report_id: int, slug: str) -> Standing:
    [found] = [
        one
        for one in office.do(lambda work: standings(work, report_id))
        if one.unit_id == office.unit(slug)
    ]
    return found


def correct(office: Office, report_id: int, content: Content, actor: Actor) -> None:
    """Let a report come back and be filed again as `content`."""
    coordinator = office.coordinator()
    version = office.do(
        lambda work: (
            return_report(
                work, report_id, version=1, reason=ReturnReason.numbers, actor=coordinator
            ).version
        )
    )
    assert version == 1
    office.do(lambda work: refile_report(work, office.config, report_id, content, actor=actor))


def month_counts(office: Office, *slugs: str) -> list[int]:
    return office.do(
        lambda work: [counts.month_count(work, [office.unit(slug)], JUNE) for slug in slugs]
    )


def unit_works(office: Office, *slugs: str) -> list[int]:
    """Return the works of all, then of each unit, as a roll-up says."""
    found = office.do(lambda work: roll_up(work, office.config, Scope(), [Part.unit]))
    every = [found.totals, *(found.of(Part.unit, office.unit(slug)) for slug in slugs)]
    return [int(sum((one.value for one in totals), Decimal(0))) for totals in every]
