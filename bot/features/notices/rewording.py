"""Whose word it takes to give a notice other words (BUL-01).

What has not begun says the new words at once. What went to many, or will, needs the word of a
second person, as the notice itself did: nobody alone changes what many people read.
"""

from bot.config import Config
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.notices.correcting import (
    NewWords,
    access_correctable,
    begin_to_correct,
    check_new,
    reword,
)
from bot.features.notices.errors import (
    CorrectionSettled,
    CorrectionWaits,
    NobodyToAgree,
    OwnNotice,
    ProposerLeft,
)
from bot.features.notices.facts import (
    Answer,
    AskedNoMore,
    CorrectionAwaits,
    CorrectionRefused,
    NoticeChanged,
    NoticeCorrected,
)
from bot.features.notices.models import Notice, NoticeState
from bot.features.notices.rules import NOT_BEGUN, needs_second
from bot.features.notices.service import access_notice, ask_another, others_in_office, topic_of
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.people.queries import office


def correct(work: Work, *, actor: Actor, config: Config, notice_id: int, words: NewWords) -> Notice:
    """Give a notice other words, or propose them where it is to many; receipts and answers stay.

    Raises NotAllowed, NotFound, NotNow (it was taken back), CorrectionWaits, NobodyToAgree, and
    what `check_new` raises.
    """
    notice = access_correctable(work, actor=actor, notice_id=notice_id)
    check_none_waits(work, notice)
    check_new(work, notice, words)
    others = _asked(work, config, notice, actor)
    if notice.state in NOT_BEGUN:
        if notice.state is NoticeState.awaiting:
            was = notice.edition
            work.tell(AskedNoMore(notice.id, Answer.replaced, actor.person_id, edition=was))
        reword(work, notice, words, by_id=actor.person_id)
        if others:
            ask_another(work, notice, others)
        else:
            work.tell(NoticeCorrected(notice.id, actor.person_id))
    elif others:
        _propose(work, notice, words, by_id=actor.person_id, others=others)
    else:
        begin_to_correct(work, notice, words, by_id=actor.person_id)
        work.tell(NoticeCorrected(notice.id, actor.person_id))
    return notice


def agree_to_words(work: Work, *, actor: Actor, notice_id: int, proposal: int) -> Notice:
    """Let a second person agree to proposed words; they go out, once, whoever agrees as well.

    Raises NotAllowed, NotFound, NotNow (the notice was taken back), CorrectionSettled when they
    do not wait any more, OwnNotice for whoever proposed them, ProposerLeft, and what `check_new`
    raises.
    """
    notice = access_correctable(work, actor=actor, notice_id=notice_id)
    words, by_id = _proposed(notice, proposal)
    if by_id == actor.person_id:
        raise OwnNotice
    if by_id not in office(work):
        raise ProposerLeft(name=work.session.get_one(Person, by_id).name)
    check_new(work, notice, words)
    _settle(work, notice, Answer.agreed, actor)
    record(work, "notice.words_agreed", topic_of(notice.id), actor_id=actor.person_id)
    begin_to_correct(work, notice, words, by_id=by_id)
    work.tell(NoticeCorrected(notice.id, by_id, actor.person_id))
    return notice


def refuse_words(work: Work, *, actor: Actor, notice_id: int, proposal: int) -> Notice:
    """Take proposed words away, or take them back where they are one's own.

    Raises NotAllowed, NotFound, or CorrectionSettled when they do not wait any more.
    """
    notice = access_notice(work, actor=actor, notice_id=notice_id)
    _, by_id = _proposed(notice, proposal)
    _settle(work, notice, Answer.refused, actor)
    record(work, "notice.words_refused", topic_of(notice.id), actor_id=actor.person_id)
    work.tell(NoticeChanged(notice.id))
    work.tell(CorrectionRefused(notice.id, by_id, actor.person_id))
    return notice


def check_none_waits(view: View, notice: Notice) -> None:
    """Raise CorrectionWaits where other words for `notice` wait for a second person's word."""
    if notice.proposed is not None:
        raise CorrectionWaits(name=view.session.get_one(Person, notice.proposed_by).name)


def words_need_second(config: Config, notice: Notice) -> bool:
    """Tell whether other words for `notice` need the word of a second person."""
    return needs_second(notice.total, above=config.notices.second_person_above)


def _asked(work: Work, config: Config, notice: Notice, actor: Actor) -> tuple[int, ...]:
    # What was asked of a second person waits for one, though the limit was raised since.
    if notice.state is not NoticeState.awaiting and not words_need_second(config, notice):
        return ()
    others = others_in_office(work, actor.person_id)
    if not others:
        raise NobodyToAgree(people=notice.total, most=config.notices.second_person_above)
    return others


def _propose(
    work: Work, notice: Notice, words: NewWords, *, by_id: int, others: tuple[int, ...]
) -> None:
    notice.proposed = {
        "text": words.text,
        "entities": [dict(one) for one in words.entities],
        "edition": words.edition,
    }
    notice.proposed_by = by_id
    notice.proposals += 1
    record(work, "notice.words_proposed", topic_of(notice.id), actor_id=by_id)
    work.tell(NoticeChanged(notice.id))
    work.tell(CorrectionAwaits(notice.id, others))


def _proposed(notice: Notice, proposal: int) -> tuple[NewWords, int]:
    if notice.proposed is None or notice.proposed_by is None or notice.proposals != proposal:
        raise CorrectionSettled
    return NewWords(**notice.proposed), notice.proposed_by


def _settle(work: Work, notice: Notice, answer: Answer, actor: Actor) -> None:
    notice.proposed = notice.proposed_by = None
    work.tell(AskedNoMore(notice.id, answer, actor.person_id, proposal=notice.proposals))
