"""Hours that are added afterwards, and hours that are said to be wrong: asked for, then decided."""

from datetime import date

from sqlalchemy import ColumnElement, exists, select, update

from bot.config import Config
from bot.core.dates import local_day
from bot.core.errors import NotAllowed, NotFound
from bot.db.insert import insert_missing
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.hours.access import (
    access_own_entry,
    access_request,
    answers_for,
    check_second,
)
from bot.features.hours.errors import (
    AlreadyRuled,
    AskedAlready,
    HoursThere,
    NotOverYet,
    NotThere,
)
from bot.features.hours.facts import HoursAsked, HoursRuled
from bot.features.hours.ledger import correct, most_of, once_for
from bot.features.hours.models import HourEntry, HourKind, HourRequest, HourRuling, RequestKind
from bot.features.hours.rules import MOST_MINUTES, check_day, check_minutes, check_words
from bot.features.people.actor import Actor
from bot.features.people.forgetting import Forgotten, erases
from bot.features.posts.access import get_post, lock_person
from bot.features.posts.models import HOLDING, Signup


def ask_for_post(
    work: Work,
    config: Config,
    *,
    actor: Actor,
    person_id: int,
    post_id: int,
    minutes: int,
    words: str,
) -> HourRequest:
    """Ask for hours of a post that did not count: the person, or who answers for the post.

    Raises NotFound, NotAllowed, NotThere, NotOverYet, HoursThere, AskedAlready, TooLongAgo,
    TooManyMinutes and the errors of words.
    """
    reason = check_words(words)
    post = get_post(work, post_id)
    if person_id != actor.person_id and not answers_for(actor, post):
        raise NotAllowed
    if post.ends_at > work.now:
        raise NotOverYet
    zone = config.time.zone_info
    day = local_day(post.starts_at, zone)
    check_day(day, today=local_day(work.now, zone))
    check_minutes(minutes, most=most_of(work, config, post_id))
    lock_person(work, person_id)
    if not _had_place(work, post_id, person_id):
        raise NotThere
    if work.session.scalar(select(_counts(post_id, person_id))):
        raise HoursThere
    _check_not_asked(work, person_id, HourRequest.post_id == post_id)
    return _ask(work, actor, person_id, post_id=post_id, day=day, minutes=minutes, words=reason)


def ask_for_day(
    work: Work, config: Config, *, actor: Actor, day: date, minutes: int, words: str
) -> HourRequest:
    """Ask for own hours of a day at no post; the office decides.

    Raises NotOverYet, TooLongAgo, TooManyMinutes, AskedAlready and the errors of words.
    """
    reason = check_words(words)
    check_day(day, today=local_day(work.now, config.time.zone_info))
    check_minutes(minutes, most=MOST_MINUTES)
    lock_person(work, actor.person_id)
    _check_not_asked(work, actor.person_id, HourRequest.post_id.is_(None), HourRequest.day == day)
    return _ask(work, actor, actor.person_id, post_id=None, day=day, minutes=minutes, words=reason)


def say_wrong(work: Work, *, actor: Actor, entry_id: int, words: str) -> HourRequest:
    """Say that an entry of the actor's own is wrong, in one sentence.

    Raises NotFound, AskedAlready and the errors of words.
    """
    reason = check_words(words)
    entry = access_own_entry(work, entry_id, actor=actor)
    lock_person(work, actor.person_id)
    _check_not_asked(work, actor.person_id, HourRequest.entry_id == entry.id)
    request = HourRequest(
        kind=RequestKind.wrong,
        person_id=actor.person_id,
        by_person_id=actor.person_id,
        post_id=entry.post_id,
        entry_id=entry.id,
        day=entry.day,
        words=reason,
        at=work.now,
    )
    return _asked(work, request)


def grant(work: Work, *, actor: Actor, request_id: int) -> HourRuling:
    """Confirm hours that were asked for: they count from now on, as 事后补录.

    Raises NotFound, NotAllowed, OwnHours, OwnProposal, AlreadyRuled, HoursThere.
    """
    request = _locked(work, request_id, actor=actor)
    if request.kind is not RequestKind.missing or request.minutes is None:
        raise NotFound
    ruling = _rule(work, request, actor, granted=True, words=None)
    post_id = request.post_id
    entered = insert_missing(
        work.session,
        HourEntry,
        [
            {
                "person_id": request.person_id,
                "post_id": post_id,
                "kind": HourKind.added,
                "minutes": request.minutes,
                "day": request.day,
                "request_id": request.id,
                "by_person_id": actor.person_id,
                "once": f"request:{request.id}"
                if post_id is None
                else once_for(post_id, request.person_id),
                "at": work.now,
            }
        ],
        key=["once"],
    )
    if not entered:
        raise HoursThere
    return ruling


def decline(work: Work, *, actor: Actor, request_id: int, words: str) -> HourRuling:
    """Decide that nothing changes, and say why.

    Raises NotFound, NotAllowed, OwnHours, OwnProposal, AlreadyRuled and the errors of words.
    """
    reason = check_words(words)
    request = _locked(work, request_id, actor=actor)
    return _rule(work, request, actor, granted=False, words=reason)


def put_right(
    work: Work, config: Config, *, actor: Actor, request_id: int, minutes: int, words: str
) -> HourRuling:
    """Correct the entry that is said to be wrong.

    Raises NotFound, NotAllowed, AlreadyRuled and what `ledger.correct` raises.
    """
    request = _locked(work, request_id, actor=actor)
    if request.entry_id is None:
        raise NotFound
    correct(work, config, actor=actor, entry_id=request.entry_id, minutes=minutes, reason=words)
    return _rule(work, request, actor, granted=True, words=None, told=True)


@erases
def erase_words(work: Work, who: Forgotten) -> None:
    """Blank what the person wrote; the ledger holds numbers and stays."""
    work.session.execute(
        update(HourRequest)
        .where(
            (HourRequest.person_id == who.person_id) | (HourRequest.by_person_id == who.person_id)
        )
        .values(words="")
    )


def _locked(work: Work, request_id: int, *, actor: Actor) -> HourRequest:
    request = access_request(work, request_id, actor=actor)
    lock_person(work, request.person_id)
    check_second(request, actor)
    return request


def _rule(
    work: Work,
    request: HourRequest,
    actor: Actor,
    *,
    granted: bool,
    words: str | None,
    told: bool = False,
) -> HourRuling:
    row = {
        "request_id": request.id,
        "granted": granted,
        "words": words,
        "by_person_id": actor.person_id,
        "at": work.now,
    }
    if not insert_missing(work.session, HourRuling, [row], key=["request_id"]):
        raise AlreadyRuled
    record(work, "hours.rule", f"hour_request:{request.id}", actor_id=actor.person_id)
    if not told:
        work.tell(HoursRuled(request.id))
    return work.session.scalars(select(HourRuling).where(HourRuling.request_id == request.id)).one()


def _ask(
    work: Work,
    actor: Actor,
    person_id: int,
    *,
    post_id: int | None,
    day: date,
    minutes: int,
    words: str,
) -> HourRequest:
    request = HourRequest(
        kind=RequestKind.missing,
        person_id=person_id,
        by_person_id=actor.person_id,
        post_id=post_id,
        day=day,
        minutes=minutes,
        words=words,
        at=work.now,
    )
    return _asked(work, request)


def _asked(work: Work, request: HourRequest) -> HourRequest:
    work.session.add(request)
    work.session.flush()
    record(work, "hours.ask", f"hour_request:{request.id}", actor_id=request.by_person_id)
    work.tell(HoursAsked(request.id))
    return request


def _check_not_asked(view: View, person_id: int, *what: ColumnElement[bool]) -> None:
    ruled = exists().where(HourRuling.request_id == HourRequest.id)
    found = select(HourRequest.id).where(HourRequest.person_id == person_id, ~ruled, *what)
    if view.session.scalar(found.limit(1)) is not None:
        raise AskedAlready


def _counts(post_id: int, person_id: int) -> ColumnElement[bool]:
    return exists().where(HourEntry.once == once_for(post_id, person_id))


def _had_place(view: View, post_id: int, person_id: int) -> bool:
    held = select(Signup.id).where(
        Signup.post_id == post_id, Signup.person_id == person_id, Signup.state.in_(HOLDING)
    )
    return view.session.scalar(held) is not None
