"""Joint activities for the house: what each of two units is asked about, and has answered."""

from dataclasses import dataclass

from bot.config import Config
from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.reports.confirming import answer_partner
from bot.features.reports.content import Content, Partner
from bot.features.reports.reading.dates import Precision, When
from bot.features.reports.service import file_report


@dataclass(frozen=True)
class Side:
    """A unit and its contact."""

    slug: str
    unit_id: int
    contact: Actor


@dataclass(frozen=True)
class JointThings:
    """Reports: `asked` waits for the first unit's word, `same` is its own that looks the same.

    `confirmed` is what it confirmed, `other` what the second unit is asked about.
    """

    asked: int
    same: int
    confirmed: int
    other: int


def furnish_joint(work: Work, config: Config, own: Side, other: Side, *, words: str) -> JointThings:
    """File reports that name each other's unit; `words` stand in every title."""
    day = When(Precision.day, work.now.date())

    def filed(by: Side, place: str, named: Side | None = None) -> int:
        partners = () if named is None else (Partner(named.slug, named.unit_id),)
        content = Content(by.unit_id, None, f"{words}{by.slug}{place}", day, place, partners)
        return file_report(work, config, content, actor=by.contact).id

    found = JointThings(
        asked=filed(other, "一处", own),
        same=filed(own, "一处"),
        confirmed=filed(other, "二处", own),
        other=filed(own, "三处", other),
    )
    answer_partner(work, found.confirmed, own.unit_id, took_part=True, actor=own.contact)
    return found
