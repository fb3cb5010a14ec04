"""How far a notice has come: one card, edited in place until it is over."""

from collections.abc import Sequence

from bot.chat.cards.home import home_button
from bot.chat.cards.notices.buttons import (
    CORRECT,
    AgreeNotice,
    GoOnNotice,
    ListNotices,
    OpenNotice,
    PauseNotice,
    RecallNotice,
    RepeatUnknown,
    ShowContent,
    StopNotice,
)
from bot.chat.cards.notices.proposed import proposed_lines, proposed_rows
from bot.chat.cards.notices.templates import save_button
from bot.chat.cards.notices.words import when_text
from bot.chat.conversation.model import Begin
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Clipped, Lines, Listed, T, Text, tn
from bot.config import Config
from bot.db.work import View
from bot.features.notices.correcting import corrected, not_corrected
from bot.features.notices.facts import WhyDropped
from bot.features.notices.models import Notice, NoticeState
from bot.features.notices.queries import Delivery, delivery, dropped, not_reached
from bot.features.notices.recalling import Recall, not_taken_back, recalled
from bot.features.notices.rules import GOING_OUT, NOT_BEGUN, OVER, Act, can
from bot.features.notices.sending import BY_ERRORS
from bot.features.outbox.models import State
from bot.features.people.queries import people_by_id

_CLIPPED_UNITS = 60
_MOST_NAMES = 20


def progress(view: View, config: Config, notice: Notice, *, reader_id: int | None = None) -> Screen:
    """Return how far `notice` has come; a fixed number of statements.

    `reader_id` is who looks at it; None: its author, in the message that follows the notice.
    """
    done = delivery(view, notice)
    return Screen(
        Lines(
            T(f"notices.state_{notice.state}", number=str(notice.id)),
            _first_words(notice),
            *_why(view, config, notice),
            BLANK,
            *_figures(view, notice, done),
            *proposed_lines(view, notice),
        ),
        [
            *proposed_rows(notice, reader_id=reader_id or notice.author_id),
            *_acts(notice, done, reader_id=reader_id or notice.author_id),
            *_ways(notice, done),
        ],
    )


def ask_stop(notice: Notice, done: Delivery) -> Screen:
    """Ask whether to end it, and say what that changes."""
    if notice.state in NOT_BEGUN:
        text = T("notices.ask_cancel", total=notice.total)
    else:
        text = T("notices.ask_stop", sent=done.sent, waiting=done.waiting)
    return _sure(notice, text, T("notices.stop"), StopNotice(notice.id, sure=True))


def ask_recall(notice: Notice, done: Delivery) -> Screen:
    """Ask whether to take it back, and say what Telegram allows."""
    text = T("notices.ask_recall", sent=done.sent)
    return _sure(notice, text, T("notices.recall"), RecallNotice(notice.id, sure=True))


def ask_repeat(notice: Notice, done: Delivery) -> Screen:
    """Ask whether to send again what may have come through."""
    text = T("notices.ask_repeat", unknown=done.unknown)
    return _sure(notice, text, T("notices.repeat"), RepeatUnknown(notice.id, sure=True))


def agree_button(notice: Notice) -> Button:
    """Return the button by which a second person confirms a notice as it is shown."""
    press = AgreeNotice(notice.id, notice.edition)
    return Button(T("notices.agree", people=notice.total), press, Style.primary)


def progress_key(notice_id: int) -> str:
    """Return the dedupe key of the message in which the author follows a notice."""
    return f"notice:{notice_id}:progress"


def _sure(notice: Notice, text: Text, label: Text, press: object) -> Screen:
    leave = Button(T("notices.leave"), OpenNotice(notice.id))
    return Screen(text, [[leave, Button(label, press, Style.danger)]])


def _first_words(notice: Notice) -> Text:
    if notice.text:
        return Clipped(" ".join(notice.text.split()), _CLIPPED_UNITS)
    return tn("notices.files", len(notice.files))


def _why(view: View, config: Config, notice: Notice) -> Sequence[Text]:
    """Return what the state needs said: since when it waits, for whom, and why it was paused."""
    lines: list[Text] = []
    if notice.state in NOT_BEGUN:
        lines.append(when_text(notice.send_at, people=notice.total, config=config))
    if notice.state is NoticeState.awaiting:
        lines.append(T("notices.awaits", people=notice.total))
    if notice.confirmed_by is not None:
        names = people_by_id(view, [notice.author_id, notice.confirmed_by])
        both = [Clipped(one.name, 20) for one in names.values()]
        lines.append(T("notices.confirmed_by", names=Listed(both)))
    if notice.pause_reason == BY_ERRORS and notice.state is NoticeState.paused:
        lines.append(T("notices.paused_by_errors", errors=config.notices.pause_after_errors))
    if notice.state is NoticeState.cancelled and notice.pause_reason in set(WhyDropped):
        lines.append(T(f"notices.dropped_{notice.pause_reason}"))
    return lines


def _figures(view: View, notice: Notice, done: Delivery) -> Sequence[Text | None]:
    if notice.state in NOT_BEGUN or notice.state is NoticeState.cancelled:
        return [tn("notices.frozen", notice.total)]
    back = recalled(view, notice) if notice.state is NoticeState.recalled else None
    names = (
        not_reached(view, notice.id, most=_MOST_NAMES)
        if back is None
        else not_taken_back(view, notice.id, most=_MOST_NAMES)
    )
    new_words = _corrected(view, notice) if back is None else ()
    gone = dropped(view, notice.id)
    over = notice.state in {NoticeState.stopped, NoticeState.recalled}
    return [
        T("notices.progress", settled=done.settled, total=done.total),
        T(
            "notices.counts",
            sent=done.sent,
            blocked=done.blocked,
            failed=done.failed,
            waiting=0 if over else done.waiting,
        ),
        T("notices.unknown", unknown=done.unknown) if done.unknown else None,
        *(T(f"notices.gone_{why}", count=count) for why, count in sorted(gone.items())),
        *([] if back is None else _taken_back(back)),
        _names(names, T("notices.not_reached" if back is None else "notices.not_changed")),
        *new_words,
    ]


def _corrected(view: View, notice: Notice) -> Sequence[Text | None]:
    """Return when the words were changed last and how far that has come; nothing if never."""
    if notice.corrected_at is None:
        return ()
    done = corrected(view, notice)
    return (
        BLANK,
        T(
            "notices.correct_counts",
            at=notice.corrected_at,
            changed=done.changed,
            waiting=done.waiting,
            not_changed=done.not_changed,
        ),
        tn("notices.corrected_anew", done.anew) if done.anew else None,
        _names(not_corrected(view, notice, most=_MOST_NAMES), T("notices.not_corrected")),
    )


def _taken_back(back: Recall) -> Sequence[Text]:
    lines: list[Text] = [
        T(
            "notices.recall_counts",
            deleted=back.deleted,
            changed=back.changed,
            waiting=back.waiting,
            not_changed=back.not_changed,
        )
    ]
    if back.files_stay:
        lines.append(tn("notices.files_stay", back.files_stay))
    return lines


def _acts(notice: Notice, done: Delivery, *, reader_id: int) -> Sequence[Row]:
    rows = _main_acts(notice, done, reader_id=reader_id)
    if not can(Act.correct, notice.state) or notice.proposed is not None:
        return rows
    return [*rows, [Button(T("notices.correct"), Begin(CORRECT, str(notice.id)))]]


def _main_acts(notice: Notice, done: Delivery, *, reader_id: int) -> Sequence[Row]:
    refresh = Button(T("notices.refresh"), OpenNotice(notice.id))
    stop = Button(T("notices.stop"), StopNotice(notice.id, sure=False), Style.danger)
    recall = Button(T("notices.recall"), RecallNotice(notice.id, sure=False), Style.danger)
    if notice.state is NoticeState.awaiting:
        mine = reader_id == (notice.words_by or notice.author_id)
        return [[refresh, stop]] if mine else [[agree_button(notice)], [refresh, stop]]
    if notice.state is NoticeState.scheduled:
        return [[refresh, stop]]
    if notice.state in GOING_OUT:
        return [[refresh, Button(T("notices.pause"), PauseNotice(notice.id)), stop]]
    if notice.state is NoticeState.paused:
        go_on = Button(T("notices.go_on"), GoOnNotice(notice.id), Style.primary)
        return [[go_on, stop], [refresh, recall]]
    if notice.state in OVER and done.sent:
        return [[refresh, recall]]
    return [[refresh]]


def _ways(notice: Notice, done: Delivery) -> Sequence[Row]:
    rows: list[Row] = []
    if done.unknown and notice.state in OVER:
        label = T("notices.repeat_count", unknown=done.unknown)
        rows.append([Button(label, RepeatUnknown(notice.id, sure=False))])
    rows.append([Button(T("notices.show_content"), ShowContent(notice.id)), save_button(notice)])
    if notice.finished_at is not None:
        rows.append([Button(T("notices.again"), Begin("notice", f"n{notice.id}"))])
    rows.append([Button(T("notices.all"), ListNotices(1)), home_button()])
    return rows


def _names(names: Sequence[tuple[str, State]], heading: Text) -> Text | None:
    if not names:
        return None
    return Lines(
        BLANK,
        heading,
        *(
            T("notices.not_reached_row", name=name, state=T(f"notices.row_{state}"))
            for name, state in names
        ),
    )
