"""Whatever is done to the ledger, in any order: the sums are right, and no row ever changes."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from bot.core.errors import BusinessError
from bot.db.work import Work
from bot.features.hours import requests
from bot.features.hours.models import HourEntry, HourKind
from bot.features.hours.queries import own_entries, own_hours
from bot.features.hours.rules import Totals
from bot.features.people.actor import Actor
from bot.features.posts.models import Post, PostState, Signup, SignupState
from tests.features.hours.scene import HourScene
from tests.features.posts.scene import SATURDAY

POSTS = 3
PLANNED = 120
OVERTIME = 15
CAN = st.one_of(
    st.tuples(
        st.just("credit"),
        st.integers(0, POSTS - 1),
        st.integers(-30, 180),
        st.booleans(),
    ),
    st.tuples(st.just("correct"), st.integers(0, 9), st.integers(-5, 200), st.booleans()),
    st.tuples(st.just("ask"), st.integers(0, POSTS - 1), st.integers(-5, 200), st.booleans()),
    st.tuples(st.just("decide"), st.integers(0, 9), st.integers(0, 0), st.booleans()),
)
Step = tuple[str, int, int, bool]


def posts_of(scene: HourScene, person: Actor, office: Actor) -> list[int]:
    """Return posts of two hours that are over, with a place for the person at each."""

    def write(work: Work) -> list[int]:
        found = []
        for number in range(POSTS):
            start = SATURDAY + timedelta(hours=4 * number)
            post = Post(
                kind="lukou-yindao",
                place=f"路口{number}",
                starts_at=start,
                ends_at=start + timedelta(minutes=PLANNED),
                capacity=1,
                taken=1,
                last_number=1,
                state=PostState.published,
                created_by=office.person_id,
                created_at=work.now,
            )
            work.session.add(post)
            work.session.flush()
            signup = Signup(
                post_id=post.id,
                person_id=person.person_id,
                state=SignupState.confirmed,
                number=1,
                at=work.now,
            )
            work.session.add(signup)
            found.append(post.id)
        work.session.flush()
        return found

    scene.clock.at = SATURDAY + timedelta(days=2)
    return scene.write(write)


def rows(scene: HourScene, person: Actor) -> list[tuple[object, ...]]:
    """Return the ledger of a person, column by column."""
    return [
        tuple(getattr(one, column.key) for column in HourEntry.__table__.columns)
        for one in scene.entries(person)
    ]


def do(scene: HourScene, step: Step, person: Actor, office: Actor, posts: list[int]) -> None:
    """Do one step; what the rules refuse is refused."""
    what, number, minutes, flag = step
    if what == "credit":
        scene.credit(posts[number], person, go=minutes, signed=flag)
    elif what == "ask":
        scene.ask(person if flag else office, posts[number], minutes, of=person)
    elif what == "correct":
        entries = scene.entries(person)
        if entries:
            scene.correct(office if flag else person, entries[number % len(entries)].id, minutes)
    else:
        own = [one for one in scene.requests() if one.person_id == person.person_id]
        if own and flag:
            scene.grant(office, own[number % len(own)].id)
        elif own:
            asked = own[number % len(own)].id
            scene.write(
                lambda work: requests.decline(work, actor=office, request_id=asked, words="没来").id
            )


def check(scene: HourScene, person: Actor) -> None:
    """Compare every sum with the rows."""
    entries = scene.entries(person)
    sums: Counter[HourKind] = Counter()
    chains: Counter[int] = Counter()
    kinds = {one.id: (one.kind, one.day, one.post_id) for one in entries}
    for one in entries:
        sums[one.kind] += one.minutes
        chains[one.corrects_id or one.id] += one.minutes
        if one.corrects_id is not None:
            assert kinds[one.corrects_id] == (one.kind, one.day, one.post_id)
            assert one.reason
    assert all(0 <= worth <= PLANNED + OVERTIME for worth in chains.values())
    firsts = [one.post_id for one in entries if one.corrects_id is None]
    assert len(firsts) == len(set(firsts))
    own = scene.read(lambda view: own_hours(view, person.person_id, today=SATURDAY.date()))
    assert own.month == own.year == own.ever == Totals.by_kind(sums.items())
    shown, total = scene.read(lambda view: own_entries(view, person.person_id, page=1, size=9))
    assert {one.id: one.minutes for one in shown} == dict(chains)
    assert total == len(chains)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(CAN, max_size=14))
def test_sums_are_those_of_the_rows_and_rows_stay(scene: HourScene, steps: list[Step]) -> None:
    person, office = scene.person(), scene.coordinator()
    posts = posts_of(scene, person, office)
    for step in steps:
        before = rows(scene, person)
        try:
            do(scene, step, person, office, posts)
        except BusinessError:
            assert rows(scene, person) == before
        assert rows(scene, person)[: len(before)] == before
        check(scene, person)


def test_a_row_that_was_changed_would_be_noticed(scene: HourScene) -> None:
    person, office = scene.person(), scene.coordinator()
    [post, *_] = posts_of(scene, person, office)
    scene.credit(post, person)
    check(scene, person)
    scene.write(tamper)
    with pytest.raises(AssertionError):
        check(scene, person)


def tamper(work: Work) -> None:
    work.session.execute(update(HourEntry).values(minutes=999))
