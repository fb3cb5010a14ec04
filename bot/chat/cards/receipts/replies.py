"""What people wrote back to a notice, and the office's answers, as messages and on a page."""

from collections.abc import Sequence

from bot.chat.call import Call
from bot.chat.cards.home import home_button
from bot.chat.cards.notices.buttons import OpenNotice
from bot.chat.cards.receipts.buttons import ANSWER, ShowReplies
from bot.chat.cards.receipts.confirming import first_words
from bot.chat.conversation.model import Begin
from bot.chat.desk import Desk
from bot.chat.mydata import DataPart, exact, my_data
from bot.chat.pager import pager
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.telling import tells
from bot.chat.text import BLANK, Clipped, Lines, Plain, T, Text
from bot.core.text import units
from bot.features.notices.models import Notice
from bot.features.notices.service import topic_of
from bot.features.outbox.models import Lane
from bot.features.outbox.payload import Attachment
from bot.features.people.queries import office
from bot.features.receipts.facts import NoticeReplied, ReplyAnswered
from bot.features.receipts.models import NoticeReply
from bot.features.receipts.replying import Line, line_of, notice_of, replies_by

PAGE = 5
"""Replies on one page."""
CONTEXT = "notice-reply:"
"""What the context of a message that brings the office a reply begins with; its number follows."""
_MOST_UNITS = 3500
_CLIPPED_UNITS = 200
_QUOTED_UNITS = 60
_MY_DATA = 72


@tells(NoticeReplied)
def tell_office(desk: Desk, fact: NoticeReplied) -> None:
    """Bring the office what somebody wrote back, each of an album's files once."""
    reply = desk.work.session.get_one(NoticeReply, fact.reply_id)
    line, notice = line_of(desk.work, reply), notice_of(desk.work, reply)
    files = [Attachment(**file) for file in reply.files[fact.part : fact.part + 1]]
    screens = [_further(reply, files)] if fact.part else _brought(notice, line, files)
    for person_id in office(desk.work):
        if person_id == reply.author_id:
            continue
        for number, screen in enumerate(screens):
            key = f"notice-reply:{reply.id}:{fact.part}:{number}:{person_id}"
            desk.send(person_id, screen, lane=Lane.reminder, key=key, topic=f"{CONTEXT}{reply.id}")


@tells(ReplyAnswered)
def tell_author(desk: Desk, fact: ReplyAnswered) -> None:
    """Tell who wrote back what the office answered; an answer to that comes back in turn."""
    answer = desk.work.session.get_one(NoticeReply, fact.answer_id)
    asked = desk.work.session.get_one(NoticeReply, answer.answers_id)
    notice = notice_of(desk.work, answer)
    for number, screen in enumerate(_answered(notice, asked, answer)):
        key = f"notice-answer:{answer.id}:{number}"
        desk.send(
            answer.person_id, screen, lane=Lane.reminder, key=key, topic=f"{CONTEXT}{asked.id}"
        )


def handed_on(notice_id: int) -> Screen:
    """Tell who wrote back that the office has it."""
    return Screen(
        T("receipts.handed_on", number=str(notice_id)),
        [[home_button()]],
        context=topic_of(notice_id),
    )


def answer_sent(line: Line) -> Screen:
    """Tell the office that its answer is on its way."""
    return Screen(
        T("receipts.answer_sent", who=who(line)),
        [_back(line.reply.notice_id)],
        context=f"{CONTEXT}{line.reply.id}",
    )


def replies_screen(notice: Notice, lines: Sequence[Line], *, page: int, pages: int) -> Screen:
    """Return a page of what people wrote back to `notice`."""
    heading = T("receipts.replies_heading", number=str(notice.id), words=first_words(notice))
    if not lines:
        return Screen(Lines(heading, T("receipts.no_replies")), [_back(notice.id)])
    return Screen(
        Lines(heading, *(part for line in lines for part in (BLANK, *_summary(line)))),
        [
            *([Button(T("receipts.answer_to", who=who(line)), _answering(line))] for line in lines),
            pager(page, pages, lambda turned: ShowReplies(notice.id, turned)),
            _back(notice.id),
        ],
    )


def who(line: Line) -> Text:
    """Return who wrote, with their unit."""
    name: Text = Plain(line.name) if line.name else T("receipts.nameless")
    return name if line.unit is None else T("receipts.who", unit=line.unit, name=name)


def question(line: Line) -> Text:
    """Return what the office is asked for: an answer to `line`, with what was answered before."""
    return Lines(
        T("receipts.ask_answer", who=who(line)),
        Clipped(line.reply.text, _CLIPPED_UNITS) if line.reply.text else T("notices.file"),
        _answer_before(line),
    )


@my_data(_MY_DATA)
def written_back(call: Call) -> DataPart:
    """Tell what is kept of what the person wrote about notices."""
    zone = call.config.time.zone_info
    return DataPart(
        T("receipts.my_data"),
        [
            T("receipts.my_data_row", at=exact(at, zone), number=str(number), text=text)
            for at, number, text in replies_by(call.work, call.actor.person_id)
        ],
    )


def _brought(notice: Notice, line: Line, files: Sequence[Attachment]) -> list[Screen]:
    reply = line.reply
    long = units(reply.text) > _MOST_UNITS
    first = Screen(
        Lines(
            T("receipts.reply_heading", number=str(notice.id), words=first_words(notice)),
            T("receipts.reply_from", who=who(line)),
            T("receipts.text_below") if long else Plain(reply.text) if reply.text else None,
        ),
        [
            [
                Button(T("receipts.answer"), _answering(line), Style.primary),
                Button(T("receipts.to_notice"), OpenNotice(notice.id)),
            ]
        ],
        files=files,
        context=f"{CONTEXT}{reply.id}",
    )
    whole = Screen(Plain(reply.text), context=f"{CONTEXT}{reply.id}")
    return [first, whole] if long else [first]


def _further(reply: NoticeReply, files: Sequence[Attachment]) -> Screen:
    return Screen(
        T("receipts.further_file", number=str(reply.notice_id)),
        files=files,
        context=f"{CONTEXT}{reply.id}",
    )


def _answered(notice: Notice, asked: NoticeReply, answer: NoticeReply) -> list[Screen]:
    long = units(answer.text) > _MOST_UNITS
    first = Screen(
        Lines(
            T("receipts.answer_heading", number=str(notice.id), words=first_words(notice)),
            T("receipts.you_said", words=Clipped(asked.text, _QUOTED_UNITS))
            if asked.text
            else None,
            BLANK,
            T("receipts.text_below") if long else Plain(answer.text) if answer.text else None,
        ),
        files=[Attachment(**file) for file in answer.files],
        context=topic_of(notice.id),
    )
    whole = Screen(Plain(answer.text), context=topic_of(notice.id))
    return [first, whole] if long else [first]


def _summary(line: Line) -> list[Text]:
    reply = line.reply
    said: Text = (
        Clipped(reply.text, _CLIPPED_UNITS)
        if reply.text
        else T("receipts.files", count=len(reply.files))
    )
    before = _answer_before(line)
    head = T("receipts.reply_row", at=reply.at, who=who(line))
    return [head, said] if before is None else [head, said, before]


def _answer_before(line: Line) -> Text | None:
    if line.answer is None:
        return None
    said: Text = Clipped(line.answer.text, _CLIPPED_UNITS)
    return T(
        "receipts.answered",
        at=line.answer.at,
        words=said if line.answer.text else T("notices.file"),
    )


def _answering(line: Line) -> Begin:
    return Begin(ANSWER, str(line.reply.id))


def _back(notice_id: int) -> Row:
    return [
        Button(T("receipts.all_replies"), ShowReplies(notice_id, 1)),
        Button(T("receipts.to_notice"), OpenNotice(notice_id)),
        home_button(),
    ]
