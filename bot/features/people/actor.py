"""Who acts: a person with the roles held at this moment."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from bot.core.errors import NotAllowed
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.people.models import Grant, Person

_BY_TELEGRAM = select(Person).where(Person.telegram_id == bindparam("telegram_id"))
_BY_TELEGRAM_LOCKED = _BY_TELEGRAM.with_for_update(key_share=True)
_GRANTS = (
    select(Grant.role, Grant.unit_id, Grant.post_id, Grant.team)
    .where(Grant.person_id == bindparam("person_id"), Grant.revoked_at.is_(None))
    .order_by(Grant.id)
)
"""Made once: every update asks them."""


@dataclass(frozen=True)
class Actor:
    """A person and the roles they hold; read again in every transaction that relies on them.

    `unit_ids` are the units they are contact of, `headed_unit_ids` those they head (分管领导),
    `led_post_ids` the posts they lead, `led_teams` the teams (a team lead for no team in
    particular leads the one they belong to).
    """

    person_id: int
    telegram_id: int
    name: str
    language: str
    roles: frozenset[Role] = frozenset()
    unit_ids: tuple[int, ...] = ()
    headed_unit_ids: tuple[int, ...] = ()
    led_post_ids: tuple[int, ...] = ()
    led_teams: tuple[str, ...] = ()

    @property
    def registered(self) -> bool:
        """Whether the person holds any role."""
        return bool(self.roles)

    def may(self, needed: Iterable[Role]) -> bool:
        """Tell whether the actor holds one of `needed`; the admin may all that the office may."""
        wanted = set(needed)
        if Role.coordinator in wanted:
            wanted.add(Role.admin)
        return bool(self.roles & wanted)

    def check(self, *needed: Role) -> None:
        """Raise NotAllowed unless the actor holds one of `needed`."""
        if not self.may(needed):
            raise NotAllowed


def find_actor(view: View, telegram_id: int) -> Actor | None:
    """Return who writes as `telegram_id`; None for somebody who never did."""
    person = view.session.scalar(_BY_TELEGRAM, {"telegram_id": telegram_id})
    return None if person is None else actor_of(view, person)


def actor_of(view: View, person: Person) -> Actor:
    """Return `person` with the roles held now."""
    grants = view.session.execute(_GRANTS, {"person_id": person.id}).all()
    return Actor(
        person_id=person.id,
        telegram_id=person.telegram_id or 0,
        name=person.name,
        language=person.language,
        roles=frozenset(role for role, *_ in grants),
        unit_ids=tuple(unit for role, unit, *_ in grants if role is Role.contact and unit),
        headed_unit_ids=tuple(unit for role, unit, *_ in grants if role is Role.unit_head and unit),
        led_post_ids=tuple(post for role, _, post, _ in grants if role is Role.post_lead and post),
        led_teams=tuple(
            led
            for role, *_, team in grants
            if role is Role.team_lead and (led := team or person.team)
        ),
    )


def with_telegram(view: View, person_ids: Collection[int]) -> list[Person]:
    """Return those of `person_ids` who have a chat: all but the forgotten ones."""
    found = view.session.scalars(
        select(Person)
        .where(Person.id.in_(person_ids), Person.telegram_id.is_not(None))
        .order_by(Person.id)
    )
    return list(found)


def meet(work: Work, *, telegram_id: int, language: str) -> Actor:
    """Return who writes as `telegram_id`, kept as a new person if they never did before."""
    person = work.session.scalar(_BY_TELEGRAM_LOCKED, {"telegram_id": telegram_id})
    if person is None:
        person = Person(telegram_id=telegram_id, language=language, created_at=work.now, name="")
        work.session.add(person)
        work.session.flush()
    return actor_of(work, person)
