"""Registering people who do not use Telegram (代报名, ORG-09), and minors (VOL-11)."""

from dataclasses import dataclass

from bot.config import Config
from bot.core.errors import NotAllowed, NotFound
from bot.core.roles import Role
from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.people import rules
from bot.features.people.actor import Actor
from bot.features.people.facts import GuardianNamed
from bot.features.people.grants import give
from bot.features.people.minors import REGISTRARS, name_guardian
from bot.features.people.models import Person


@dataclass(frozen=True)
class NewPerson:
    """Somebody without Telegram as others name them.

    `team` is the slug of their team, `guardian_id` a minor's guardian; None for none.
    """

    name: str
    phone: str | None = None
    minor: bool = False
    guardian_id: int | None = None
    team: str | None = None


def register_other(work: Work, *, actor: Actor, person: NewPerson, config: Config) -> Person:
    """Keep somebody without Telegram as a volunteer; the actor vouches for their consent.

    A team lead registers into a team that they lead. A guardian with a chat is asked first. Raises
    NotAllowed, NotFound for a team or a guardian that there is not, NotTheGuardian, NoName and
    NameTooLong.
    """
    actor.check(*REGISTRARS)
    if person.team is not None:
        if person.team not in {team.slug for team in config.volunteer_teams}:
            raise NotFound
        if not actor.may({Role.coordinator}) and person.team not in actor.led_teams:
            raise NotAllowed
    made = Person(
        name=rules.read_name(person.name),
        phone=person.phone,
        language=config.languages.default,
        team=person.team,
        created_at=work.now,
        consent_at=work.now,
        minor=person.minor,
        registered_by=actor.person_id,
    )
    work.session.add(made)
    work.session.flush()
    record(work, "person.register", f"person:{made.id}", actor_id=actor.person_id)
    give(work, person_id=made.id, role=Role.volunteer, by=actor.person_id)
    if person.minor and person.guardian_id is not None:
        _name_guardian(work, made, person.guardian_id, by=actor.person_id)
    return made


def _name_guardian(work: Work, ward: Person, guardian_id: int, *, by: int) -> None:
    code = name_guardian(work, ward=ward, guardian_id=guardian_id, by=by)
    if code is not None:
        work.tell(GuardianNamed(ward.id, guardian_id, code))
