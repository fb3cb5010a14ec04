"""Drafts: one takes the next answer, the others wait, and numbers never come again."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.db.store import Store
from bot.db.work import Work
from bot.features.drafts import service as drafts
from bot.features.drafts.models import Draft, DraftState
from bot.features.people.actor import Actor
from tests.support import people
from tests.support.clock import SetClock


@pytest.fixture
def actor(store: Store) -> Actor:
    """Return whose drafts they are."""
    return people.make(store)


def begun(store: Store, actor: Actor, flow: str, **answers: object) -> int:
    def write(work: Work) -> int:
        return drafts.begin(
            work,
            chat_id=actor.telegram_id,
            person_id=actor.person_id,
            flow=flow,
            version=1,
            step="name",
            answers=answers,
        ).id

    return store.write_now(write)


def states(store: Store) -> dict[str, DraftState]:
    found = store.read_now(lambda view: view.session.scalars(select(Draft)).all())
    return {draft.flow: draft.state for draft in found}


def act(store: Store, draft_id: int, act_on: object) -> None:
    def write(work: Work) -> None:
        draft = drafts.lock(work, draft_id)
        assert draft is not None
        assert callable(act_on)
        act_on(work, draft)

    store.write_now(write)


def test_the_draft_begun_last_is_the_active_one(store: Store, actor: Actor) -> None:
    begun(store, actor, "report")
    begun(store, actor, "notice")
    assert states(store) == {"report": DraftState.parked, "notice": DraftState.active}


def test_beginning_again_drops_the_older_one_of_the_same_flow(store: Store, actor: Actor) -> None:
    old = begun(store, actor, "report", name="old")
    new = begun(store, actor, "report", name="new")
    assert old != new
    [draft] = store.read_now(lambda view: view.session.scalars(select(Draft)).all())
    assert (draft.id, draft.answers) == (new, {"name": "new"})


def test_a_number_never_comes_again(store: Store, actor: Actor) -> None:
    first = begun(store, actor, "report")
    act(store, first, drafts.finish)
    assert begun(store, actor, "report") > first


def test_resuming_makes_it_the_active_one(store: Store, actor: Actor) -> None:
    report = begun(store, actor, "report")
    begun(store, actor, "notice")
    act(store, report, drafts.resume)
    assert states(store) == {"report": DraftState.active, "notice": DraftState.parked}


def test_a_cancelled_draft_is_not_open_but_can_be_found(store: Store, actor: Actor) -> None:
    report = begun(store, actor, "report")
    act(store, report, drafts.cancel)
    key = {"chat_id": actor.telegram_id, "person_id": actor.person_id}
    assert store.read_now(lambda view: drafts.find_active(view, **key)) is None
    assert store.read_now(lambda view: drafts.open_drafts(view, **key)) == []
    assert store.read_now(lambda view: drafts.find_draft(view, flow="report", **key)) is not None


def test_a_second_draft_of_one_flow_is_impossible(store: Store, actor: Actor) -> None:
    begun(store, actor, "report")
    with pytest.raises(IntegrityError):
        store.write_now(
            lambda work: work.session.add(
                Draft(
                    chat_id=actor.telegram_id,
                    person_id=actor.person_id,
                    flow="report",
                    version=1,
                    state=DraftState.parked,
                    step="name",
                    answers={},
                    started_at=work.now,
                    touched_at=work.now,
                )
            )
        )


def test_an_answer_makes_it_count_as_touched(store: Store, actor: Actor, clock: SetClock) -> None:
    report = begun(store, actor, "report")
    clock.move(hours=24)
    assert len(store.read_now(lambda view: drafts.left_alone(view, since=view.now))) == 1
    act(store, report, lambda work, draft: drafts.keep_answers(work, draft, {"name": "x"}))
    clock.move(hours=23)
    since = clock.now() - people.DAY
    assert store.read_now(lambda view: drafts.left_alone(view, since=since)) == []


def test_any_text_is_kept_as_it_is(store: Store, actor: Actor) -> None:
    odd = "\ud800\x00<b>\u202e👍"
    report = begun(store, actor, "report", name=odd)
    draft = store.read_now(lambda view: view.session.get_one(Draft, report))
    assert draft.answers == {"name": odd}


def test_forgetting_removes_the_drafts_of_one_person_only(store: Store, actor: Actor) -> None:
    other = people.make(store)
    begun(store, actor, "report")
    begun(store, other, "notice")
    store.write_now(lambda work: drafts.forget_person(work, actor.person_id))
    assert states(store) == {"notice": DraftState.active}
