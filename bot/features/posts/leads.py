"""Post leads (岗长): the grant that goes with a post, and finding a person by name (VOL-01)."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, exists, select

from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.people.grants import find_grant, give, take
from bot.features.people.models import Grant, Person
from bot.features.posts.facts import LeadAppointed, LeadRelieved
from bot.features.posts.models import Post


def set_lead(
    work: Work, post: Post, person_id: int | None, *, by: int, quietly: bool = False
) -> None:
    """Make a registered person the lead of `post`, None for nobody.

    Whoever comes and whoever goes is told, and the grant bound to the post follows; nothing
    happens where nothing changes. `quietly`: they are told otherwise. Raises
    NotFound for somebody who is not registered.
    """
    before = post.lead_person_id
    if before == person_id:
        return
    if person_id is not None:
        get_registered(work, person_id)
    if before is not None:
        end_leading(work, post, by=by)
        if not quietly:
            work.tell(LeadRelieved(post.id, before, post.version))
    post.lead_person_id = person_id
    if person_id is not None:
        give(work, person_id=person_id, role=Role.post_lead, post_id=post.id, by=by)
        if not quietly:
            work.tell(LeadAppointed(post.id, person_id, post.version))


def end_leading(work: Work, post: Post, *, by: int) -> None:
    """Let the lead's grant end; the post keeps who it was."""
    if post.lead_person_id is None:
        return
    grant = find_grant(work, person_id=post.lead_person_id, role=Role.post_lead, post_id=post.id)
    if grant is not None:
        take(work, grant, by=by)


def get_registered(view: View, person_id: int) -> Person:
    """Return a person who holds a role. Raises NotFound."""
    person = view.session.scalar(select(Person).where(Person.id == person_id, _registered()))
    if person is None:
        raise NotFound
    return person


def registered_ids(view: View, person_ids: Iterable[int]) -> set[int]:
    """Return those of the persons who hold a role."""
    wanted = Person.id.in_(set(person_ids))
    return set(view.session.scalars(select(Person.id).where(wanted, _registered())))


def find_registered(view: View, name: str, *, most: int) -> Sequence[Person]:
    """Return registered people whose name holds `name`, at most so many, by name."""
    return view.session.scalars(
        select(Person)
        .where(Person.name.contains(name, autoescape=True), _registered())
        .order_by(Person.name, Person.id)
        .limit(most)
    ).all()


def _registered() -> ColumnElement[bool]:
    held = exists().where(Grant.person_id == Person.id, Grant.revoked_at.is_(None))
    return Person.forgotten_at.is_(None) & held
