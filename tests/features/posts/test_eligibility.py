"""The rules hold in the transaction that signs up, for everybody and on both databases."""

from datetime import timedelta
from typing import Any

import pytest

from bot.core.errors import BusinessError, NotAllowed
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.people.actor import Actor, actor_of
from bot.features.people.models import Grant, Person
from bot.features.posts.eligibility import alternatives, applicants
from bot.features.posts.errors import NotRegistered, PostsOverlap
from bot.features.posts.ineligible import (
    AdultsOnly,
    GuardianNeeded,
    TooEarly,
    TooLittleRest,
    TooManyHours,
    TooManyInAWeek,
)
from bot.features.posts.models import SignupState
from bot.features.posts.others import sign_up_all, sign_up_other, take_off
from tests.features.posts.scene import SATURDAY, Scene
from tests.support.config import make_config
from tests.support.people import counting

HOUR = timedelta(hours=1)


def rules(scene: Scene, **signing: Any) -> None:
    """Let only these rules of signing up hold."""
    off = {"advance_days": None, "hours_per_day": None}
    scene.config = make_config(posts={"signing": {**off, **signing}})


def person(
    scene: Scene,
    name: str,
    *,
    team: str | None = None,
    by: Actor | None = None,
    guardian: Actor | None = None,
    minor: bool = False,
) -> int:
    """Return a volunteer without Telegram."""

    def write(work: Work) -> int:
        made = Person(
            name=name,
            language="zh_CN",
            created_at=work.now,
            team=team,
            registered_by=None if by is None else by.person_id,
            guardian_id=None if guardian is None else guardian.person_id,
            minor=minor,
        )
        work.session.add(made)
        work.session.flush()
        return made.id

    return scene.write(write)


def team_lead(scene: Scene, team: str) -> Actor:
    """Return somebody who leads a team."""
    lead = scene.person("", Role.team_lead)

    def write(work: Work) -> Actor:
        found = work.session.get_one(Person, lead.person_id)
        for grant in work.session.query(Grant).filter_by(person_id=found.id):
            grant.team = team
        work.session.flush()
        return actor_of(work, found)

    return scene.write(write)


def sign_up_for(scene: Scene, actor: Actor, post_id: int, person_id: int) -> SignupState:
    return scene.write(
        lambda work: (
            sign_up_other(
                work, actor=actor, post_id=post_id, person_id=person_id, config=scene.config
            ).state
        )
    )


@pytest.mark.parametrize(
    ("signing", "refused"),
    [
        ({"advance_days": 4}, TooEarly),
        ({"posts_per_week": 1}, TooManyInAWeek),
        ({"hours_per_day": 3}, TooManyHours),
        ({"rest_minutes": 90}, TooLittleRest),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_each_rule_refuses_and_switched_off_allows(
    any_scene: Scene, signing: dict[str, Any], refused: type[BusinessError]
) -> None:
    volunteer = any_scene.person()
    first = any_scene.post(hours=2)
    second = any_scene.post(at=SATURDAY + 3 * HOUR, hours=2, place="幸福市场")
    rules(any_scene)
    any_scene.sign_up(volunteer, first)
    rules(any_scene, **signing)
    with pytest.raises(refused):
        any_scene.sign_up(volunteer, second)
    assert any_scene.confirmed(second) == []
    rules(any_scene)
    assert any_scene.sign_up(volunteer, second).state is SignupState.confirmed


def test_a_full_posts_line_is_no_way_around_a_rule(any_scene: Scene) -> None:
    rules(any_scene, posts_per_week=1)
    busy, holder = any_scene.people(2)
    any_scene.sign_up(busy, any_scene.post(at=SATURDAY - 48 * HOUR))
    full = any_scene.post(capacity=1)
    any_scene.sign_up(holder, full)
    with pytest.raises(TooManyInAWeek):
        any_scene.sign_up(busy, full)


def test_the_alternatives_pass_the_same_rules(any_scene: Scene) -> None:
    rules(any_scene, posts_per_week=1)
    volunteer = any_scene.person()
    any_scene.sign_up(volunteer, any_scene.post(at=SATURDAY - 48 * HOUR))
    any_scene.post(at=SATURDAY + 3 * HOUR, place="同一周")
    next_week = any_scene.post(at=SATURDAY + 72 * HOUR, place="下一周")

    def found(view: View) -> list[int]:
        near = alternatives(
            view,
            person_id=volunteer.person_id,
            near=SATURDAY,
            config=any_scene.config,
            most=2,
        )
        return [post.id for post in near]

    assert any_scene.read(found) == [next_week]
    rules(any_scene)
    assert len(any_scene.read(found)) == 2


def test_what_the_rules_read_is_one_statement_for_any_number(any_scene: Scene) -> None:
    people = [one.person_id for one in any_scene.people(9)]

    def count(some: list[int]) -> int:
        def read(view: View) -> int:
            with counting(view) as statements:
                found = applicants(view, some, since=SATURDAY, until=None, config=any_scene.config)
            assert len(found) == len(some)
            return len(statements.texts)

        return any_scene.read(read)

    assert (count(people[:1]), count(people)) == (1, 1)


def test_a_minor_comes_with_the_guardian_and_never_to_a_crossing(any_scene: Scene) -> None:
    rules(any_scene)
    office, guardian = any_scene.coordinator(), any_scene.person()
    child = person(any_scene, "小明", by=office, guardian=guardian, minor=True)
    market = any_scene.post(kind="shichang", capacity=5)
    crossing = any_scene.post(kind="lukou-yindao", capacity=5, at=SATURDAY + 3 * HOUR)
    with pytest.raises(GuardianNeeded):
        sign_up_for(any_scene, office, market, child)
    any_scene.sign_up(guardian, market)
    any_scene.sign_up(guardian, crossing)
    assert sign_up_for(any_scene, office, market, child) is SignupState.confirmed
    with pytest.raises(AdultsOnly):
        sign_up_for(any_scene, office, crossing, child)
    grown = person(any_scene, "大明", by=office)
    assert sign_up_for(any_scene, office, crossing, grown) is SignupState.confirmed


def test_a_seat_at_a_lecture_needs_no_role_and_a_post_does(any_scene: Scene) -> None:
    citizen = any_scene.write(_nobody)
    lecture = any_scene.post(kind="shimin-jiangtang")
    assert any_scene.sign_up(citizen, lecture).state is SignupState.confirmed
    with pytest.raises(NotRegistered) as refused:
        any_scene.sign_up(citizen, any_scene.post(at=SATURDAY + 3 * HOUR))
    assert refused.value.post_id != lecture


def _nobody(work: Work) -> Actor:
    made = Person(telegram_id=990, name="", language="zh_CN", created_at=work.now)
    work.session.add(made)
    work.session.flush()
    return actor_of(work, made)


def test_who_may_sign_up_whom(any_scene: Scene) -> None:
    rules(any_scene)
    lead = any_scene.person("", Role.post_lead)
    post = any_scene.post(capacity=9, lead=lead)
    lead = any_scene.read(lambda view: actor_of(view, view.session.get_one(Person, lead.person_id)))
    other_post = any_scene.post(at=SATURDAY + 3 * HOUR, capacity=9)
    head, office = team_lead(any_scene, "kepu"), any_scene.coordinator()
    ours = person(any_scene, "队员", team="kepu", by=office)
    theirs = person(any_scene, "别队", team="jinguo", by=office)
    with_chat = any_scene.person()
    for actor, where, whom in (
        (lead, other_post, ours),
        (lead, post, with_chat.person_id),
        (head, post, theirs),
        (head, post, with_chat.person_id),
        (with_chat, post, ours),
    ):
        with pytest.raises(NotAllowed):
            sign_up_for(any_scene, actor, where, whom)
    assert any_scene.confirmed(post) == any_scene.confirmed(other_post) == []
    sign_up_for(any_scene, lead, post, theirs)
    sign_up_for(any_scene, head, post, ours)
    sign_up_for(any_scene, office, post, with_chat.person_id)
    assert any_scene.confirmed(post) == [theirs, ours, with_chat.person_id]
    assert len(any_scene.told(with_chat)) == 1, "who was signed up by somebody else is told"


def test_a_whole_team_is_signed_up_and_who_cannot_is_named(any_scene: Scene) -> None:
    rules(any_scene, posts_per_week=1)
    head = team_lead(any_scene, "kepu")
    free = [person(any_scene, f"队员{n}", team="kepu", by=head) for n in range(3)]
    busy = person(any_scene, "忙人", team="kepu", by=head)
    person(any_scene, "别队", team="jinguo", by=any_scene.coordinator())
    sign_up_for(any_scene, head, any_scene.post(at=SATURDAY - 48 * HOUR), busy)
    post = any_scene.post(capacity=2)

    def all_of_them() -> tuple[list[str], list[str], list[tuple[str, type]]]:
        done = any_scene.write(
            lambda work: sign_up_all(work, actor=head, post_id=post, config=any_scene.config)
        )
        refused = [(one.name, type(one.error)) for one in done.refused]
        return list(done.placed), list(done.waiting), refused

    assert all_of_them() == (
        ["队员0", "队员1"],
        ["队员2"],
        [("忙人", TooManyInAWeek)],
    )
    assert (any_scene.confirmed(post), any_scene.waiting(post)) == (free[:2], free[2:])
    assert all_of_them() == ([], [], [("忙人", TooManyInAWeek)])

    def off(actor: Actor) -> None:
        any_scene.write(
            lambda work: take_off(
                work, actor=actor, post_id=post, person_id=free[0], config=any_scene.config
            )
        )

    with pytest.raises(NotAllowed):
        off(team_lead(any_scene, "jinguo"))
    off(head)
    assert any_scene.confirmed(post) == free[1:2], "the freed place is offered to the line"


def test_the_office_skips_no_rule(any_scene: Scene) -> None:
    rules(any_scene)
    office = any_scene.coordinator()
    somebody = person(any_scene, "大爷", by=office)
    sign_up_for(any_scene, office, any_scene.post(), somebody)
    with pytest.raises(PostsOverlap):
        sign_up_for(any_scene, office, any_scene.post(place="幸福市场"), somebody)


def test_no_minor_stays_where_the_guardian_left(any_scene: Scene) -> None:
    rules(any_scene)
    office, guardian, other = any_scene.coordinator(), *any_scene.people(2)
    child = person(any_scene, "小明", by=office, guardian=guardian, minor=True)
    others = person(any_scene, "小红", by=office, guardian=other, minor=True)
    post = any_scene.post(kind="shichang", capacity=5)
    for one in (guardian, other):
        any_scene.sign_up(one, post)
    for minor in (child, others):
        sign_up_for(any_scene, office, post, minor)
    any_scene.leave(guardian, post)
    assert any_scene.confirmed(post) == [other.person_id, others]
    assert any_scene.get(post).taken == 2
    assert any(text.startswith("替 小明 转告：") for text in any_scene.told(guardian))
