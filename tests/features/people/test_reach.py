"""People without Telegram are told through who looks after them, and nobody else (ORG-09)."""

from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.people.models import Person
from bot.features.people.reach import reach_of
from tests.support.people import counting, make


def without_telegram(
    store: Store, *, by: int | None, minor: bool = False, guardian: int | None = None
) -> int:
    def write(work: Work) -> int:
        person = Person(
            name="王奶奶",
            language="zh_CN",
            created_at=work.now,
            registered_by=by,
            minor=minor,
            guardian_id=guardian,
        )
        work.session.add(person)
        work.session.flush()
        return person.id

    return store.write_now(write)


def reached(store: Store, person_id: int) -> int | None:
    return store.read_now(lambda view: reach_of(view, [person_id])[person_id].recipient_id)


def test_who_has_a_chat_is_reached_there(any_store: Store) -> None:
    person = make(any_store, Role.volunteer)
    found = any_store.read_now(lambda view: reach_of(view, [person.person_id]))
    assert found[person.person_id].direct


def test_who_has_none_is_reached_through_the_registrar(any_store: Store) -> None:
    registrar = make(any_store, Role.team_lead)
    person_id = without_telegram(any_store, by=registrar.person_id)
    assert reached(any_store, person_id) == registrar.person_id


def test_a_minor_without_a_chat_is_reached_through_the_guardian(any_store: Store) -> None:
    registrar, guardian = make(any_store, Role.team_lead), make(any_store, Role.volunteer)
    child = without_telegram(
        any_store, by=registrar.person_id, minor=True, guardian=guardian.person_id
    )
    grown = without_telegram(any_store, by=registrar.person_id, guardian=guardian.person_id)
    assert reached(any_store, child) == guardian.person_id
    assert reached(any_store, grown) == registrar.person_id


def test_where_nobody_has_a_chat_nobody_is_reached(any_store: Store) -> None:
    registrar = without_telegram(any_store, by=None)
    assert reached(any_store, without_telegram(any_store, by=registrar)) is None


def test_it_is_one_statement_for_any_number_of_people(any_store: Store) -> None:
    registrar = make(any_store, Role.team_lead)
    people = [without_telegram(any_store, by=registrar.person_id) for _ in range(9)]

    def count(some: list[int]) -> int:
        def read(view: View) -> int:
            with counting(view) as statements:
                assert len(reach_of(view, some)) == len(some)
            return len(statements.texts)

        return any_store.read_now(read)

    assert (count(people[:1]), count(people)) == (1, 1)
