"""Finding a report by its number."""

from bot.chat.access import needs
from bot.chat.call import Call
from bot.chat.cards.reports.card import card_text
from bot.chat.conversation.model import Answers, Ask, Conversation, Reply, Stay, Step
from bot.chat.screen import Screen
from bot.chat.text import Plain, T, Text
from bot.core.roles import Role
from bot.features.reports import rules
from bot.features.reports.errors import TextMissing
from handlers.reports.feature import feature
from handlers.reports.lists import access_card, id_of_number, shown_card
from handlers.reports.reading import is_photo, line_of


def _ask(call: Call, answers: Answers) -> Ask:
    del call, answers
    return Ask(T("report.ask_number"))


def _read(call: Call, reply: Reply, answers: Answers) -> int | Stay:
    if reply.message is not None and is_photo(reply.message):
        raise TextMissing
    line = line_of(reply, answers, most=rules.MOST_TITLE)
    return line if isinstance(line, Stay) else id_of_number(call, line)


def _show(call: Call, answers: Answers) -> Text | None:
    if "number" not in answers:
        return None
    return Plain(access_card(call, answers["number"]).number)


def _preview(call: Call, answers: Answers) -> Text:
    return card_text(call, access_card(call, answers["number"]))


def _submit(call: Call, answers: Answers) -> Screen:
    return shown_card(call, access_card(call, answers["number"]))


feature.converse(
    Conversation(
        name="findreport",
        needs=needs(Role.coordinator, Role.supervisor),
        steps=(Step("number", T("report.label_number"), _ask, _read, _show),),
        preview=_preview,
        submit=_submit,
        submit_label=T("report.open"),
    )
)
