"""A series: a whole week of posts in one conversation, published or kept as drafts (VOL-01)."""

from collections.abc import Sequence

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.planning import batch as cards
from bot.chat.cards.planning.buttons import SERIES, KeepAsDraft
from bot.chat.cards.planning.preview import series_preview
from bot.chat.conversation.model import Answers, Ask, Conversation, Step
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import BLANK, Lines, T, Text
from bot.features.planning.plans import get_open_plan
from bot.features.posts.models import PostState
from bot.features.posts.series import make_batch, sift
from bot.features.posts.templates import get_template, templates
from handlers.posts.about import COMPANIONS, PEOPLE, SPEAKER, TITLE
from handlers.posts.answers import lead_id, lead_name, note_given
from handlers.posts.planning.given import (
    LEFT_OUT,
    for_template,
    from_template,
    groups_of,
    number_after,
    today,
)
from handlers.posts.planning.steps import DAYS, HOURS, OVERLAP, PLACES, SPAN
from handlers.posts.steps import KIND, LEAD, NOTE

_TEMPLATES = 4


def begin(call: Call, arg: str | None) -> Answers:
    """Begin with nothing, with a template (`t3`) or with what a team plans (`p3`)."""
    if arg is None or not arg[:1].isalpha():
        return dict(LEFT_OUT)
    if arg.startswith("t"):
        template = get_template(call.work, number_after(arg, "t"))
        return from_template(call, template.given)
    plan = get_open_plan(call.work, number_after(arg, "p"))
    first = max(plan.first_day, today(call))
    span: dict[str, list[str]] = {}
    if first <= plan.last_day:
        span["span"] = [first.isoformat(), plan.last_day.isoformat()]
    return {**LEFT_OUT, **span, "_team": plan.team, "_plan": plan.id, "note": plan.theme}


def _ask_kind(call: Call, answers: Answers) -> Ask:
    """Ask for the kind, or for a template that says it."""
    asked = KIND.ask(call, answers)
    kept = templates(call.work, most=_TEMPLATES)
    return Ask(asked.text, [*cards.template_rows(kept), *asked.rows])


def _preview(call: Call, answers: Answers) -> Text:
    sifted = sift(call.work, groups_of(call, answers))
    lead = lead_name(call, answers) if lead_id(answers) is not None else None
    return Lines(
        series_preview(call, sifted, overlapping=bool(answers.get("overlap"))),
        BLANK if lead or note_given(answers) else None,
        T("posts.card_lead", name=lead) if lead else None,
        T("posts.card_note", note=note) if (note := note_given(answers)) else None,
    )


def make(call: Call, answers: Answers, state: PostState) -> Screen:
    """Make the posts that were entered, and return the receipt."""
    call.config.post_kind(answers["kind"])
    sifted = sift(call.work, groups_of(call, answers))
    batch, _ = make_batch(
        call.work,
        actor=call.actor,
        groups=sifted.groups(overlapping=bool(answers.get("overlap"))),
        what=SERIES,
        given=for_template(answers),
        state=state,
        config=call.config,
    )
    return cards.batch_made(call, batch)


def _submit(call: Call, answers: Answers) -> Screen:
    return make(call, answers, PostState.published)


def _offer(_: Call, answers: Answers, draft_id: int) -> Sequence[Row]:
    del answers
    return [[Button(T("planning.keep_draft"), KeepAsDraft(SERIES, draft_id))]]


new_series = Conversation(
    name=SERIES,
    needs=OFFICE_ONLY,
    steps=[
        Step(KIND.key, KIND.label, _ask_kind, KIND.read, KIND.show),
        TITLE,
        SPEAKER,
        PLACES,
        SPAN,
        DAYS,
        HOURS,
        PEOPLE,
        COMPANIONS,
        LEAD,
        NOTE,
        OVERLAP,
    ],
    preview=_preview,
    submit=_submit,
    begin=begin,
    offer=_offer,
    command="series",
    version=2,
    submit_label=T("posts.publish_now"),
)
