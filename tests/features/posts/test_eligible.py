"""Each rule of who may sign up, and the same case with the rule switched off (VOL-02, VOL-11)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.config import Config
from bot.features.posts.eligible import Applicant, Held, refusal
from bot.features.posts.ineligible import (
    AdultsOnly,
    GuardianNeeded,
    NobodyToBring,
    NoMinorsAtNight,
    TooEarly,
    TooLittleRest,
    TooManyCompanions,
    TooManyHours,
    TooManyInAWeek,
)
from bot.features.posts.models import Post
from tests.support.config import make_config

NOW = datetime.fromisoformat("2024-06-03T09:00:00+08:00")
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    """Return a local moment of June 2024, such as `08 09:00`."""
    return datetime.fromisoformat(f"2024-06-{text.replace(' ', 'T')}:00+08:00")


def post(
    start: str = "08 09:00",
    end: str = "08 11:00",
    *,
    kind: str = "shichang",
    place: str = "幸福市场",
    companions: int = 0,
    group_id: int | None = None,
) -> Post:
    return Post(
        id=1,
        kind=kind,
        place=place,
        starts_at=at(start),
        ends_at=at(end),
        companions=companions,
        group_id=group_id,
    )


def held(
    start: str,
    end: str,
    *,
    post_id: int = 7,
    place: str = "楚街路口",
    kind: str = "shichang",
    group_id: int | None = None,
) -> Held:
    return Held(post_id, group_id, kind, place, at(start), at(end))


def config(*, school: bool = False, **signing: Any) -> Config:
    return make_config(
        posts={"signing": {"rest_minutes": 0, "hours_per_day": None, **signing}},
        volunteer_teams={"kepu": {"school": school}},
    )


ADULT = Applicant(5)
MINOR = Applicant(5, minor=True)
WITH_GUARDIAN = replace(MINOR, guardian_held=(held("08 08:00", "08 12:00", place="幸福市场"),))


def refused(who: Applicant, wanted: Post, with_rules: Config, *, size: int = 1) -> type | None:
    found = refusal(who, wanted, size=size, now=NOW, config=with_rules)
    return None if found is None else type(found)


def test_an_adult_with_nothing_else_may() -> None:
    assert refused(ADULT, post(), config()) is None


@pytest.mark.parametrize(
    ("days", "expected"), [(4, TooEarly), (5, None), (None, None)], ids=["early", "opens", "off"]
)
def test_the_advance_window(days: int | None, expected: type | None) -> None:
    assert refused(ADULT, post(), config(advance_days=days)) is expected


def test_the_advance_window_says_when_it_opens() -> None:
    found = refusal(ADULT, post(), size=1, now=NOW, config=config(advance_days=2))
    assert found is not None
    assert str(found.data["opens"]) == "2024-06-06"


@pytest.mark.parametrize(
    ("most", "expected"), [(2, TooManyInAWeek), (3, None), (None, None)], ids=["full", "one", "off"]
)
def test_the_cap_of_a_week(most: int | None, expected: type | None) -> None:
    """Monday the 3rd to Sunday the 9th, local: the 10th at 00:30 is another week."""
    busy = replace(
        ADULT,
        held=(
            held("03 10:00", "03 11:00"),
            held("09 23:00", "09 23:30"),
            held("10 00:30", "10 01:00"),
            held("02 23:00", "02 23:59"),
        ),
    )
    assert refused(busy, post(), config(posts_per_week=most)) is expected


def test_seats_at_lectures_count_for_no_cap_and_are_bound_by_none() -> None:
    strict = config(posts_per_week=1, hours_per_day=2, rest_minutes=60)
    lecture = held("08 11:00", "08 13:00", kind="shimin-jiangtang")
    assert refused(replace(ADULT, held=(lecture,)), post(), strict) is None
    service = replace(ADULT, held=(held("08 11:00", "08 13:00"),))
    assert refused(service, post(kind="shimin-jiangtang"), strict) is None
    assert refused(service, post(), strict) is TooLittleRest


@pytest.mark.parametrize(
    ("rest", "expected"),
    [(31, TooLittleRest), (30, None), (0, None)],
    ids=["short", "enough", "off"],
)
@pytest.mark.parametrize(
    "other", [held("08 11:30", "08 12:00"), held("08 08:00", "08 08:30")], ids=["after", "before"]
)
def test_the_rest_between_posts(other: Held, rest: int, expected: type | None) -> None:
    assert refused(replace(ADULT, held=(other,)), post(), config(rest_minutes=rest)) is expected


@pytest.mark.parametrize(
    ("most", "expected"), [(4, TooManyHours), (5, None), (None, None)], ids=["over", "full", "off"]
)
def test_the_hours_of_a_day(most: int | None, expected: type | None) -> None:
    busy = replace(ADULT, held=(held("08 12:00", "08 14:00"), held("08 18:00", "08 19:00")))
    assert refused(busy, post(), config(hours_per_day=most)) is expected


def test_a_post_over_midnight_counts_on_both_days() -> None:
    """Three hours before midnight and two after: neither day has more than four with the other."""
    over = post("08 21:00", "09 02:00")
    before = replace(ADULT, held=(held("08 09:00", "08 10:00"),))
    after = replace(ADULT, held=(held("09 09:00", "09 11:30"),))
    assert refused(before, over, config(hours_per_day=4)) is None
    assert refused(after, over, config(hours_per_day=4)) is TooManyHours
    assert refused(after, over, config(hours_per_day=5)) is None


@pytest.mark.parametrize(
    ("of_post", "of_config", "size", "expected"),
    [
        (0, 3, 2, NobodyToBring),
        (2, 3, 3, None),
        (2, 3, 4, TooManyCompanions),
        (9, 3, 5, TooManyCompanions),
        (9, 9, 5, None),
        (2, 0, 2, NobodyToBring),
        (0, 0, 1, None),
    ],
)
def test_companions(of_post: int, of_config: int, size: int, expected: type | None) -> None:
    found = refused(ADULT, post(companions=of_post), config(companions=of_config), size=size)
    assert found is expected


def test_a_minor_brings_nobody() -> None:
    assert refused(WITH_GUARDIAN, post(companions=2), config(), size=2) is NobodyToBring
    assert refused(ADULT, post(companions=2), config(), size=2) is None


def test_no_minor_at_kinds_for_adults() -> None:
    wanted = post(kind="lukou-yindao")
    allowed = make_config(post_kinds={"lukou-yindao": {"adults_only": False}})
    assert refused(WITH_GUARDIAN, wanted, config()) is AdultsOnly
    assert refused(WITH_GUARDIAN, wanted, allowed) is None
    assert refused(ADULT, wanted, config()) is None


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("08 18:00", "08 20:00", None),
        ("08 18:00", "08 20:01", NoMinorsAtNight),
        ("08 05:30", "08 07:00", NoMinorsAtNight),
        ("08 06:00", "08 07:00", None),
        ("08 19:00", "09 07:00", NoMinorsAtNight),
    ],
)
def test_no_minor_at_night(start: str, end: str, expected: type | None) -> None:
    guarded = replace(MINOR, guardian_held=(held(start, end, post_id=1),))
    no_night = config(night={"start": "00:00", "end": "00:00"})
    assert refused(guarded, post(start, end), config()) is expected
    assert refused(guarded, post(start, end), no_night) is None
    assert refused(ADULT, post(start, end), config()) is None


@pytest.mark.parametrize(
    ("guardian", "expected"),
    [
        ((), GuardianNeeded),
        ((held("08 09:00", "08 11:00", post_id=1),), None),
        ((held("08 09:00", "08 10:00", group_id=9),), None),
        ((held("08 08:00", "08 12:00", place="幸福市场"),), None),
        ((held("08 09:00", "08 10:00", place="幸福市场"),), GuardianNeeded),
        ((held("08 08:00", "08 12:00", place="楚街路口"),), GuardianNeeded),
    ],
    ids=["nowhere", "same post", "sibling role", "same place", "leaves sooner", "elsewhere"],
)
def test_a_minor_comes_with_the_guardian(guardian: tuple[Held, ...], expected: type | None) -> None:
    minor = replace(MINOR, guardian_held=guardian)
    assert refused(minor, post(group_id=9), config()) is expected
    assert refused(ADULT, post(group_id=9), config()) is None


def test_or_with_a_team_of_a_school() -> None:
    pupil = replace(MINOR, team="kepu")
    assert refused(pupil, post(), config()) is GuardianNeeded
    assert refused(pupil, post(), config(school=True)) is None
