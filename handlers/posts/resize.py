"""Changing a post's number of places; where too many have one, the office chooses (VOL-01)."""

from typing import Any

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.posts import lowering as cards
from bot.chat.cards.posts.buttons import Lowering, LowerPlaces
from bot.chat.cards.posts.office import RESIZE_POST
from bot.chat.cards.posts.words import figures, label, when
from bot.chat.conversation.model import Answers, Ask, Conversation, Pick, Reply, Stay, Step
from bot.chat.refusal import sentence
from bot.chat.screen import Answer, Screen
from bot.chat.text import BLANK, Lines, Plain, T, Text
from bot.features.drafts import service as drafts
from bot.features.posts import lowering
from bot.features.posts.access import get_post
from bot.features.posts.errors import OthersHavePlaces
from bot.features.posts.rules import check_not_begun
from bot.features.posts.service import check_places, set_capacity
from handlers.posts.browse import card_of
from handlers.posts.edit import wanted_post
from handlers.posts.feature import feature
from handlers.posts.steps import read_capacity, show_capacity

_MORE = (1, 2, 5)


def _begin(call: Call, arg: str | None) -> Answers:
    return {"_post": wanted_post(call, arg).id}


def _ask_size(call: Call, answers: Answers) -> Ask:
    post = get_post(call.work, answers["_post"])
    most = call.config.posts.max_capacity
    sizes = [post.capacity + more for more in _MORE if post.capacity + more <= most]
    rows = [[Pick(Plain(str(size)), str(size)) for size in sizes]]
    if 0 < post.taken < post.capacity:
        rows.append([Pick(T("posts.size_as_taken", taken=post.taken), str(post.taken))])
    question = T("posts.ask_size", label=label(post, call.config), figures=figures(post))
    return Ask(question, rows)


def _too_few(call: Call, answers: Answers) -> bool:
    return "capacity" in answers and bool(_found(call, answers).leavers)


def _ask_who(call: Call, answers: Answers) -> Ask:
    post = get_post(call.work, answers["_post"])
    return cards.ask(call, post, int(answers["capacity"]), _found(call, answers))


def _read_who(call: Call, reply: Reply, answers: Answers) -> Any:
    """Go on where everybody fits by now; another number is taken for the one before."""
    if reply.choice is None:
        return Stay(capacity=read_capacity(call, reply, answers))
    return Stay() if _too_few(call, answers) else cards.ON


def _show_nothing(_: Call, answers: Answers) -> Text | None:
    del answers
    return None


def _found(call: Call, answers: Answers) -> lowering.Lowering:
    return lowering.who_would_go(call.work, answers["_post"], int(answers["capacity"]))


def _preview(call: Call, answers: Answers) -> Text:
    post = get_post(call.work, answers["_post"])
    capacity = int(answers["capacity"])
    moves_up = min(post.waiting, max(0, capacity - post.taken))
    return Lines(
        T("posts.card_title", label=label(post, call.config)),
        when(post),
        figures(post),
        BLANK,
        T("posts.size_change", before=post.capacity, after=capacity),
        T("posts.size_moves_up", people=moves_up) if moves_up else None,
        T("lowering.takes_back") if capacity < post.taken else None,
    )


def _submit(call: Call, answers: Answers) -> Screen:
    promoted = set_capacity(
        call.work,
        actor=call.actor,
        post_id=answers["_post"],
        capacity=int(answers["capacity"]),
        config=call.config,
    )
    note = T("posts.resized_moved_up", people=len(promoted)) if promoted else T("posts.resized")
    return card_of(call, answers["_post"], note=note)


@feature.press(LowerPlaces, OFFICE_ONLY)
def lower_places(call: Call, pressed: LowerPlaces) -> Answer:
    """Show who would have to go, let them go, or lower only as far as nobody must.

    Where it would be others by now, nothing is done and they are shown.
    """
    check_not_begun(get_post(call.work, pressed.post_id), now=call.now)
    check_places(pressed.capacity, call.config)
    if pressed.how is Lowering.ask:
        return _show_leavers(call, pressed, None)
    try:
        note = _kept(call, pressed) if pressed.how is Lowering.keep else _put_out(call, pressed)
    except OthersHavePlaces as refused:
        return _show_leavers(call, pressed, sentence(refused))
    _end_draft(call, pressed.post_id)
    return card_of(call, pressed.post_id, note=note)


def _kept(call: Call, pressed: LowerPlaces) -> Text:
    places = lowering.keep_all(
        call.work,
        actor=call.actor,
        post_id=pressed.post_id,
        capacity=pressed.capacity,
        stamp=pressed.seen,
        config=call.config,
    )
    return T("lowering.kept", places=places)


def _put_out(call: Call, pressed: LowerPlaces) -> Text:
    gone = lowering.lower(
        call.work,
        actor=call.actor,
        post_id=pressed.post_id,
        capacity=pressed.capacity,
        stamp=pressed.seen,
        config=call.config,
    )
    people = sum(one.size for one in gone if not one.waits)
    return T("lowering.done", people=people) if gone else T("posts.resized")


def _show_leavers(call: Call, pressed: LowerPlaces, note: Text | None) -> Screen:
    post = get_post(call.work, pressed.post_id)
    found = lowering.who_would_go(call.work, post.id, pressed.capacity)
    if not found.leavers and post.capacity == pressed.capacity:
        return card_of(call, post.id, note=T("posts.resized"))
    return cards.preview(call, post, pressed.capacity, found, note)


def _end_draft(call: Call, post_id: int) -> None:
    """Leave no draft of the conversation that led here."""
    draft = drafts.find_draft(
        call.work,
        chat_id=call.place.chat_id,
        person_id=call.actor.person_id,
        flow=RESIZE_POST,
    )
    if draft is not None and draft.answers.get("_post") == post_id:
        drafts.finish(call.work, draft)


resize_post = Conversation(
    name=RESIZE_POST,
    needs=OFFICE_ONLY,
    steps=[
        Step("capacity", T("posts.field_capacity"), _ask_size, read_capacity, show_capacity),
        Step("who", T("lowering.field"), _ask_who, _read_who, _show_nothing, when=_too_few),
    ],
    preview=_preview,
    submit=_submit,
    begin=_begin,
    version=2,
    submit_label=T("posts.save_changes"),
)
