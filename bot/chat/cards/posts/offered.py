"""What people are told of offered places, each once (VOL-02)."""

from bot.chat.cards.posts import waiting as cards
from bot.chat.cards.posts.words import lane_of
from bot.chat.desk import Desk
from bot.chat.telling import tells
from bot.features.outbox.queries import find_by_key
from bot.features.outbox.service import cancel_topic
from bot.features.posts.access import get_post
from bot.features.posts.facts import Offered, OfferEnded, PlaceOpen
from bot.features.posts.rules import missing
from bot.features.posts.told_whom import asked_for, last_offer, waiting_with_at_most


@tells(Offered)
def tell_offered(desk: Desk, fact: Offered) -> None:
    """Offer the place to the first in line, or to whoever signed them up."""
    post = get_post(desk.work, fact.post_id)
    asked = asked_for(desk.work, fact.post_id, fact.person_id)
    if asked is None or asked.signup.offer_until is None:
        return
    screen = cards.offer(
        post,
        asked.signup,
        fact.step_id,
        now=desk.now,
        config=desk.config,
        name=asked.in_name_of,
    )
    key = _key(fact.post_id, fact.step_id)
    lane = lane_of(post, now=desk.now)
    desk.send(asked.person_id, screen, lane=lane, key=key, topic=key)


@tells(OfferEnded)
def tell_ended(desk: Desk, fact: OfferEnded) -> None:
    """Change the message of the offer into what became of it; one still unsent is not sent.

    Who answered on that very message has it changed by the reply.
    """
    step_id = last_offer(desk.work, fact.post_id, fact.number)
    if step_id is None or step_id == fact.answered:
        return
    key = _key(fact.post_id, step_id)
    row = find_by_key(desk.work, key)
    if row is None or cancel_topic(desk.work, key):
        return
    post = get_post(desk.work, fact.post_id)
    screen = cards.ended(post, fact.how, config=desk.config)
    desk.edit(row, screen, key=f"{key}:{fact.how}")


@tells(PlaceOpen)
def tell_open(desk: Desk, fact: PlaceOpen) -> None:
    """Tell all who wait and fit that a place is free for whoever taps first."""
    post = get_post(desk.work, fact.post_id)
    screen = cards.place_open(post, config=desk.config)
    topic = f"post:{post.id}:open:{post.version}:{fact.step_id}"
    for person_id in waiting_with_at_most(desk.work, post.id, missing(post)):
        key = f"{topic}:{person_id}"
        desk.send(person_id, screen, lane=lane_of(post, now=desk.now), key=key, topic=topic)


def _key(post_id: int, step_id: int) -> str:
    return f"post:{post_id}:offer:{step_id}"
