"""A second person is asked: about a notice to many, or about other words for it."""

from bot.chat.cards.notices.buttons import OpenNotice, ShowContent
from bot.chat.cards.notices.progress import agree_button
from bot.chat.cards.notices.proposed import ask_to_agree
from bot.chat.cards.notices.words import audience_text
from bot.chat.desk import Desk
from bot.chat.screen import Button, Screen
from bot.chat.telling import tells
from bot.chat.text import BLANK, Clipped, Lines, T, tn
from bot.features.notices.audience import Audience
from bot.features.notices.facts import (
    AskedNoMore,
    CorrectionAwaits,
    CorrectionRefused,
    NoticeAwaits,
)
from bot.features.notices.models import Notice
from bot.features.notices.service import topic_of
from bot.features.outbox.models import Lane
from bot.features.outbox.queries import find_by_key
from bot.features.people.models import Person
from bot.features.people.queries import office

_CLIPPED_UNITS = 60


@tells(NoticeAwaits)
def tell_awaits(desk: Desk, fact: NoticeAwaits) -> None:
    """Ask the others of the office to look at a notice to many, and to confirm it."""
    notice = desk.work.session.get_one(Notice, fact.notice_id)
    author = desk.work.session.get_one(Person, notice.words_by or notice.author_id)
    screen = Screen(
        Lines(
            T(
                "notices.please_agree" if notice.edition == 1 else "notices.please_agree_again",
                author=author.name,
                number=str(notice.id),
            ),
            tn("notices.frozen", notice.total),
            T(
                "notices.chosen_so_far",
                audience=audience_text(desk.work, desk.config, Audience.of(notice.audience)),
            ),
            *([BLANK, Clipped(notice.text, _CLIPPED_UNITS * 4)] if notice.text else []),
        ),
        [
            [Button(T("notices.show_content"), ShowContent(notice.id))],
            [
                Button(T("notices.open"), OpenNotice(notice.id)),
                agree_button(notice),
            ],
        ],
    )
    for person_id in fact.person_ids:
        key = _key(notice.id, person_id, edition=notice.edition)
        desk.send(person_id, screen, lane=Lane.interactive, key=key)


@tells(CorrectionAwaits)
def tell_correction_awaits(desk: Desk, fact: CorrectionAwaits) -> None:
    """Ask the others of the office to look at other words for a notice to many."""
    notice = desk.work.session.get_one(Notice, fact.notice_id)
    for person_id in fact.person_ids:
        key = _key(notice.id, person_id, proposal=notice.proposals)
        screen = ask_to_agree(desk.work, notice, reader_id=person_id)
        desk.send(person_id, screen, lane=Lane.interactive, key=key)


@tells(CorrectionRefused)
def tell_correction_refused(desk: Desk, fact: CorrectionRefused) -> None:
    """Tell whoever proposed other words that somebody else took them away."""
    if fact.by_id != fact.proposed_by:
        notice = desk.work.session.get_one(Notice, fact.notice_id)
        answer_proposer(desk, notice, fact.proposed_by, fact.by_id, "notices.words_refused")


@tells(AskedNoMore)
def tell_asked_no_more(desk: Desk, fact: AskedNoMore) -> None:
    """Write into the cards of the others who were asked that nothing waits for them any more."""
    by = desk.work.session.get_one(Person, fact.by_id)
    screen = Screen(
        T(f"notices.asked_{fact.answer}", name=by.name, number=str(fact.notice_id)),
        [[Button(T("notices.open"), OpenNotice(fact.notice_id))]],
    )
    for person_id in office(desk.work):
        key = _key(fact.notice_id, person_id, edition=fact.edition, proposal=fact.proposal)
        row = find_by_key(desk.work, key)
        if row is not None and person_id != fact.by_id:
            desk.edit(row, screen, key=f"{key}:over")


def answer_proposer(desk: Desk, notice: Notice, proposer: int, by_id: int, said: str) -> None:
    """Tell whoever proposed other words what `by_id` made of them."""
    by = desk.work.session.get_one(Person, by_id)
    screen = Screen(
        T(said, name=by.name, number=str(notice.id)),
        [[Button(T("notices.open"), OpenNotice(notice.id))]],
    )
    key = f"{topic_of(notice.id)}:words:{notice.proposals}:answer"
    desk.send(proposer, screen, lane=Lane.interactive, key=key)


def _key(
    notice_id: int, person_id: int, *, edition: int | None = None, proposal: int | None = None
) -> str:
    asked = f"agree:{edition}" if proposal is None else f"words:{proposal}"
    return f"{topic_of(notice_id)}:{asked}:{person_id}"
