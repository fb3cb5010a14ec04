"""Publishing a post, and once more the next day with the same values (VOL-01)."""

from collections.abc import Sequence
from datetime import timedelta

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.cards.planning.buttons import KeepAsDraft
from bot.chat.cards.posts.lists import NEW_POST
from bot.chat.cards.posts.manage import drafted, published
from bot.chat.conversation.model import Answers, Conversation
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import T
from bot.core.dates import local_day
from bot.core.errors import NotFound, StaleButton
from bot.features.places.queries import get_place
from bot.features.posts.access import get_post
from bot.features.posts.drafting import NewPost, add_posts, siblings
from bot.features.posts.leads import get_registered
from bot.features.posts.models import Post, PostState
from bot.features.posts.queries import post_card
from bot.features.posts.series import RolePart
from bot.features.posts.service import check_places
from handlers.posts.about import COMPANIONS, PEOPLE, SPEAKER, TITLE
from handlers.posts.answers import (
    NO_COMPANIONS,
    answers_of,
    companions_given,
    kept_parts,
    lead_id,
    note_given,
    parts_given,
    speaker_given,
    summary,
    times_given,
    title_given,
)
from handlers.posts.planned import begin_for_plan, count_for_plan
from handlers.posts.steps import KIND, LEAD, NOTE, PLACE
from handlers.posts.when import DAY, HOURS


def _begin(call: Call, arg: str | None) -> Answers:
    """Begin for what `arg` names; companions are not asked for, and can be given on the card."""
    return {"companions": NO_COMPANIONS, **_begun(call, arg)}


def _begun(call: Call, arg: str | None) -> Answers:
    """Return nothing, what a plan, a place (`l3`) gives, or what the post `arg` had."""
    planned = begin_for_plan(call, arg)
    if planned is not None:
        return planned
    if arg is not None and arg.startswith("l") and arg[1:].isdecimal():
        place = get_place(call.work, read_id(arg[1:]))
        return {"place": place.name, **({"kind": place.kind} if place.kind else {})}
    if arg is None or not arg.isdecimal():
        return {}
    post = get_post(call.work, read_id(arg))
    given = {**answers_of(call, post), "people": kept_parts(_parts(call, post))}
    return _with_lead_who_is_there(call, _a_day_later(call, given))


def _parts(call: Call, post: Post) -> list[RolePart]:
    return [
        RolePart(one.role, one.minimum, one.capacity)
        for one in siblings(call.work, post)
        if one.state is not PostState.cancelled or one.id == post.id
    ]


def _a_day_later(call: Call, given: Answers) -> Answers:
    zone = call.config.time.zone_info
    times = times_given(call, given)
    if times is None:
        return given
    day = max(local_day(times[0], zone), local_day(call.now, zone)) + timedelta(days=1)
    return {**given, "date": day.isoformat()}


def _with_lead_who_is_there(call: Call, given: Answers) -> Answers:
    person_id = lead_id(given)
    if person_id is None:
        return given
    try:
        get_registered(call.work, person_id)
    except NotFound:
        return {key: value for key, value in given.items() if key != "lead"}
    return given


def make(call: Call, answers: Answers, state: PostState) -> Screen:
    """Make the post that was entered, with all its roles, and return the receipt."""
    times = times_given(call, answers)
    if times is None:
        raise StaleButton
    call.config.post_kind(answers["kind"])
    group = []
    for part in parts_given(answers):
        check_places(part.capacity, call.config)
        group.append(
            NewPost(
                kind=answers["kind"],
                place=answers["place"],
                starts_at=times[0],
                ends_at=times[1],
                capacity=part.capacity,
                minimum=part.minimum,
                role=part.role,
                lead_person_id=lead_id(answers),
                note=note_given(answers),
                title=title_given(call, answers),
                speaker=speaker_given(call, answers),
                companions=companions_given(answers),
            )
        )
    post = add_posts(call.work, actor=call.actor, groups=[group], state=state)[0]
    count_for_plan(call, post, answers)
    card = post_card(call.work, post.id, reader_id=call.actor.person_id)
    return drafted(call, card) if state is PostState.draft else published(call, card)


def _submit(call: Call, answers: Answers) -> Screen:
    return make(call, answers, PostState.published)


def _offer(_: Call, answers: Answers, draft_id: int) -> Sequence[Row]:
    del answers
    return [[Button(T("planning.keep_draft"), KeepAsDraft(NEW_POST, draft_id))]]


new_post = Conversation(
    name=NEW_POST,
    needs=OFFICE_ONLY,
    steps=[KIND, TITLE, SPEAKER, PLACE, DAY, HOURS, PEOPLE, COMPANIONS, LEAD, NOTE],
    preview=summary,
    submit=_submit,
    begin=_begin,
    offer=_offer,
    command="newpost",
    version=3,
    submit_label=T("posts.publish_now"),
)
