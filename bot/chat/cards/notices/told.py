"""Who is told what of a notice: its author, the second person, and its readers when it is gone."""

from collections.abc import Iterator

from bot.chat.cards.notices.asked import answer_proposer
from bot.chat.cards.notices.buttons import OpenNotice
from bot.chat.cards.notices.message import notice_message
from bot.chat.cards.notices.progress import progress, progress_key
from bot.chat.cards.receipts.under import with_what_came_back
from bot.chat.desk import Desk
from bot.chat.render import payload
from bot.chat.screen import Button, Screen
from bot.chat.telling import tells
from bot.chat.text import Lines, T
from bot.features.notices.correcting import Words
from bot.features.notices.facts import (
    NoticeChanged,
    NoticeConfirmed,
    NoticeCorrected,
    NoticeDropped,
    NoticePaused,
)
from bot.features.notices.models import Notice
from bot.features.notices.recalling import ToRecall, changes_for
from bot.features.notices.service import topic_of
from bot.features.outbox.many import Change
from bot.features.outbox.models import Lane
from bot.features.outbox.queries import find_by_key
from bot.features.people.models import Person
from bot.features.people.queries import office

_CLIPPED_UNITS = 60


@tells(NoticeConfirmed)
def tell_confirmed(desk: Desk, fact: NoticeConfirmed) -> None:
    """Give the author a message that the progress is written into."""
    notice = desk.work.session.get_one(Notice, fact.notice_id)
    screen = progress(desk.work, desk.config, notice)
    desk.send(notice.author_id, screen, lane=Lane.interactive, key=progress_key(notice.id))


@tells(NoticeChanged)
def tell_changed(desk: Desk, fact: NoticeChanged) -> None:
    """Write into the author's message where the notice stands now."""
    show_progress(desk, desk.work.session.get_one(Notice, fact.notice_id))


@tells(NoticePaused)
def tell_paused(desk: Desk, fact: NoticePaused) -> None:
    """Tell the author, in a message that is seen, that the rest waits for a person."""
    notice = desk.work.session.get_one(Notice, fact.notice_id)
    show_progress(desk, notice)
    screen = Screen(
        T("notices.paused_itself", number=str(notice.id), errors=fact.errors),
        [[Button(T("notices.open"), OpenNotice(notice.id))]],
    )
    key = f"{topic_of(notice.id)}:paused:{notice.errors_seen}"
    desk.send(notice.author_id, screen, lane=Lane.alarm, key=key)


@tells(NoticeDropped)
def tell_dropped(desk: Desk, fact: NoticeDropped) -> None:
    """Tell the office, and the author, that a notice did not begin at its time, and why."""
    notice = desk.work.session.get_one(Notice, fact.notice_id)
    show_progress(desk, notice)
    screen = Screen(
        Lines(
            T("notices.did_not_begin", number=str(notice.id)),
            T(f"notices.dropped_{fact.why}"),
        ),
        [[Button(T("notices.open"), OpenNotice(notice.id))]],
    )
    for person_id in office(desk.work):
        key = f"{topic_of(notice.id)}:dropped:{person_id}"
        desk.send(person_id, screen, lane=Lane.alarm, key=key)


def show_progress(desk: Desk, notice: Notice) -> None:
    """Write into the author's message how far `notice` has come."""
    row = find_by_key(desk.work, progress_key(notice.id))
    if row is not None:
        # The same state may come again (paused, gone on, paused), and each time is told.
        key = f"{progress_key(notice.id)}:{desk.work.real_now.timestamp()}"
        card = progress(desk.work, desk.config, notice)
        desk.edit(row, with_what_came_back(desk.work, notice, card), key=key)


@tells(NoticeCorrected)
def tell_corrected(desk: Desk, fact: NoticeCorrected) -> None:
    """Tell the author and the second person who changed the words, and by whose word."""
    notice = desk.work.session.get_one(Notice, fact.notice_id)
    by = desk.work.session.get_one(Person, fact.by_id)
    screen = Screen(
        T("notices.corrected_by", name=by.name, number=str(notice.id)),
        [[Button(T("notices.open"), OpenNotice(notice.id))]],
    )
    concerned = [notice.author_id, *([notice.confirmed_by] if notice.confirmed_by else [])]
    for person_id in {*concerned} - {fact.by_id, fact.agreed_by}:
        key = f"{topic_of(notice.id)}:corrected:{notice.edition}:{person_id}"
        desk.send(person_id, screen, lane=Lane.interactive, key=key)
    if fact.agreed_by is not None:
        answer_proposer(desk, notice, fact.by_id, fact.agreed_by, "notices.words_agreed")


def corrected_words(desk: Desk, notice: Notice) -> Words:
    """Return what a notice says now, in each reader's language."""
    spoken: dict[str, str] = {}

    def words(language: str | None) -> str:
        known = language or desk.config.languages.default
        if known not in spoken:
            shown = notice_message(notice)
            spoken[known] = payload(shown, desk.voice(known), event=True).html
        return spoken[known]

    return words


def recall_changes(desk: Desk, notice: Notice, one: ToRecall) -> Iterator[Change]:
    """Return what takes one message of a notice back, in its reader's language."""
    voice = desk.voice(one.language or desk.config.languages.default)
    return changes_for(
        desk.work, notice, one, payload(Screen(T("notices.was_recalled")), voice, event=True)
    )
