"""Words that are proposed for a notice to many, and wait for a second person."""

from collections.abc import Sequence

from bot.chat.cards.notices.buttons import AgreeWords, OpenNotice, RefuseWords, ShowProposed
from bot.chat.cards.notices.message import preview_message
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Clipped, Lines, T, Text
from bot.db.work import View
from bot.features.notices.content import Content
from bot.features.notices.errors import CorrectionSettled
from bot.features.notices.models import Notice
from bot.features.people.models import Person

_CLIPPED_UNITS = 240


def proposed_lines(view: View, notice: Notice) -> Sequence[Text]:
    """Return who proposed which words, and that they wait; nothing where none are proposed."""
    if notice.proposed is None:
        return ()
    return [
        BLANK,
        T("notices.proposed_by", name=_proposer(view, notice), people=notice.total),
        Clipped(notice.proposed["text"], _CLIPPED_UNITS),
    ]


def proposed_rows(notice: Notice, *, reader_id: int) -> Sequence[Row]:
    """Return what `reader_id` can do with the proposed words; nothing where there are none."""
    if notice.proposed is None:
        return ()
    show = Button(T("notices.show_proposed"), ShowProposed(notice.id))
    refuse = RefuseWords(notice.id, notice.proposals)
    if reader_id == notice.proposed_by:
        return [[show, Button(T("notices.withdraw_words"), refuse, Style.danger)]]
    agree = AgreeWords(notice.id, notice.proposals)
    return [
        [show],
        [
            Button(T("notices.refuse_words"), refuse, Style.danger),
            Button(T("notices.agree_words"), agree, Style.primary),
        ],
    ]


def ask_to_agree(view: View, notice: Notice, *, reader_id: int) -> Screen:
    """Ask `reader_id` to look at the proposed words, and to agree to them."""
    name = _proposer(view, notice)
    return Screen(
        Lines(
            T("notices.please_agree_words", name=name, number=str(notice.id), people=notice.total),
            *proposed_lines(view, notice)[2:],
        ),
        [
            *proposed_rows(notice, reader_id=reader_id),
            [Button(T("notices.open"), OpenNotice(notice.id))],
        ],
    )


def proposed_message(notice: Notice) -> Screen:
    """Return the notice with the proposed words. Raises CorrectionSettled where none wait."""
    if notice.proposed is None:
        raise CorrectionSettled
    content = Content(notice.proposed["text"], notice.proposed["entities"])
    return preview_message(
        content, wants_receipt=notice.wants_receipt, corrected_at=notice.created_at
    )


def _proposer(view: View, notice: Notice) -> Text:
    return Clipped(view.session.get_one(Person, notice.proposed_by or notice.author_id).name, 20)
