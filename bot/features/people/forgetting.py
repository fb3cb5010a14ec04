"""Erasing a person: nothing stays that says who it was, and every count stays (SYS, /forget)."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.people import traces
from bot.features.people.actor import Actor
from bot.features.people.grants import take
from bot.features.people.invitations import revoke_all_of
from bot.features.people.models import Grant, LinkCode, Person, WrongCode
from bot.features.people.service import lock_person


@dataclass(frozen=True)
class Forgotten:
    """Who is being erased: the number that stays, and Telegram's, which goes."""

    person_id: int
    telegram_id: int


Erase = Callable[[Work, Forgotten], None]

_erasers: list[Erase] = []


def erases(erase: Erase) -> Erase:
    """Let the decorated function erase what a feature keeps of a person.

    It blanks names, numbers and words of the person and ends what they were to do; rows that are
    counted stay. Put it where its feature's services are, so that it is registered with them.
    """
    _erasers.append(erase)
    return erase


def forget(work: Work, *, actor: Actor, inbox_id: int) -> None:
    """Erase the actor at their own wish; the one who writes next is a new person.

    `inbox_id` is the update that asks for it, of which only that it came is kept. The audit log
    holds numbers, which lead to nobody any more. Raises LastAdmin.
    """
    person = lock_person(work, actor)
    _end_roles(work, actor.person_id)
    revoke_all_of(work, actor.person_id)
    who = Forgotten(actor.person_id, actor.telegram_id)
    for erase in _erasers:
        erase(work, who)
    traces.erase_drafts(work, who.person_id)
    traces.erase_messages(work, who.telegram_id)
    traces.erase_updates(work, who.telegram_id, current_id=inbox_id)
    work.session.execute(delete(LinkCode).where(LinkCode.ward_id == person.id))
    work.session.execute(
        update(Person).where(Person.guardian_id == person.id).values(guardian_id=None)
    )
    work.session.execute(delete(WrongCode).where(WrongCode.person_id == person.id))
    person.telegram_id = None
    person.name = ""
    person.phone = person.team = person.guardian_id = person.registered_by = None
    person.minor = False
    person.consent_at = person.unreachable_at = None
    person.menu_stale = False
    person.forgotten_at = work.now
    work.session.flush()
    record(work, "person.forget", f"person:{person.id}", actor_id=person.id)


def _end_roles(work: Work, person_id: int) -> None:
    held = select(Grant).where(Grant.person_id == person_id, Grant.revoked_at.is_(None))
    for grant in work.session.scalars(held.order_by(Grant.id).with_for_update()).all():
        take(work, grant, by=person_id)
        grant.team = None
