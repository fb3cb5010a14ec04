"""Minors and their guardians (VOL-11): a mark and a name, never a birth date.

Who is a minor says so themselves, or their registrar does. A guardian with a chat confirms with one
tap; one without is named by the registrar.
"""

from sqlalchemy import select, update

from bot.core.errors import NotAllowed, NotFound
from bot.core.ids import invitation_code
from bot.core.roles import OFFICE, Role
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.people.errors import GuardianLinkEnded, NotTheGuardian
from bot.features.people.facts import GuardianConfirmed, UnmarkAsked, Unmarked
from bot.features.people.models import LinkCode, Person
from bot.features.people.service import lock_person

REGISTRARS = frozenset({Role.coordinator, Role.post_lead, Role.team_lead})
"""Who may register others: the office, post leads and team leads."""


def declare_minor(work: Work, *, actor: Actor) -> None:
    """Keep that the actor is a minor."""
    person = lock_person(work, actor)
    if not person.minor:
        person.minor = True
        record(work, "person.minor", f"person:{person.id}", actor_id=person.id)


def ask_unmark(work: Work, *, actor: Actor) -> bool:
    """Let the office be asked to take the actor's own mark away; False when there is none."""
    person = lock_person(work, actor)
    if person.minor:
        record(work, "person.no_minor_asked", f"person:{person.id}", actor_id=person.id)
        work.tell(UnmarkAsked(person.id))
    return person.minor


def guardian_code(work: Work, *, ward_id: int, by: int) -> str:
    """Return the code by which a minor's guardian confirms; earlier ones open nothing any more."""
    _end_codes(work, ward_id)
    code = invitation_code()
    work.session.add(LinkCode(code=code, ward_id=ward_id, created_by=by, created_at=work.now))
    work.session.flush()
    return code


def find_ward(view: View, code: str) -> Person:
    """Return the minor whose guardian the code confirms. Raises GuardianLinkEnded."""
    ward = view.session.scalar(
        select(Person)
        .join(LinkCode, LinkCode.ward_id == Person.id)
        .where(
            LinkCode.code == code,
            LinkCode.ended_at.is_(None),
            Person.minor.is_(True),
            Person.forgotten_at.is_(None),
        )
    )
    if ward is None:
        raise GuardianLinkEnded
    return ward


def confirm_guardian(work: Work, *, actor: Actor, code: str) -> Person:
    """Let the actor be the guardian of the minor whose code they hold; return the minor.

    Raises GuardianLinkEnded, and NotTheGuardian for the minor and for other minors.
    """
    ward_id = find_ward(work, code).id
    work.session.execute(
        select(Person.id)
        .where(Person.id.in_([ward_id, actor.person_id]))
        .order_by(Person.id)
        .with_for_update(key_share=True)
    ).all()
    ward = find_ward(work, code)
    guardian = work.session.get(Person, actor.person_id)
    if guardian is None or not actor.registered or guardian.minor or guardian.id == ward.id:
        raise NotTheGuardian
    ward.guardian_id = guardian.id
    _end_codes(work, ward.id)
    record(work, "person.guardian", f"person:{ward.id}", actor_id=guardian.id)
    work.tell(GuardianConfirmed(ward.id, guardian.id))
    return ward


def may_unmark(actor: Actor, person: Person) -> bool:
    """Tell whether `actor` may say that a person is no minor: the office, or who registered them.

    A person's own word that they are a minor is the office's alone to take back.
    """
    if actor.roles & OFFICE:
        return True
    theirs = person.registered_by == actor.person_id and person.telegram_id is None
    return theirs and bool(actor.roles & REGISTRARS)


def access_minor(view: View, actor: Actor, person_id: int) -> Person:
    """Return a minor whose mark the actor may take away. Raises NotFound and NotAllowed."""
    person = view.session.get(Person, person_id)
    if person is None or person.forgotten_at is not None or not person.minor:
        raise NotFound
    if not may_unmark(actor, person):
        raise NotAllowed
    return person


def unmark_minor(work: Work, *, actor: Actor, person_id: int) -> Person:
    """Keep that a person is no minor, and has no guardian then; return them.

    Raises NotFound, also for who is marked no more, and NotAllowed.
    """
    work.session.execute(
        select(Person)
        .where(Person.id == person_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()
    person = access_minor(work, actor, person_id)
    person.minor, person.guardian_id = False, None
    _end_codes(work, person.id)
    record(work, "person.no_minor", f"person:{person.id}", actor_id=actor.person_id)
    work.tell(Unmarked(person.id))
    return person


def name_guardian(work: Work, *, ward: Person, guardian_id: int, by: int) -> str | None:
    """Let a registrar name a minor's guardian; return the code that asks them, None without chat.

    Without a chat nobody can be asked, and the registrar's word counts. Raises NotFound and
    NotTheGuardian.
    """
    guardian = work.session.get(Person, guardian_id)
    if guardian is None or guardian.forgotten_at is not None:
        raise NotFound
    if guardian.minor or guardian.id == ward.id:
        raise NotTheGuardian
    if guardian.telegram_id is None:
        ward.guardian_id = guardian.id
        return None
    return guardian_code(work, ward_id=ward.id, by=by)


def _end_codes(work: Work, ward_id: int) -> None:
    work.session.execute(
        update(LinkCode)
        .where(LinkCode.ward_id == ward_id, LinkCode.ended_at.is_(None))
        .values(ended_at=work.now)
    )
