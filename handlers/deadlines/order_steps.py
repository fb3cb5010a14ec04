"""The questions of the conversation in which the office asks units for something."""

from typing import Any

from bot.chat.call import Call, Sent
from bot.chat.cards.deadlines import orders as cards
from bot.chat.conversation.model import Answers, Ask, Pick, Reply, Stay
from bot.chat.pager import page_of
from bot.chat.text import BLANK, Lines, Plain, T, Text
from bot.config import ALL_RESPONSIBLE_UNITS, Form, Frequency
from bot.features.deadlines.errors import WordsNeeded
from bot.features.obligations.errors import NobodyAsked, NoSuchDay
from bot.features.obligations.service import check_details, check_name
from bot.features.units.models import Unit, UnitKind
from bot.features.units.queries import register
from bot.features.units.rules import in_order, is_open

NAME, FORM, WHO, FREQUENCY, DUE, LADDER, DETAILS = (
    "name",
    "form",
    "who",
    "frequency",
    "due",
    "ladder",
    "details",
)
CHANGED = "_changed"
"""The note that holds the id of what is changed; what it lacks is made anew."""
NO_LADDER = "none"
FREQUENCIES = (
    Frequency.once,
    Frequency.weekly,
    Frequency.monthly,
    Frequency.quarterly,
    Frequency.yearly,
    Frequency.phase,
)
_CHOSEN, _PAGE = "_chosen", "_page"
_UNITS_A_PAGE = 10
_MARK = "✓ "


def text_of(reply: Reply) -> str:
    """Return the text of a reply. Raises WordsNeeded for anything else."""
    if reply.message is None or reply.message.sent is not Sent.text:
        raise WordsNeeded
    return reply.message.text


def ask_name(call: Call, answers: Answers) -> Ask:
    """Ask what it is called."""
    del call, answers
    return Ask(T("orders.ask_name"))


def read_name(call: Call, reply: Reply, answers: Answers) -> Any:
    """Return the name. Raises NoName or NameTooLong."""
    del call, answers
    return check_name(text_of(reply))


def show_plain(key: str) -> Any:
    """Return what shows the words given for a step."""

    def show(call: Call, answers: Answers) -> Text | None:
        del call
        return Plain(answers[key]) if answers.get(key) else None

    return show


def ask_form(call: Call, answers: Answers) -> Ask:
    """Ask what is to be handed in."""
    del call, answers
    return Ask(T("orders.ask_form"), [[Pick(cards.FORMS[one], one.value)] for one in Form])


def read_form(call: Call, reply: Reply, answers: Answers) -> Any:
    """Return the form. Raises WordsNeeded for what is none."""
    del call
    if reply.choice not in set(Form):
        return Stay()
    if reply.choice == Form.information and answers.get(FREQUENCY) != Frequency.monthly:
        answers.pop(DUE, None)
    return reply.choice


def show_form(call: Call, answers: Answers) -> Text | None:
    """Return what is to be handed in."""
    del call
    return cards.FORMS[Form(answers[FORM])] if FORM in answers else None


def ask_who(call: Call, answers: Answers) -> Ask:
    """Ask which units owe it: all that hold a task, groups, single ones."""
    chosen = _chosen(answers)
    page = page_of(_choosable(call), int(answers.get(_PAGE) or 1), size=_UNITS_A_PAGE)
    picks = [Pick(_marked(unit, chosen), f"u.{unit.id}") for unit in page.items]
    turns = [
        Pick(Plain("‹"), f"p.{page.number - 1}") if page.number > 1 else None,
        Pick(Plain("›"), f"p.{page.number + 1}") if page.number < page.pages else None,
    ]
    done = [Pick(T("orders.chosen_units", count=len(chosen)), "done")] if chosen else []
    return Ask(
        Lines(T("orders.ask_who"), BLANK, T("orders.groups_note")),
        [
            [Pick(T("orders.all_units"), "all")],
            *(picks[at : at + 2] for at in range(0, len(picks), 2)),
            [turn for turn in turns if turn is not None],
            done,
        ],
    )


def read_who(call: Call, reply: Reply, answers: Answers) -> Any:
    """Return the slugs that were chosen. Raises NobodyAsked."""
    chosen = _chosen(answers)
    if reply.choice == "all":
        return [ALL_RESPONSIBLE_UNITS]
    if reply.choice == "done" and chosen:
        return chosen
    kind, _, number = (reply.choice or "").partition(".")
    if not number.isascii() or not number.isdigit():
        raise NobodyAsked
    if kind == "p":
        return Stay(**{_PAGE: max(1, int(number[:6]))})
    slug = next((unit.slug for unit in _choosable(call) if str(unit.id) == number), None)
    if kind != "u" or slug is None:
        raise NobodyAsked
    without = [one for one in chosen if one != slug]
    return Stay(**{_CHOSEN: without if slug in chosen else [*chosen, slug]})


def show_who(call: Call, answers: Answers) -> Text | None:
    """Return who owes it."""
    return cards.who_text(register(call.work), answers[WHO]) if WHO in answers else None


def ask_frequency(call: Call, answers: Answers) -> Ask:
    """Ask how often it is owed."""
    del call, answers
    picks = [Pick(cards.FREQUENCIES[one], one.value) for one in FREQUENCIES]
    return Ask(T("orders.ask_frequency"), [picks[at : at + 3] for at in range(0, len(picks), 3)])


def read_frequency(call: Call, reply: Reply, answers: Answers) -> Any:
    """Return how often; the due day is asked anew where it was another frequency."""
    del call
    if reply.choice not in set(FREQUENCIES):
        return Stay()
    if answers.get(FREQUENCY) not in {None, reply.choice}:
        answers.pop(DUE, None)
    return reply.choice


def show_frequency(call: Call, answers: Answers) -> Text | None:
    """Return how often it is owed."""
    del call
    return cards.FREQUENCIES[frequency_of(answers)] if FREQUENCY in answers else None


def frequency_is_asked(call: Call, answers: Answers) -> bool:
    """Tell whether it is open how often: the month's information is owed each month."""
    del call
    return answers.get(FORM) != Form.information


def frequency_of(answers: Answers) -> Frequency:
    """Return how often it is owed. Raises NoSuchDay where that was not said."""
    if answers.get(FORM) == Form.information:
        return Frequency.monthly
    if answers.get(FREQUENCY) not in set(FREQUENCIES):
        raise NoSuchDay
    return Frequency(answers[FREQUENCY])


def ask_ladder(call: Call, answers: Answers) -> Ask:
    """Ask how it is reminded of."""
    del answers
    ladders = call.config.ladders
    return Ask(
        Lines(T("orders.ask_ladder"), BLANK, *(cards.ladder_line(one) for one in ladders.values())),
        [
            *([Pick(Plain(one.name), slug)] for slug, one in ladders.items()),
            [Pick(T("orders.no_ladder"), NO_LADDER)],
        ],
    )


def read_ladder(call: Call, reply: Reply, answers: Answers) -> Any:
    """Return the name of a ladder."""
    del answers
    if reply.choice != NO_LADDER and reply.choice not in call.config.ladders:
        return Stay()
    return reply.choice


def show_ladder(call: Call, answers: Answers) -> Text | None:
    """Return how it is reminded of."""
    if LADDER not in answers:
        return None
    ladder = call.config.ladders.get(answers[LADDER])
    return T("orders.no_ladder") if ladder is None else Plain(ladder.name)


def ask_details(call: Call, answers: Answers) -> Ask:
    """Ask what else is to be known."""
    del call, answers
    return Ask(T("orders.ask_details"))


def read_details(call: Call, reply: Reply, answers: Answers) -> Any:
    """Return what is to be known. Raises WordsNeeded or DetailsTooLong."""
    del call, answers
    details = check_details(text_of(reply))
    if details is None:
        raise WordsNeeded
    return details


def _chosen(answers: Answers) -> list[str]:
    given = answers[_CHOSEN] if _CHOSEN in answers else answers.get(WHO) or []
    return [one for one in given if one != ALL_RESPONSIBLE_UNITS]


def _choosable(call: Call) -> list[Unit]:
    units = [one for one in register(call.work) if is_open(one, call.now)]
    return in_order(one for one in units if one.kind is not UnitKind.office)


def _marked(unit: Unit, chosen: list[str]) -> Text:
    return Plain(f"{_MARK if unit.slug in chosen else ''}{unit.name}")
