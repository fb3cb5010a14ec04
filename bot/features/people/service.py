"""What people do about themselves: come, register, choose a name, a language and a team."""

from sqlalchemy import select

from bot.config import Config
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.people import rules
from bot.features.people.actor import Actor, actor_of
from bot.features.people.errors import TeamByLink
from bot.features.people.facts import RolesChanged
from bot.features.people.grants import give
from bot.features.people.models import Person
from bot.features.people.queries import StaleMenu


def lock_person(work: Work, actor: Actor) -> Person:
    """Return the row of the actor, held until the end of the transaction. Raises NotFound."""
    person = work.session.scalar(
        select(Person).where(Person.id == actor.person_id).with_for_update(key_share=True)
    )
    if person is None:
        raise NotFound
    return person


def take_consent(work: Work, person: Person, name: str) -> None:
    """Keep that `person` read the privacy notice and agreed to be kept under `name`.

    What was agreed before stays: the first consent and the first name count. Raises NoName or
    NameTooLong.
    """
    if not person.name:
        person.name = rules.read_name(name)
    if person.consent_at is None:
        person.consent_at = work.now
        record(work, "person.consent", f"person:{person.id}", actor_id=person.id)


def register_volunteer(work: Work, *, actor: Actor, name: str) -> None:
    """Let the actor be a volunteer from now on (ORG-09); once more changes nothing.

    Raises NoName or NameTooLong.
    """
    person = lock_person(work, actor)
    take_consent(work, person, name)
    give(work, person_id=person.id, role=Role.volunteer, by=None)


def rename(work: Work, *, actor: Actor, name: str) -> None:
    """Call the actor `name` from now on. Raises NoName or NameTooLong."""
    lock_person(work, actor).name = rules.read_name(name)


def choose_language(work: Work, *, actor: Actor, language: str, config: Config) -> None:
    """Speak `language` to the actor from now on. Raises NotFound for one that is not offered."""
    if language not in {one.value for one in config.languages.available}:
        raise NotFound
    person = lock_person(work, actor)
    if person.language != language:
        person.language = language
        work.tell(RolesChanged(person.id))


def choose_team(work: Work, *, actor: Actor, team: str | None, config: Config) -> None:
    """Put the actor, a volunteer, into a configured kind of team; None is none (ORG-09).

    Raises NotAllowed, NotFound for a team that is not configured, and TeamByLink for a school's
    team, with which minors may come (VOL-11).
    """
    actor.check(Role.volunteer, Role.team_lead)
    teams = {one.slug: one for one in config.volunteer_teams}
    if team is not None and team not in teams:
        raise NotFound
    person = lock_person(work, actor)
    if team is not None and teams[team].school and person.team != team:
        raise TeamByLink
    person.team = team


def mark_reachable(work: Work, person_id: int) -> None:
    """Note that the person takes messages from us (again)."""
    person = work.session.get(Person, person_id)
    if person is not None:
        person.unreachable_at = None


def mark_unreachable(work: Work, telegram_id: int) -> None:
    """Note that Telegram refuses what we send to `telegram_id`; nothing for nobody of ours.

    Until they come back nothing is sent to them (`bot.chat.desk.Desk.send`).
    """
    person = work.session.scalar(select(Person).where(Person.telegram_id == telegram_id))
    if person is not None and person.unreachable_at is None:
        person.unreachable_at = work.now


def mark_menu(work: Work, person_id: int, *, stale: bool) -> None:
    """Note whether the command menu of a person's chat is out of date."""
    person = work.session.get(Person, person_id)
    if person is not None:
        person.menu_stale = stale


def settle_menu(work: Work, shown: StaleMenu) -> None:
    """Note that a chat has the menu `shown`, unless roles or language have changed since."""
    person = work.session.scalar(
        select(Person).where(Person.id == shown.person_id).with_for_update(key_share=True)
    )
    if person is None:
        return
    actor = actor_of(work, person)
    if (actor.roles, actor.language) == (shown.roles, shown.language):
        person.menu_stale = False
