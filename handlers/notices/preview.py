"""The last look at a notice: to how many, when, and below it how it will look."""

from collections.abc import Sequence

from bot.chat.audience.choosing import audience_chosen
from bot.chat.call import Call
from bot.chat.cards.burden.month import burden_of
from bot.chat.cards.notices.buttons import ShowNames
from bot.chat.cards.notices.message import count_lost, preview_message
from bot.chat.cards.notices.words import audience_text, reach_text, when_text
from bot.chat.conversation.model import Action, Answers, Control
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import Lines, T, Text, tn
from bot.features.notices.audience import EVERYONE, Audience
from bot.features.notices.content import Content
from bot.features.notices.reach import Reach, count_reachable, reach, units_of
from bot.features.notices.rules import needs_second
from bot.features.notices.service import Plan, confirm
from handlers.notices.content import content_given
from handlers.notices.extras import with_extras
from handlers.notices.when import moved_by_quiet, planned, unpublished_year


def plan_of(call: Call, answers: Answers) -> Plan:
    """Return when and how the notice goes, as it was chosen."""
    return with_extras(call, planned(call, answers), answers)


def card(call: Call, answers: Answers) -> Text:
    """Return what is checked before the second tap."""
    audience = audience_chosen(answers)
    content = content_given(answers) or Content()
    plan = plan_of(call, answers)
    reached = reach(call.work, call.config, audience)
    lost = count_lost(content.entities)
    return Lines(
        reach_text(reached),
        T(
            "notices.chosen_so_far",
            audience=audience_text(call.work, call.config, audience),
        ),
        burden_of(call, units_of(call.work, call.config, audience)),
        *_warnings(call, audience, reached),
        when_text(
            plan.send_at,
            people=reached.reachable * max(1, len(content.files)),
            config=call.config,
            disturbs=plan.disturbs,
        ),
        *_about_time(call, answers, plan),
        T("notices.with_once") if plan.once else None,
        _receipt_line(plan),
        tn("notices.formats_lost", lost) if lost else None,
        T("notices.preview_below"),
    )


def beside(call: Call, answers: Answers) -> Sequence[Screen]:
    """Return the notice as its recipients will see it."""
    content = content_given(answers)
    if content is None:
        return ()
    return [preview_message(content, wants_receipt=plan_of(call, answers).wants_receipt)]


def offer(call: Call, answers: Answers, draft_id: int) -> Sequence[Row]:
    """Return the ways to look at the people, and to change when and how it goes."""
    del call, answers

    def change(key: str, step: str) -> Button:
        return Button(T(key), Control("notice", draft_id, Action.field, step))

    return [
        [
            Button(T("notices.show_names"), ShowNames(1, left_out=False)),
            Button(T("notices.show_left_out_all"), ShowNames(1, left_out=True)),
        ],
        [change("notices.change_when", "when"), change("notices.change_extras", "extras")],
    ]


def submit(call: Call, answers: Answers) -> Screen:
    """Confirm the notice."""
    confirmed = confirm(
        call.work,
        actor=call.actor,
        config=call.config,
        content=Content.of(answers["content"]),
        audience=audience_chosen(answers),
        plan=plan_of(call, answers),
    )
    return Screen(
        T(
            f"notices.confirmed_{confirmed.state}",
            number=str(confirmed.id),
            total=confirmed.total,
        )
    )


def _warnings(call: Call, audience: Audience, reached: Reach) -> Sequence[Text]:
    lines: list[Text] = []
    everyone = audience.everyone and not audience.minus
    if not everyone and reached.reachable > 1:
        all_of_them = count_reachable(call.work, call.config, Audience(frozenset({EVERYONE})))
        everyone = reached.reachable == all_of_them
    if everyone:
        lines.append(T("notices.everyone_warning"))
    above = call.config.notices.second_person_above
    if needs_second(reached.reachable, above=above):
        lines.append(T("notices.needs_second", above=above))
    return lines


def _about_time(call: Call, answers: Answers, plan: Plan) -> Sequence[Text]:
    lines: list[Text] = []
    if moved_by_quiet(call, answers):
        lines.append(T("notices.moved_by_quiet"))
    if plan.send_at is not None:
        lines.append(T("notices.frozen_now"))
    year = unpublished_year(call, plan.send_at)
    if year is not None:
        lines.append(T("notices.unpublished", year=str(year)))
    return lines


def _receipt_line(plan: Plan) -> Text | None:
    if not plan.wants_receipt:
        return None
    if plan.chase_at is None:
        return T("notices.with_receipt")
    return T("notices.with_receipt_chased", at=plan.chase_at)
