"""What many people hear of a decision is written piece by piece, to each of them once."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, update

from bot.chat.cards.flips import told
from bot.chat.desk import Desk
from bot.db.work import Work
from bot.features.flips.models import What
from bot.features.outbox.models import OutboxRow, State
from bot.features.people.actor import Actor
from jobs import flips
from tests.features.flips.deciding import Deciding
from tests.features.posts.scene import SATURDAY, Scene


@pytest.fixture
def people(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> list[Actor]:
    """Return five people at one post, of whom two are told at a time."""
    monkeypatch.setattr(told, "_AT_ONCE", 2)
    post_id = scene.post(capacity=9)
    found = scene.people(5)
    for person in found:
        scene.sign_up(person, post_id)
    return list(found)


def states(scene: Scene, people: list[Actor], key: str) -> list[list[State]]:
    """Return for each of the people how their messages under `key` stand."""
    rows = scene.read(
        lambda view: view.session.scalars(
            select(OutboxRow).where(OutboxRow.dedupe_key.startswith(key))
        ).all()
    )
    return [
        [row.state for row in rows if row.dedupe_key == f"{key}:{person.person_id}"]
        for person in people
    ]


def tick(scene: Scene) -> int:
    """Do what the job finds to do; return how many decisions that were."""
    found = scene.read(lambda view: flips.due(view, scene.config))
    for one in found:
        scene.write(partial(_carry_out, scene, one))
    return len(found)


def _carry_out(scene: Scene, flip_id: int, work: Work) -> None:
    flips.job.carry_out(Desk(work, scene.config, "bot"), flip_id)


def test_everybody_is_told_once_however_often_the_clock_ticks(
    scene: Scene, office: Deciding, people: list[Actor]
) -> None:
    key = f"flip:{office.flip(What.pause).flip.id}"
    assert sum(map(len, states(scene, people, key))) == 2, "the others wait for the clock"
    assert [tick(scene) for _ in range(3)] == [1, 1, 0]
    assert states(scene, people, key) == [[State.pending]] * 5


def test_an_undo_on_the_way_takes_back_what_was_not_sent_and_tells_the_others(
    scene: Scene, office: Deciding, people: list[Actor]
) -> None:
    flip_id = office.flip(What.pause).flip.id
    key = f"flip:{flip_id}"
    scene.write(
        lambda work: work.session.execute(
            update(OutboxRow).where(OutboxRow.dedupe_key.startswith(key)).values(state=State.sent)
        )
    )
    office.undo(flip_id)
    while tick(scene):
        pass
    heard, rest = people[:2], people[2:]
    assert states(scene, heard, key) == [[State.sent]] * 2
    assert states(scene, heard, f"{key}:undone") == [[State.pending]] * 2
    assert states(scene, rest, key) == [[State.cancelled]] * 3
    assert states(scene, rest, f"{key}:undone") == [[]] * 3, "nothing happened, as they know it"


def decided_twice(scene: Scene, office: Deciding, last: Actor) -> list[str]:
    """Pause all, resume what only the last one has; return what they hear, in order."""
    scene.sign_up(last, scene.post(at=SATURDAY + timedelta(days=1), place="别处"))
    names = {
        f"flip:{office.flip(what, place=place).flip.id}:{last.person_id}": what.value
        for what, place in ((What.pause, None), (What.resume, "别处"))
    }
    while tick(scene):
        pass
    rows = scene.read(
        lambda view: view.session.scalars(
            select(OutboxRow.dedupe_key)
            .where(OutboxRow.dedupe_key.in_(names))
            .order_by(OutboxRow.id)
        ).all()
    )
    return [names[key] for key in rows]


def test_nobody_hears_of_the_second_decision_before_the_first(
    scene: Scene, office: Deciding, people: list[Actor]
) -> None:
    assert decided_twice(scene, office, people[-1]) == ["pause", "resume"]


def test_the_order_is_lost_where_the_first_is_not_told_to_its_end(
    scene: Scene, office: Deciding, people: list[Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(told, "half_told", lambda _: [])
    assert decided_twice(scene, office, people[-1]) == ["resume", "pause"]
