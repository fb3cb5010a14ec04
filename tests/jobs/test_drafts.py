"""Conversations that were left are offered once, expire with a word, and are purged (design, 5)."""

import pytest
from sqlalchemy import select

from bot.chat.desk import Desk
from bot.config import Config
from bot.db.store import Store
from bot.db.work import Work
from bot.features.drafts import service as drafts
from bot.features.drafts.models import Draft
from bot.features.people.actor import Actor
from bot.features.people.service import mark_unreachable
from jobs.drafts import job
from tests.support import people
from tests.support.clock import SetClock


@pytest.fixture
def actor(store: Store) -> Actor:
    """Return whose drafts they are."""
    return people.make(store)


@pytest.fixture
def draft_id(store: Store, actor: Actor) -> int:
    """Return a draft that was begun just now."""
    return store.write_now(
        lambda work: (
            drafts.begin(
                work,
                chat_id=actor.telegram_id,
                person_id=actor.person_id,
                flow="rename",
                version=1,
                step="name",
                answers={},
            ).id
        )
    )


def tick(store: Store, config: Config) -> int:
    """Carry out what is due, as the ticker does; return how much it was."""
    due = store.read_now(lambda view: job.due(view, config))
    for effect in due:
        carry_out(store, config, effect)
    return len(due)


def carry_out(store: Store, config: Config, effect: object) -> None:
    store.write_now(lambda work: job.carry_out(Desk(work, config, "test_bot"), effect))


def act(store: Store, draft_id: int, act_on: object) -> None:
    def write(work: Work) -> None:
        assert callable(act_on)
        act_on(work, drafts.lock(work, draft_id))

    store.write_now(write)


def count(store: Store) -> int:
    return len(store.read_now(lambda view: view.session.scalars(select(Draft)).all()))


def test_a_draft_is_offered_once_after_a_day(
    store: Store, campaign: Config, clock: SetClock, actor: Actor, draft_id: int
) -> None:
    clock.move(hours=23, minutes=59)
    assert tick(store, campaign) == 0
    clock.move(minutes=1)
    assert tick(store, campaign) == 1
    [offered] = people.messages(store, actor)
    assert "改称呼" in offered
    assert "还填吗" in offered
    assert tick(store, campaign) == 0
    clock.move(days=5)
    assert tick(store, campaign) == 0


def test_a_draft_that_went_on_is_offered_again_a_day_later(
    store: Store, campaign: Config, clock: SetClock, actor: Actor, draft_id: int
) -> None:
    clock.move(hours=24)
    tick(store, campaign)
    act(store, draft_id, lambda work, draft: drafts.keep_answers(work, draft, {"name": "x"}))
    clock.move(hours=23)
    assert tick(store, campaign) == 0
    clock.move(hours=1)
    tick(store, campaign)
    assert len(people.messages(store, actor)) == 2


def test_a_draft_expires_with_a_word_to_its_owner(
    store: Store, campaign: Config, clock: SetClock, actor: Actor, draft_id: int
) -> None:
    clock.move(days=14, minutes=-1)
    tick(store, campaign)
    clock.move(minutes=1)
    tick(store, campaign)
    assert ["还填吗" in text for text in people.messages(store, actor)] == [True, False]
    assert "已过期清除" in people.messages(store, actor)[1]
    assert count(store) == 0


def test_after_a_long_stop_an_old_draft_expires_and_is_not_offered(
    store: Store, campaign: Config, clock: SetClock, actor: Actor, draft_id: int
) -> None:
    clock.move(days=30)
    tick(store, campaign)
    [told] = people.messages(store, actor)
    assert "已过期清除" in told


def test_a_cancelled_draft_is_purged_after_a_day_without_a_word(
    store: Store, campaign: Config, clock: SetClock, actor: Actor, draft_id: int
) -> None:
    act(store, draft_id, drafts.cancel)
    clock.move(hours=23)
    assert tick(store, campaign) == 0
    clock.move(hours=1)
    tick(store, campaign)
    assert (count(store), people.messages(store, actor)) == (0, [])


def test_two_copies_of_the_bot_offer_once(
    store: Store, campaign: Config, clock: SetClock, actor: Actor, draft_id: int
) -> None:
    clock.move(hours=24)
    [effect] = store.read_now(lambda view: job.due(view, campaign))
    carry_out(store, campaign, effect)
    carry_out(store, campaign, effect)
    assert len(people.messages(store, actor)) == 1


def test_what_was_touched_or_ended_meanwhile_is_left_alone(
    store: Store, campaign: Config, clock: SetClock, actor: Actor, draft_id: int
) -> None:
    clock.move(days=14)
    [expiry] = store.read_now(lambda view: job.due(view, campaign))
    act(store, draft_id, lambda work, draft: drafts.keep_answers(work, draft, {"name": "x"}))
    carry_out(store, campaign, expiry)
    assert (count(store), people.messages(store, actor)) == (1, [])
    clock.move(hours=24)
    [offer] = store.read_now(lambda view: job.due(view, campaign))
    act(store, draft_id, drafts.finish)
    carry_out(store, campaign, offer)
    assert people.messages(store, actor) == []


def test_somebody_out_of_reach_loses_the_draft_in_time_all_the_same(
    store: Store, campaign: Config, clock: SetClock, actor: Actor, draft_id: int
) -> None:
    store.write_now(lambda work: mark_unreachable(work, actor.telegram_id))
    clock.move(days=14)
    tick(store, campaign)
    assert (count(store), people.messages(store, actor)) == (0, [])
