"""How what came of a post is said."""

from bot.chat.cards.reports.words import amount_text
from bot.chat.text import Listed, T, Text
from bot.features.closing.models import Counted
from bot.features.closing.outcome import Outcome
from bot.features.closing.typed import counted_in
from bot.features.reports.reading.amounts import Amount

_NAMES: dict[Counted, Text] = {
    Counted.reached: T("closing.reached"),
    Counted.leaflets: T("closing.leaflets"),
    Counted.consultations: T("closing.consultations"),
    Counted.signatures: T("closing.signatures"),
    Counted.asked: T("closing.asked"),
    Counted.knew: T("closing.knew"),
}


def count_name(what: Counted) -> Text:
    """Return what something that is counted is called."""
    return _NAMES[what]


def count_text(what: Counted, amount: Amount) -> Text:
    """Return a number with its name."""
    return T("closing.count", name=count_name(what), amount=amount_text(amount, counted_in(what)))


def counts_text(outcome: Outcome) -> Text | None:
    """Return the numbers of a post in a row; None for none."""
    parts = [count_text(what, amount) for what, amount in outcome.counts.items()]
    return Listed(parts, between=" · ") if parts else None


def knowing_text(outcome: Outcome) -> Text | None:
    """Return the awareness tally of the street; None where nobody was asked (CIT-11)."""
    asked, knew = outcome.counts.get(Counted.asked), outcome.counts.get(Counted.knew)
    if asked is None or knew is None or not asked.value:
        return None
    percent = round(100 * knew.value / asked.value)
    return T("closing.knowing", percent=percent)
