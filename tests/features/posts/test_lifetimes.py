"""How long an offer lives: pure arithmetic with quiet hours (VOL-02, TIME-17)."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config.installation import QuietHours
from bot.config.posts import WaitingSettings
from bot.features.posts.lifetimes import offer_life, offer_until
from bot.features.posts.queries import post_card
from tests.features.posts.scene import SATURDAY, Scene
from tests.support.clock import SetClock

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NIGHT = QuietHours(start=time(22), end=time(7))
NONE = QuietHours(start=time(0), end=time(0))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2025, 12, 31)).map(  # noqa: DTZ001 - the zone follows
    lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)
)
lives = st.integers(1, 72 * 60).map(lambda minutes: minutes * MINUTE)
nights = st.builds(
    QuietHours,
    start=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    end=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
zones = st.sampled_from([SHANGHAI, ZoneInfo("Asia/Urumqi"), ZoneInfo("Asia/Kathmandu"), UTC]).map(
    lambda zone: ZoneInfo("UTC") if zone is UTC else zone
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("left", "hours"),
    [
        (49 * HOUR, 24),
        (48 * HOUR, 24),
        (48 * HOUR - MINUTE, 12),
        (24 * HOUR, 12),
        (24 * HOUR - MINUTE, 1),
        (2 * HOUR, 1),
        (2 * HOUR - MINUTE, None),
        (-HOUR, None),
    ],
)
def test_the_nearer_the_post_the_shorter_the_offer(left: timedelta, hours: int | None) -> None:
    expected = None if hours is None else hours * HOUR
    assert offer_life(left, WaitingSettings()) == expected


@pytest.mark.parametrize(
    ("now", "hours", "until"),
    [
        ("2024-06-05T09:00", 1, "2024-06-05T10:00"),
        ("2024-06-05T21:00", 1, "2024-06-05T22:00"),
        ("2024-06-05T21:30", 1, "2024-06-06T07:30"),
        ("2024-06-05T22:00", 1, "2024-06-06T08:00"),
        ("2024-06-05T23:59", 1, "2024-06-06T08:00"),
        ("2024-06-05T06:59", 1, "2024-06-05T08:00"),
        ("2024-06-05T20:00", 12, "2024-06-06T17:00"),
        ("2024-06-05T09:00", 24, "2024-06-06T18:00"),
    ],
)
def test_the_clock_of_an_offer_stands_still_at_night(now: str, hours: int, until: str) -> None:
    assert offer_until(at(now), hours * HOUR, NIGHT, SHANGHAI) == at(until)


@given(moments, lives, nights, zones)
def test_exactly_its_life_lies_outside_of_quiet_hours(
    now: datetime, life: timedelta, quiet: QuietHours, zone: ZoneInfo
) -> None:
    until = offer_until(now, life, quiet, zone)
    awake = sum(
        not quiet.holds((now + number * MINUTE).astimezone(zone).time())
        for number in range((until - now) // MINUTE)
    )
    assert awake * MINUTE == life
    assert not quiet.holds((until - MINUTE).astimezone(zone).time()), "it ends in waking time"


@given(moments, lives, lives, nights)
def test_it_grows_with_the_life_and_with_the_moment(
    now: datetime, life: timedelta, more: timedelta, quiet: QuietHours
) -> None:
    first = offer_until(now, life, quiet, SHANGHAI)
    assert first < offer_until(now, life + more, quiet, SHANGHAI)
    assert first <= offer_until(now + more, life, quiet, SHANGHAI)


@given(moments, lives)
def test_without_quiet_hours_it_is_plain_arithmetic(now: datetime, life: timedelta) -> None:
    assert offer_until(now, life, NONE, SHANGHAI) == now + life


def test_the_clock_set_back_during_an_offer_changes_nothing_that_was_promised(
    scene: Scene, clock: SetClock
) -> None:
    leaver, first, post = *scene.people(2), scene.post(capacity=1)
    scene.sign_up(leaver, post)
    scene.sign_up(first, post)
    scene.leave(leaver, post)
    promised = scene.signup(first, post).offer_until
    clock.at -= 5 * HOUR
    scene.tick()
    assert scene.signup(first, post).offer_until == promised
    scene.accept(first, post)


def test_no_offer_outlives_the_last_two_hours(scene: Scene, clock: SetClock) -> None:
    leaver, first, post = *scene.people(2), scene.post(at=SATURDAY, capacity=1)
    scene.sign_up(leaver, post)
    scene.sign_up(first, post)
    clock.at = SATURDAY - 150 * MINUTE
    scene.write(lambda work: scene.end_place(work, leaver, post))
    assert scene.signup(first, post).offer_until == SATURDAY - 2 * HOUR
    card = scene.read(lambda view: post_card(view, post, reader_id=first.person_id))
    assert card.position is None
