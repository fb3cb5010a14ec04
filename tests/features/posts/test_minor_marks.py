"""The mark of a minor is taken away by who may set it for others, and is kept track of (VOL-11)."""

import pytest
from sqlalchemy import select

from bot.core.errors import NotAllowed, NotFound
from bot.core.roles import Role
from bot.db.work import Work
from bot.features.audit.models import AuditEntry
from bot.features.people.actor import Actor
from bot.features.people.errors import GuardianLinkEnded
from bot.features.people.minors import find_ward, guardian_code, unmark_minor
from bot.features.people.models import Person
from bot.features.people.registering import NewPerson, register_other
from tests.features.posts.scene import Scene


def minor_of(scene: Scene, registrar: Actor, guardian: Actor | None = None) -> int:
    """Return a minor whom somebody registered."""

    def write(work: Work) -> int:
        made = register_other(
            work, actor=registrar, person=NewPerson("小明", minor=True), config=scene.config
        )
        made.guardian_id = None if guardian is None else guardian.person_id
        return made.id

    return scene.write(write)


def unmark(scene: Scene, actor: Actor, person_id: int) -> None:
    scene.write(lambda work: unmark_minor(work, actor=actor, person_id=person_id))


@pytest.mark.parametrize("who", ["registrar", "office"])
def test_the_mark_goes_with_the_guardian_and_the_link(any_scene: Scene, who: str) -> None:
    office, registrar = any_scene.coordinator(), any_scene.person("", Role.post_lead)
    child = minor_of(any_scene, registrar, any_scene.person())
    code = any_scene.write(lambda work: guardian_code(work, ward_id=child, by=registrar.person_id))
    by = registrar if who == "registrar" else office
    unmark(any_scene, by, child)
    person = any_scene.read(lambda view: view.session.get_one(Person, child))
    assert (person.minor, person.guardian_id) == (False, None)
    with pytest.raises(GuardianLinkEnded):
        any_scene.read(lambda view: find_ward(view, code))
    with pytest.raises(NotFound):
        unmark(any_scene, by, child)
    actions = any_scene.read(
        lambda view: view.session.execute(
            select(AuditEntry.action, AuditEntry.actor_id).where(
                AuditEntry.subject == f"person:{child}"
            )
        ).all()
    )
    assert [tuple(row) for row in actions][-1] == ("person.no_minor", by.person_id)
    assert sum(action == "person.no_minor" for action, _ in actions) == 1


def test_nobody_else_takes_it_away(any_scene: Scene) -> None:
    registrar, other = (any_scene.person("", Role.post_lead) for _ in range(2))
    child = minor_of(any_scene, registrar)
    for actor in (other, any_scene.person()):
        with pytest.raises(NotAllowed):
            unmark(any_scene, actor, child)
    assert any_scene.read(lambda view: view.session.get_one(Person, child)).minor


def test_ones_own_word_is_the_offices_alone_to_take_back(any_scene: Scene) -> None:
    office, registrar = any_scene.coordinator(), any_scene.person("", Role.post_lead)
    child = any_scene.person("小红")

    def declare(work: Work) -> None:
        found = work.session.get_one(Person, child.person_id)
        found.minor, found.registered_by = True, registrar.person_id

    any_scene.write(declare)
    for actor in (registrar, child):
        with pytest.raises(NotAllowed):
            unmark(any_scene, actor, child.person_id)
    unmark(any_scene, office, child.person_id)
