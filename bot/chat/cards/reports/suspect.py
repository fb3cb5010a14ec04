"""What is odd in a report, in a sentence each, with the figures and what to do (REP-18)."""

from collections.abc import Sequence
from decimal import Decimal

from bot.chat.cards.reports.words import amount_text, metric_words, number_text
from bot.chat.text import BLANK, Lines, T, Text
from bot.config import Config
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.suspects import Suspect, SuspectKind


def suspect_lines(config: Config, found: Sequence[Suspect]) -> Text | None:
    """Return what to look at twice; None when nothing is odd."""
    if not found:
        return None
    return Lines(BLANK, *(suspect_line(config, one) for one in found))


def suspect_line(config: Config, suspect: Suspect) -> Text:
    """Return one thing to look at twice, with its figures."""
    key = f"suspect.{suspect.kind}"
    match suspect.kind:
        case SuspectKind.near_duplicate:
            return T(key, number=suspect.number or "", title=suspect.title or "")
        case SuspectKind.partner_confirmed | SuspectKind.partner_pending:
            named_by = {"unit": suspect.unit or "", "title": suspect.title or ""}
            return T(key, number=suspect.number or "", **named_by)
        case SuspectKind.part_exceeds_whole:
            return T(
                key,
                part=_named(config, suspect.part, suspect.value),
                whole=_named(config, suspect.whole, suspect.other),
            )
        case SuspectKind.sum_differs:
            unit = metric_words(config, suspect.whole or "")[1]
            difference = number_text(suspect.difference or Decimal(0))
            whole = _named(config, suspect.whole, suspect.value)
            return T(key, whole=whole, difference=difference, unit=unit)
        case SuspectKind.like_year | SuspectKind.tenfold:
            named = _named(config, suspect.metric, suspect.value)
            unit = metric_words(config, suspect.metric or "")[1]
            most = None if suspect.other is None else amount_text(suspect.other, unit)
            return T(key, named=named) if most is None else T(key, named=named, most=most)


def _named(config: Config, slug: str | None, amount: Amount | None) -> Text:
    name, unit = metric_words(config, slug or "")
    if amount is None:
        raise ValueError("a suspect number without its amount")
    return T("report.value", name=name, amount=amount_text(amount, unit))
