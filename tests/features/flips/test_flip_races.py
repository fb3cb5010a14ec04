"""Two coordinators, an undo beside a change, a kill: one decision, told once; both databases."""

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from bot.db.work import Work
from bot.features.flips import service
from bot.features.flips.errors import AlreadyUndone, NothingToFlip
from bot.features.flips.models import Flip, What
from bot.features.outbox.models import OutboxRow, State
from bot.features.people.actor import Actor
from bot.features.posts import service as service_of_posts
from tests.faults.late import LateRunner
from tests.faults.racing import Runner, without_locks
from tests.features.flips.deciding import Deciding
from tests.features.posts.scene import Scene

ROUNDS = 8
PEOPLE = 6


def furnished(scene: Scene) -> list[Actor]:
    people = scene.people(PEOPLE)
    for number in range(3):
        post = scene.post(place=f"路口{number}", capacity=PEOPLE)
        for actor in people[number * 2 : number * 2 + 2]:
            scene.sign_up(actor, post)
    return people


def told(scene: Scene) -> Counter[int]:
    """Return how many messages wait or went for each person, but those taken back."""
    rows = scene.read(
        lambda view: view.session.execute(
            select(OutboxRow.person_id).where(
                OutboxRow.dedupe_key.like("flip:%"), OutboxRow.state != State.cancelled
            )
        ).all()
    )
    return Counter(person_id for (person_id,) in rows if person_id is not None)


async def two_coordinators(scene: Scene, runner: Runner) -> list[str]:
    """Let two pause the same posts at once; return what is wrong."""
    people = furnished(scene)
    both = [Deciding(scene, scene.coordinator()) for _ in range(2)]
    outcome = await runner.all_at_once([one.flipping(What.pause) for one in both])
    found = outcome.breakages()
    if [type(one) for one in outcome.refused] != [NothingToFlip]:
        found.append(f"{len(outcome.results)} of the two decided")
    flips = scene.read(lambda view: len(view.session.scalars(select(Flip)).all()))
    if flips != 1:
        found.append(f"{flips} decisions")
    if told(scene) != Counter({one.person_id: 1 for one in people}):
        found.append("somebody heard twice, or not at all")
    return found


async def test_two_coordinators_at_once_are_one_decision(scene: Scene) -> None:
    assert await two_coordinators(scene, Runner(scene.store)) == []


@pytest.mark.postgres
async def test_without_locks_both_decide(
    postgres_store: Any, campaign: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = Scene(postgres_store, campaign)
    monkeypatch.setattr(service, "fits", lambda *_, **__: True)
    with without_locks(scene.store):
        assert await two_coordinators(scene, LateRunner(scene.store)) != []


async def test_two_undos_at_once_are_one(scene: Scene, office: Deciding) -> None:
    people = furnished(scene)
    done = office.flip(What.cancel)
    scene.write(_sent)
    outcome = await Runner(scene.store).all_at_once([office.undoing(done.flip.id)] * 4)
    assert outcome.breakages() == []
    assert [type(one) for one in outcome.refused] == [AlreadyUndone] * 3
    assert told(scene) == Counter({one.person_id: 2 for one in people})


@pytest.mark.postgres
async def test_without_locks_more_than_one_undo_goes_through(
    postgres_store: Any, campaign: Any
) -> None:
    scene = Scene(postgres_store, campaign)
    office = Deciding(scene, scene.coordinator())
    furnished(scene)
    done = office.flip(What.pause)
    with without_locks(scene.store):
        outcome = await LateRunner(scene.store).all_at_once([office.undoing(done.flip.id)] * 4)
    assert [type(one) for one in outcome.refused] != [AlreadyUndone] * 3 or outcome.broken


@pytest.mark.parametrize("seed", range(ROUNDS))
async def test_an_undo_beside_changes_leaves_whole_posts(
    scene: Scene, office: Deciding, seed: int
) -> None:
    furnished(scene)
    done = office.flip(What.move, hours=2)
    posts = [post.id for post in done.posts]
    other = scene.coordinator()

    def enlarge(work: Work) -> None:
        service_of_posts.set_capacity(
            work, actor=other, post_id=posts[seed % 3], capacity=9, config=scene.config
        )

    outcome = await Runner(scene.store).all_at_once([office.undoing(done.flip.id), enlarge])
    assert outcome.breakages() == []
    [result] = [one for one in outcome.results if one is not None]
    moved_back = {post.id for post in result.restored}
    before = {post.id: post.starts_at for post in done.posts}
    for post in posts:
        is_back = scene.get(post).starts_at < before[post]
        assert is_back == (post in moved_back)


def test_a_kill_before_the_commit_leaves_nothing_and_the_next_press_does_all(
    scene: Scene, office: Deciding
) -> None:
    people = furnished(scene)

    def killed(work: Work) -> None:
        office.flipping(What.pause)(work)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        scene.write(killed)
    assert told(scene) == Counter()
    office.flip(What.pause)
    assert told(scene) == Counter({one.person_id: 1 for one in people})


def _sent(work: Work) -> None:
    for row in work.session.scalars(select(OutboxRow)):
        row.state = State.sent
