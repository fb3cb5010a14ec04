"""The words that a unit adds to its month, section by section (REP-02, REP-14)."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, delete, select

from bot.config import Config
from bot.core.text import MESSAGE_UNITS, cleaned, units
from bot.db.work import View, Work
from bot.features.deadlines.access import access_unit, find_known_deadline
from bot.features.deadlines.errors import NotOwed, WordsNeeded
from bot.features.deadlines.filing import Where
from bot.features.deadlines.models import Submission
from bot.features.months.errors import SectionFull
from bot.features.months.models import MonthSection, MonthWords, Section
from bot.features.people.actor import Actor

MOST_SECTION_UNITS = 8 * MESSAGE_UNITS
"""UTF-16 units of a section: eight full messages, far more than any month had."""


def words_of(view: View, where: Where) -> dict[Section, str]:
    """Return what the unit wrote for the month so far, by section; one statement."""
    found = view.session.execute(
        select(MonthWords.section, MonthWords.text).where(*_of(where)).order_by(MonthWords.section)
    )
    return {row.section: row.text for row in found}


def check_section(text: str) -> str:
    """Return words that a section can hold. Raises WordsNeeded or SectionFull."""
    words = cleaned(text)
    if not words:
        raise WordsNeeded
    if units(words) > MOST_SECTION_UNITS:
        raise SectionFull(units=units(words), most=MOST_SECTION_UNITS)
    return words


def write_words(
    work: Work,
    where: Where,
    section: Section,
    text: str,
    *,
    actor: Actor,
    config: Config,
    instead: bool = False,
) -> str:
    """Add a paragraph to a section of the unit's month and return what it holds then.

    `instead` replaces what was there. The month may be filed already: the words go into its next
    version. Raises NotYourUnit, NotOwed, WordsNeeded or SectionFull.
    """
    _check_own(work, where, actor=actor, config=config)
    before = None if instead else words_of(work, where).get(section)
    words = check_section(text)
    if before:
        words = check_section(f"{before}\n{words}")
    key = (where.obligation, where.unit_id, where.period, section)
    # The unit's row is held, so no second contact adds the same row at this moment.
    row = work.session.get(MonthWords, key)
    if row is None:
        row = MonthWords(
            obligation=where.obligation,
            unit_id=where.unit_id,
            period=where.period,
            section=section,
        )
        work.session.add(row)
    row.text, row.written_at, row.written_by = words, work.now, actor.person_id
    work.session.flush()
    return words


def erase_words(
    work: Work, where: Where, section: Section, *, actor: Actor, config: Config
) -> None:
    """Take the unit's own words out of a section. Raises NotYourUnit or NotOwed."""
    _check_own(work, where, actor=actor, config=config)
    work.session.execute(delete(MonthWords).where(*_of(where), MonthWords.section == section))


def words_before(view: View, where: Where) -> Mapping[Section, str]:
    """Return the own words of the unit's last filed month before this one, by section.

    Problems go on from month to month until they are solved (REP-14): they are offered again, so
    that nobody types them twice. One statement.
    """
    last = (
        select(Submission.id)
        .where(
            Submission.obligation == where.obligation,
            Submission.unit_id == where.unit_id,
            Submission.period < where.period,
            Submission.id.in_(select(MonthSection.submission_id)),
        )
        .order_by(Submission.period.desc(), Submission.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    found = view.session.execute(
        select(MonthSection.section, MonthSection.own).where(
            MonthSection.submission_id == last, MonthSection.own.is_not(None)
        )
    )
    return {section: own for section, own in found if own}


def _check_own(work: Work, where: Where, *, actor: Actor, config: Config) -> None:
    access_unit(work, where.unit_id, actor=actor)
    if find_known_deadline(work, config, where.obligation, where.period) is None:
        raise NotOwed


def _of(where: Where) -> tuple[ColumnElement[bool], ...]:
    return (
        MonthWords.obligation == where.obligation,
        MonthWords.unit_id == where.unit_id,
        MonthWords.period == where.period,
    )
