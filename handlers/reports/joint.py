"""What contacts of a partner answer about a joint activity (ORG-08)."""

from dataclasses import replace

from bot.chat.access import CONTACT_ONLY
from bot.chat.call import Call
from bot.chat.cards.reports import joint_told
from bot.chat.cards.reports.buttons import (
    AnotherActivity,
    AnswerPartner,
    ListJoint,
    OpenJoint,
    SameActivity,
)
from bot.chat.cards.reports.joint import PAGE, joint_screen, waiting_screen
from bot.chat.pager import page_of
from bot.chat.screen import Screen
from bot.chat.text import T, Text
from bot.core.errors import NotFound
from bot.features.reports.confirming import another_activity, answer_partner, same_activity
from bot.features.reports.errors import NotOpenForAnswer, NotPartnersContact
from bot.features.reports.matching import find_joint
from bot.features.reports.partners import waiting_for
from handlers.reports.feature import feature

__all__ = ["joint_told"]


@feature.press(AnswerPartner, CONTACT_ONLY)
def answer(call: Call, asked: AnswerPartner) -> Screen:
    """Say whether the unit took part."""
    answered = answer_partner(
        call.work,
        asked.report_id,
        asked.unit_id,
        took_part=asked.took_part,
        change=asked.change,
        actor=call.actor,
    )
    if not answered.changed:
        toast = T("joint.was_confirmed") if asked.took_part else T("joint.was_denied")
    else:
        toast = T("joint.confirmed_now") if asked.took_part else T("joint.denied_now")
    return _shown(call, asked.report_id, asked.unit_id, toast)


@feature.press(SameActivity, CONTACT_ONLY)
def same(call: Call, asked: SameActivity) -> Screen:
    """Say that the unit's own report is of this activity; that confirms its part as well."""
    same_activity(call.work, asked.report_id, asked.unit_id, own_id=asked.own_id, actor=call.actor)
    return _shown(call, asked.report_id, asked.unit_id, T("joint.same_now"))


@feature.press(AnotherActivity, CONTACT_ONLY)
def another(call: Call, asked: AnotherActivity) -> Screen:
    """Say that the unit's own report is of another activity."""
    another_activity(call.work, asked.report_id, asked.unit_id, actor=call.actor)
    return _shown(call, asked.report_id, asked.unit_id, T("joint.apart_now"))


@feature.press(OpenJoint, CONTACT_ONLY)
def show(call: Call, asked: OpenJoint) -> Screen:
    """Show a joint activity with the answer that stands."""
    if asked.unit_id not in call.actor.unit_ids:
        raise NotPartnersContact
    return _shown(call, asked.report_id, asked.unit_id, None)


@feature.press(ListJoint, CONTACT_ONLY)
def show_waiting(call: Call, asked: ListJoint) -> Screen:
    """Show what waits for the word of the actor's units."""
    waiting = waiting_for(call.work, call.actor.unit_ids)
    page = page_of(waiting, asked.page, size=PAGE)
    return waiting_screen(call, page, total=len(waiting))


def _shown(call: Call, report_id: int, unit_id: int, toast: Text | None) -> Screen:
    joint = find_joint(call.work, report_id, unit_id)
    if joint is None:
        raise NotFound
    if not joint.counts:
        raise NotOpenForAnswer(title=joint.title, reporter=joint.reporter)
    return replace(joint_screen(call, joint), toast=toast)
