"""How far a notice has come, and the list of all."""

from collections.abc import Sequence

from bot.chat.cards.home import home_button
from bot.chat.cards.notices.buttons import ListNotices, OpenNotice, StopNotice
from bot.chat.conversation.model import Begin
from bot.chat.desk import Desk
from bot.chat.pager import pager
from bot.chat.screen import Button, Screen, Style
from bot.chat.telling import tells
from bot.chat.text import BLANK, Clipped, Lines, Listed, Plain, T, Text, tn
from bot.features.notices.audience import Audience, Reach
from bot.features.notices.facts import NoticeConfirmed
from bot.features.notices.models import Notice, NoticeState
from bot.features.notices.queries import Delivery, delivery
from bot.features.outbox.models import Lane, State

PAGE = 8
"""Notices on one page of the list."""
_CLIPPED_UNITS = 60


def audience_text(audience: Audience, unit_names: Sequence[str]) -> Text:
    """Return what was chosen, in words."""
    if audience.everyone:
        return T("notices.to_everyone")
    parts: list[Text] = [T(f"role.{role}") for role in sorted(audience.roles)]
    parts.extend(Plain(name) for name in unit_names)
    return Listed(parts) if parts else T("notices.to_nobody")


def reach_text(reach: Reach) -> Text:
    """Return to how many people it would go, and how many cannot be reached."""
    goes = tn("notices.reach", reach.reachable)
    if reach.unreachable == 0:
        return goes
    return Lines(goes, tn("notices.unreachable", reach.unreachable))


def progress(notice: Notice, done: Delivery, not_reached: Sequence[tuple[str, State]]) -> Screen:
    """Return how far `notice` has come; once it is over, its delivery report."""
    rows = [[Button(T("notices.refresh"), OpenNotice(notice.id))]]
    if notice.finished_at is None:
        stop = Button(T("notices.stop"), StopNotice(notice.id, sure=False), Style.danger)
        rows[0].append(stop)
    rows.append([Button(T("notices.all"), ListNotices(1)), home_button()])
    return Screen(
        Lines(
            T(f"notices.state_{notice.state}", number=str(notice.id)),
            Clipped(notice.text, _CLIPPED_UNITS) if notice.text else None,
            BLANK,
            T("notices.progress", settled=done.settled, total=done.total),
            T(
                "notices.counts",
                sent=done.sent,
                blocked=done.blocked,
                failed=done.failed,
                waiting=0 if notice.state is NoticeState.stopped else done.waiting,
            ),
            T("notices.unknown", unknown=done.unknown) if done.unknown else None,
            _names(not_reached),
        ),
        rows,
    )


def ask_stop(notice: Notice, done: Delivery) -> Screen:
    """Ask whether to stop, and say what that changes."""
    return Screen(
        T("notices.ask_stop", sent=done.sent, waiting=done.waiting),
        [
            [
                Button(T("notices.go_on"), OpenNotice(notice.id)),
                Button(T("notices.stop"), StopNotice(notice.id, sure=True), Style.danger),
            ]
        ],
    )


def notice_list(notices: Sequence[Notice], *, page: int, pages: int) -> Screen:
    """Return a page of the list of notices."""
    new = [Button(T("notices.new"), Begin("notice"), Style.primary), home_button()]
    if not notices:
        return Screen(T("notices.none_yet"), [new])
    rows = [
        [
            Button(
                T(
                    "notices.list_row",
                    day=notice.created_at,
                    text=Clipped(notice.text, 24) if notice.text else T("notices.file"),
                ),
                OpenNotice(notice.id),
            )
        ]
        for notice in notices
    ]
    return Screen(T("notices.list"), [*rows, pager(page, pages, ListNotices), new])


def progress_key(notice_id: int) -> str:
    """Return the dedupe key of the message in which the author follows a notice."""
    return f"notice:{notice_id}:progress"


@tells(NoticeConfirmed)
def tell_confirmed(desk: Desk, fact: NoticeConfirmed) -> None:
    """Give the author a message that the progress is written into."""
    notice = desk.work.session.get_one(Notice, fact.notice_id)
    screen = progress(notice, delivery(desk.work, notice), [])
    desk.send(notice.author_id, screen, lane=Lane.interactive, key=progress_key(notice.id))


def _names(not_reached: Sequence[tuple[str, State]]) -> Text | None:
    if not not_reached:
        return None
    return Lines(
        BLANK,
        T("notices.not_reached"),
        *(
            T("notices.not_reached_row", name=name, state=T(f"notices.row_{state}"))
            for name, state in not_reached
        ),
    )
