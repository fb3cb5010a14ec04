"""Checking in by code, QR code or location, and checking out (VOL-04)."""

import re
import unicodedata
from typing import Any

from bot.chat.access import ANYONE, REGISTERED
from bot.chat.call import Call, Incoming, Sent
from bot.chat.callback import read_id
from bot.chat.cards.attendance import person as cards
from bot.chat.cards.attendance.buttons import CHECK_IN, AskCode, CheckOut, CountCompanions
from bot.chat.conversation import machine
from bot.chat.conversation.model import Answers, Ask, Conversation, Reply, Step
from bot.chat.feature import HomePart
from bot.chat.screen import Answer, Screen
from bot.chat.text import Plain, T, Text
from bot.core.errors import NotAllowed, StaleButton
from bot.features.attendance import rules, service
from bot.features.attendance.codes import LINK
from bot.features.attendance.errors import NotACode
from bot.features.attendance.models import Presence
from bot.features.attendance.queries import find_attendance, open_posts
from bot.features.attendance.service import Checked, Point
from bot.features.attendance.transitions import SERVED
from bot.features.inbox.service import blank
from bot.features.posts.access import get_post
from bot.features.posts.models import Post
from handlers.attendance.feature import feature

_POST, _CODE = "_post", "code"
_LOOKS_LIKE_A_CODE = re.compile(r"[0-9]{4,6}")


@feature.press(AskCode, REGISTERED)
def ask_code(call: Call, pressed: AskCode) -> Answer:
    """Ask for the code; who has checked in before sees since when."""
    post = get_post(call.work, pressed.post_id)
    found = find_attendance(call.work, post_id=post.id, person_id=call.actor.person_id)
    if found is not None and found.state in SERVED:
        return _by_code(call, "", post.id)
    rules.check_open(post, now=call.now, config=call.config)
    return machine.restart(CHECK_IN_FLOW, call, str(post.id))


def _is_code_now(call: Call, message: Incoming) -> bool:
    """Tell whether a message is a code: digits, from somebody with a post in its window."""
    if _code_in(message) is None:
        return False
    return bool(open_posts(call.work, call.actor.person_id, call.config))


@feature.message(Sent.text, needs=REGISTERED, wants=_is_code_now)
def typed_code(call: Call, message: Incoming) -> Answer:
    """Check in by a code that was simply typed."""
    return _by_code(call, _code_in(message) or "", None)


def _is_location_now(call: Call, message: Incoming) -> bool:
    """Tell whether a location is meant to check in: somebody's post is in its window."""
    del message
    if not call.config.posts.check_in.by_location:
        return False
    posts = open_posts(call.work, call.actor.person_id, call.config)
    return any(not _is_there(call, post) for post in posts)


@feature.message(Sent.location, needs=REGISTERED, wants=_is_location_now)
def sent_location(call: Call, message: Incoming) -> Answer:
    """Check in by a location; only the first point of a live one is looked at."""
    return _by_location(call, message)


@feature.link(LINK, ANYONE)
def scanned(call: Call, token: str) -> Answer:
    """Check in by the link of a QR code."""
    done = service.check_in_by_link(call.work, actor=call.actor, token=token, config=call.config)
    return cards.checked_in(call, done)


@feature.press(CheckOut, REGISTERED)
def check_out(call: Call, pressed: CheckOut) -> Answer:
    """Check out; before the end only who is sure."""
    post = get_post(call.work, pressed.post_id)
    found = find_attendance(call.work, post_id=post.id, person_id=call.actor.person_id)
    there = found is not None and found.state is Presence.checked_in
    if there and not pressed.sure and rules.goes_early(post, now=call.now):
        minutes_left = int((post.ends_at - call.now).total_seconds()) // 60
        return cards.ask_check_out(call, post, minutes_left=minutes_left)
    done = service.check_out(call.work, actor=call.actor, post_id=post.id)
    return cards.checked_out(call, done)


@feature.press(CountCompanions, REGISTERED)
def count_companions(call: Call, pressed: CountCompanions) -> Answer:
    """Keep how many of the person's people are there."""
    done = service.count_companions(
        call.work, actor=call.actor, post_id=pressed.post_id, present=pressed.present
    )
    return cards.checked_in(call, done)


@feature.home(20, REGISTERED)
def home(call: Call) -> HomePart:
    """Offer to check in while a post of the person is in its window."""
    for post in open_posts(call.work, call.actor.person_id, call.config):
        if not _is_there(call, post):
            return cards.home_part(call, post)
    return HomePart()


def _begin(call: Call, arg: str | None) -> Answers:
    post = get_post(call.work, read_id(arg))
    rules.check_open(post, now=call.now, config=call.config)
    return {_POST: post.id}


def _ask(call: Call, answers: Answers) -> Ask:
    return Ask(cards.ask_code(call, get_post(call.work, answers[_POST])))


def _read(call: Call, reply: Reply, answers: Answers) -> Any:
    """Check in at once: what is refused is said above the same question."""
    message = reply.message
    if message is None:
        raise StaleButton
    if message.sent is Sent.location:
        done = _located(call, message)
    else:
        code = _code_in(message)
        if code is None:
            raise NotACode
        done = service.check_in_by_code(
            call.work, actor=call.actor, code=code, config=call.config, post_id=answers[_POST]
        )
    answers[_POST] = done.post.id
    return "ok"


def _show(call: Call, answers: Answers) -> Text | None:
    del call
    return Plain(answers[_CODE]) if _CODE in answers else None


def _preview(call: Call, answers: Answers) -> Text:
    return cards.ask_code(call, get_post(call.work, answers[_POST]))


def _submit(call: Call, answers: Answers) -> Screen:
    return _by_code(call, "", answers[_POST], fresh=True)


def _by_code(call: Call, code: str, post_id: int | None, *, fresh: bool = False) -> Screen:
    """Return the receipt of a code; `fresh` where this same message has checked the person in."""
    done = service.check_in_by_code(
        call.work, actor=call.actor, code=code, config=call.config, post_id=post_id
    )
    return cards.checked_in(call, _as_new(done) if fresh else done)


def _as_new(done: Checked) -> Checked:
    return Checked(done.post, done.state, done.present, done.size, done.in_at, done.out_at)


def _by_location(call: Call, message: Incoming) -> Screen:
    return cards.checked_in(call, _located(call, message))


def _located(call: Call, message: Incoming) -> Checked:
    if message.latitude is None or message.longitude is None:
        raise NotAllowed
    own = not message.forwarded and not message.picked
    point = Point(message.latitude, message.longitude, own=own)
    # Checked in or refused: where the person was is kept nowhere.
    call.work.survive(lambda later: blank(later, call.inbox_id))
    return service.check_in_by_location(
        call.work, actor=call.actor, point=point, config=call.config
    )


def _is_there(call: Call, post: Post) -> bool:
    found = find_attendance(call.work, post_id=post.id, person_id=call.actor.person_id)
    return found is not None and found.state in SERVED


def _code_in(message: Incoming) -> str | None:
    """Return the digits that a message consists of; None for anything else."""
    plain = "".join(unicodedata.normalize("NFKC", message.text).split())
    return plain if _LOOKS_LIKE_A_CODE.fullmatch(plain) else None


CHECK_IN_FLOW = feature.converse(
    Conversation(
        name=CHECK_IN,
        needs=REGISTERED,
        steps=[Step(_CODE, T("attendance.code_label"), _ask, _read, _show)],
        preview=_preview,
        submit=_submit,
        begin=_begin,
        direct=True,
    )
)
