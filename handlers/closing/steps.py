"""The questions of a closing: who came, the numbers, photos and a remark."""

from typing import Any

from bot.chat.call import Call, Sent
from bot.chat.callback import read_id
from bot.chat.cards.attendance.words import standing, totals
from bot.chat.cards.closing.words import count_name, count_text
from bot.chat.cards.posts.words import label, mark, when
from bot.chat.conversation.model import Answers, Ask, Pick, Reply, Stay, Step
from bot.chat.pager import page_of
from bot.chat.screen import Style
from bot.chat.text import BLANK, Lines, Plain, T, Text, tn
from bot.core.errors import StaleButton
from bot.core.text import one_line
from bot.features.attendance import service as attendance
from bot.features.attendance.models import Presence
from bot.features.attendance.queries import roll
from bot.features.attendance.service import Mark
from bot.features.closing.errors import NumbersUnreadable, OnlyPhotos, RemarkTooLong
from bot.features.closing.models import Counted
from bot.features.closing.outcome import MOST_REMARK
from bot.features.closing.typed import read_count, read_counts
from bot.features.posts.models import PostState
from handlers.closing.answers import (
    ASKED,
    LATE,
    PAGE,
    POST,
    counts_of,
    kept_counts,
    photos_of,
    post_of,
    with_photo,
)

_PEOPLE = 6
_DONE, _ALL, _BACK, _NEXT, _LAST = "ok", "all", "back", "next", "last"
_LATE_STEPS = (15, 30, 60)
_WIDTH = 2


def _is_open(call: Call, answers: Answers) -> bool:
    return post_of(call, answers).state is PostState.published


def _ask_presence(call: Call, answers: Answers) -> Ask:
    post = post_of(call, answers)
    found = roll(call.work, post.id)
    late = answers.get(LATE)
    if late is not None:
        name = next((one.name for one in found.rows if one.signup_id == late), "")
        steps = [
            Pick(T("attendance.mark_late", minutes=step), f"l{late}-{step}") for step in _LATE_STEPS
        ]
        return Ask(T("closing.how_late", name=name), [steps, [Pick(T("posts.back"), _BACK)]])
    shown = page_of(found.rows, answers.get(PAGE) or 1, size=_PEOPLE)
    zone = call.config.time.zone_info
    waited_for = found.count(Presence.expected)
    rows = [
        [
            Pick(T("attendance.tap_here", mark=mark(n)), f"h{one.signup_id}"),
            Pick(T("attendance.mark_absent"), f"a{one.signup_id}"),
            Pick(T("attendance.mark_excused"), f"x{one.signup_id}"),
            Pick(T("closing.late"), f"l{one.signup_id}"),
        ]
        for n, one in enumerate(shown.items, 1)
    ]
    done = Pick(T("closing.list_is_right"), _DONE, Style.primary)
    ends = [done]
    if waited_for:
        ends.insert(0, Pick(tn("attendance.all_here", waited_for), _ALL))
    if shown.pages > 1:
        rows.append([Pick(T("closing.next_page", at=shown.number, of=shown.pages), _NEXT)])
    return Ask(
        Lines(
            T("closing.ask_presence", label=label(post, call.config)),
            when(post),
            totals(found),
            BLANK,
            *(
                T(
                    "attendance.row",
                    mark=mark(n),
                    name=one.name,
                    standing=standing(post, one, zone),
                )
                for n, one in enumerate(shown.items, 1)
            ),
            tn("closing.will_be_absent", waited_for) if waited_for else None,
        ),
        [*rows, ends],
    )


def _read_presence(call: Call, reply: Reply, answers: Answers) -> Any:
    """Write down what was tapped; the list itself is where it is kept."""
    choice = reply.choice
    if choice is None:
        return Stay(T("closing.tap_the_list"))
    if choice == _DONE:
        return True
    if choice == _BACK:
        return Stay(None, **{LATE: None})
    if choice == _NEXT:
        count = len(roll(call.work, answers[POST]).rows)
        pages = max(1, -(-count // _PEOPLE))
        return Stay(None, **{PAGE: (answers.get(PAGE) or 1) % pages + 1})
    if choice == _ALL:
        attendance.mark_all_here(call.work, actor=call.actor, post_id=answers[POST])
        return Stay()
    return _marked(call, answers, choice)


def _marked(call: Call, answers: Answers, choice: str) -> Stay:
    what, (number, _, minutes) = choice[:1], choice[1:].partition("-")
    if what not in {"h", "a", "x", "l"}:
        raise StaleButton
    signup_id = read_id(number)
    if what == "l" and not minutes:
        if all(one.signup_id != signup_id for one in roll(call.work, answers[POST]).rows):
            raise StaleButton
        return Stay(None, **{LATE: signup_id})
    if minutes and minutes not in {str(step) for step in _LATE_STEPS}:
        raise StaleButton
    attendance.mark(
        call.work,
        actor=call.actor,
        post_id=answers[POST],
        signup_id=signup_id,
        what=Mark(what),
        minutes=int(minutes or 0),
    )
    return Stay(None, **{LATE: None})


def _show_presence(call: Call, answers: Answers) -> Text | None:
    return totals(roll(call.work, answers[POST]))


def _ask_numbers(call: Call, answers: Answers) -> Ask:
    del call
    asked = answers.get(ASKED)
    if asked is not None:
        question = T("closing.ask_one", name=count_name(Counted(asked)))
        return Ask(question, [[Pick(T("posts.back"), _BACK)]])
    given = counts_of(answers)
    picks = [Pick(count_name(what), f"n{what}") for what in Counted]
    done = T("closing.done") if given else T("closing.none")
    return Ask(
        Lines(
            T("closing.ask_numbers"),
            *((BLANK,) if given else ()),
            *(count_text(what, amount) for what, amount in given.items()),
        ),
        [
            *(picks[at : at + _WIDTH] for at in range(0, len(picks), _WIDTH)),
            [Pick(done, _DONE, Style.primary)],
        ],
    )


def _read_numbers(call: Call, reply: Reply, answers: Answers) -> Any:
    """Read one number, or a whole line of them, which answers the step."""
    del call
    choice, given = reply.choice, counts_of(answers)
    if choice == _DONE:
        return kept_counts(given)
    if choice == _BACK:
        return Stay(None, **{ASKED: None})
    if choice is not None:
        return Stay(None, **{ASKED: _counted(choice.removeprefix("n")).value})
    words = one_line("" if reply.message is None else reply.message.text)
    asked = answers.get(ASKED)
    if asked is not None:
        what = _counted(asked)
        amounts = kept_counts({**given, what: read_count(words, what)})
        return Stay(None, numbers=amounts, **{ASKED: None})
    return kept_counts({**given, **read_counts(words)})


def _counted(slug: str) -> Counted:
    try:
        return Counted(slug)
    except ValueError as error:
        raise StaleButton from error


def _show_numbers(call: Call, answers: Answers) -> Text | None:
    del call
    given = counts_of(answers)
    return tn("closing.numbers_given", len(given)) if given else None


def _ask_photos(call: Call, answers: Answers) -> Ask:
    del call
    count = len(photos_of(answers))
    rows = [[Pick(T("closing.done") if count else T("closing.none"), _DONE, Style.primary)]]
    if count:
        rows.append([Pick(T("closing.drop_photo"), _LAST)])
    return Ask(Lines(T("closing.ask_photos"), tn("closing.photos", count) if count else None), rows)


def _read_photos(call: Call, reply: Reply, answers: Answers) -> Any:
    del call
    given = list(answers.get("photos") or ())
    if reply.choice == _DONE:
        return given
    if reply.choice == _LAST:
        return Stay(None, photos=given[:-1])
    if reply.message is None:
        raise StaleButton
    return Stay(None, photos=with_photo(answers, reply.message))


def _show_photos(call: Call, answers: Answers) -> Text | None:
    del call
    count = len(photos_of(answers))
    return tn("closing.photos", count) if count else None


def _ask_remark(call: Call, answers: Answers) -> Ask:
    del call, answers
    return Ask(T("closing.ask_remark"))


def _read_remark(call: Call, reply: Reply, answers: Answers) -> Any:
    del call, answers
    words = "" if reply.message is None else reply.message.text
    if not words.strip():
        raise OnlyPhotos
    return _remark(words)


def _remark(words: str) -> str:
    if len(words.strip()) > MOST_REMARK:
        raise RemarkTooLong(most=MOST_REMARK)
    return words.strip()


def _show_remark(call: Call, answers: Answers) -> Text | None:
    del call
    return Plain(one_line(answers["remark"])) if answers.get("remark") else None


def add_at_card(call: Call, reply: Reply, answers: Answers, step: str) -> Stay | None:
    """Take photos and numbers that come while the card stands; None leaves it to the step."""
    del call
    message = reply.message
    if step or message is None:
        return None
    if message.sent is Sent.photo:
        return Stay(None, photos=with_photo(answers, message))
    if message.sent is not Sent.text or not message.text:
        raise OnlyPhotos
    words = one_line(message.text)
    try:
        more = read_counts(words)
    except NumbersUnreadable:
        if answers.get("remark"):
            raise
        return Stay(T("closing.kept_as_remark"), remark=_remark(message.text))
    return Stay(None, numbers=kept_counts({**counts_of(answers), **more}))


PRESENCE = Step(
    "presence",
    T("closing.label_presence"),
    _ask_presence,
    _read_presence,
    _show_presence,
    when=_is_open,
)
NUMBERS = Step("numbers", T("closing.label_numbers"), _ask_numbers, _read_numbers, _show_numbers)
PHOTOS = Step("photos", T("closing.label_photos"), _ask_photos, _read_photos, _show_photos)
REMARK = Step(
    "remark", T("closing.label_remark"), _ask_remark, _read_remark, _show_remark, optional=True
)
