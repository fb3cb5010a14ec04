"""Adding to a filed report what it lacks: text, date, photos (ARC-03). Nothing is demanded."""

from dataclasses import replace

from bot.chat.access import CONTACT_ONLY
from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.cards.reports.content import supply_text
from bot.chat.conversation.model import Answers, Conversation
from bot.chat.screen import Screen
from bot.chat.text import T, Text
from bot.core.errors import NotFound
from bot.features.reports import rules
from bot.features.reports.access import access_report
from bot.features.reports.content import photo_of, when_of
from bot.features.reports.errors import NotOpenForChange
from bot.features.reports.gaps import Lack, lacks_of
from bot.features.reports.supplement import Addition, supplement_report
from handlers.reports.feature import feature
from handlers.reports.lists import access_card, shown_card
from handlers.reports.reading import photos_of
from handlers.reports.steps_body import LINKS, PHOTOS, TEXT
from handlers.reports.steps_when import DATE

_REPORT_ID, _LACKS, _UNIT = "_report", "_lacks", "unit"


def _begin(call: Call, arg: str | None) -> Answers:
    report = access_report(call.work, read_id(arg), actor=call.actor)
    if report.unit_id not in call.actor.unit_ids:
        raise NotFound
    if report.status not in rules.COUNTED:
        raise NotOpenForChange(number=report.number)
    lacks = [lack.value for lack in lacks_of(call.work, call.config, report.id)]
    return {_REPORT_ID: report.id, _LACKS: lacks, _UNIT: report.unit_id}


def _lacks_text(call: Call, answers: Answers) -> bool:
    del call
    return Lack.text in answers[_LACKS]


def _lacks_date(call: Call, answers: Answers) -> bool:
    del call
    return Lack.date in answers[_LACKS]


def _addition(answers: Answers) -> Addition:
    given = answers.get("date")
    return Addition(
        text=answers.get("text") or None,
        when=when_of(given) if given else None,
        photos=[photo_of(one) for one in photos_of(answers)],
        links=list(answers.get(LINKS) or ()),
    )


def _preview(call: Call, answers: Answers) -> Text:
    card = access_card(call, answers[_REPORT_ID])
    return supply_text(call, card.number, card.content.title, _addition(answers))


def _submit(call: Call, answers: Answers) -> Screen:
    report_id = int(answers[_REPORT_ID])
    report = supplement_report(call.work, report_id, _addition(answers), actor=call.actor)
    card = shown_card(call, access_card(call, report.id))
    return card.with_line(T("report.supplied"))


feature.converse(
    Conversation(
        name="supply",
        needs=CONTACT_ONLY,
        steps=(
            replace(TEXT, when=_lacks_text),
            replace(DATE, when=_lacks_date, optional=True),
            PHOTOS,
        ),
        preview=_preview,
        submit=_submit,
        begin=_begin,
        submit_label=T("report.supply_submit"),
    )
)
"""Each step may be skipped; what is there already is neither asked nor changed."""
