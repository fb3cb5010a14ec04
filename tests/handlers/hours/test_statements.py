"""Screens of hours take as many statements for many rows as for few."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.certificates.queries import by_month
from bot.features.hours.book import everything, months_of_all
from bot.features.hours.models import HourEntry, HourKind, HourRequest, RequestKind
from bot.features.hours.pending import count_open, open_requests, own_open_requests
from bot.features.hours.queries import months_with_hours, own_entries, own_hours
from bot.features.hours.served import own_uncounted, posts_answered_for, served_at
from bot.features.people.actor import Actor
from tests.features.posts.scene import SATURDAY, Scene

TODAY = date(2024, 6, 9)
BACK = SATURDAY - timedelta(days=60)
Show = Callable[[View, Actor], object]
SCREENS: dict[str, Show] = {
    "own hours": lambda view, me: (
        own_hours(view, me.person_id, today=TODAY),
        own_entries(view, me.person_id, page=1, size=5),
        own_open_requests(view, me.person_id),
    ),
    "months": lambda view, me: by_month(
        view, me.person_id, months_with_hours(view, me.person_id, most=12)
    ),
    "desk": lambda view, me: (count_open(view, me), open_requests(view, me, page=1, size=5)),
    "posts": lambda view, me: posts_answered_for(view, me, since=BACK, most=10),
    "post": lambda view, me: served_at(view, 1),
    "missing": lambda view, me: own_uncounted(view, me.person_id, since=BACK, most=5),
    "book": lambda view, me: (list(months_of_all(view)), list(everything(view))),
}


@pytest.fixture
def statements(store: Store) -> Iterator[list[str]]:
    """Return the statements that the store's engine has run for writers, newest last."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    yield seen
    event.remove(store.engine, "before_cursor_execute", note)


def fill(scene: Scene, people: list[Actor], *, rows: int) -> None:
    """Give everybody so many entries, each with a correction, and as many requests."""

    def write(work: Work) -> None:
        for person in people:
            for number in range(rows):
                day = TODAY - timedelta(days=number % 9)
                asked = HourRequest(
                    kind=RequestKind.missing,
                    person_id=person.person_id,
                    by_person_id=person.person_id,
                    day=day,
                    minutes=60,
                    words="忘了",
                    at=work.now,
                )
                first = HourEntry(
                    person_id=person.person_id,
                    kind=HourKind.signed,
                    minutes=60,
                    day=day,
                    at=work.now,
                )
                work.session.add_all([asked, first])
                work.session.flush()
                work.session.add(
                    HourEntry(
                        person_id=person.person_id,
                        kind=HourKind.signed,
                        minutes=-10,
                        day=day,
                        corrects_id=first.id,
                        reason="早退",
                        at=work.now,
                    )
                )
        work.session.flush()

    scene.write(write)


def counted(scene: Scene, actor: Actor, statements: list[str], screen: Show) -> int:
    def show(work: Work) -> int:
        work.session.expunge_all()
        before = len(statements)
        screen(work, actor)
        return len(statements) - before

    return scene.write(show)


def test_screens_take_as_many_statements_for_few_rows_as_for_many(
    store: Store, campaign: Config, statements: list[str]
) -> None:
    scene = Scene(store, campaign)
    people = scene.people(12)
    office = scene.person("", Role.coordinator, Role.volunteer)
    post = scene.post(capacity=20)
    assert post == 1
    found = []
    for some in (people[:1], people[1:]):
        for one in some:
            scene.sign_up(one, post)
        fill(scene, [*some, office], rows=2 if len(some) == 1 else 30)
        found.append(
            {name: counted(scene, office, statements, screen) for name, screen in SCREENS.items()}
        )
    assert found[0] == found[1]
    assert max(found[1].values()) <= 5
