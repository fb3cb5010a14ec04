"""Post leads (岗长): the grant that goes with a post, and finding a person by name (VOL-01)."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, select, update

from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.people.models import Grant, Person
from bot.features.posts.facts import LeadAppointed, LeadRelieved
from bot.features.posts.models import Post


def set_lead(work: Work, post: Post, person_id: int | None, *, by: int) -> bool:
    """Make a registered person the lead of `post`, None for nobody; True when that is a change.

    Whoever comes and whoever goes is told, and the grant bound to the post follows. Raises
    NotFound for somebody who is not registered.
    """
    before = post.lead_person_id
    if before == person_id:
        return False
    if before is not None:
        _revoke(work, post)
        work.tell(LeadRelieved(post.id, before, post.version))
    post.lead_person_id = person_id
    if person_id is not None:
        get_registered(work, person_id)
        work.session.add(
            Grant(
                person_id=person_id,
                role=Role.post_lead,
                post_id=post.id,
                granted_at=work.now,
                granted_by=by,
            )
        )
        work.tell(LeadAppointed(post.id, person_id, post.version))
    return True


def end_leading(work: Work, post: Post) -> None:
    """Let the lead's grant end with the post."""
    if post.lead_person_id is not None:
        _revoke(work, post)


def get_registered(view: View, person_id: int) -> Person:
    """Return a person who holds a role. Raises NotFound."""
    person = view.session.scalar(
        select(Person).where(Person.id == person_id, Person.forgotten_at.is_(None), _has_role())
    )
    if person is None:
        raise NotFound
    return person


def find_registered(view: View, name: str, *, most: int) -> Sequence[Person]:
    """Return registered people whose name holds `name`, at most so many, by name."""
    return view.session.scalars(
        select(Person)
        .where(
            Person.name.contains(name, autoescape=True), Person.forgotten_at.is_(None), _has_role()
        )
        .order_by(Person.name, Person.id)
        .limit(most)
    ).all()


def _has_role() -> ColumnElement[bool]:
    return exists().where(Grant.person_id == Person.id, Grant.revoked_at.is_(None))


def _revoke(work: Work, post: Post) -> None:
    work.session.execute(
        update(Grant)
        .where(Grant.role == Role.post_lead, Grant.post_id == post.id, Grant.revoked_at.is_(None))
        .values(revoked_at=work.now)
    )
