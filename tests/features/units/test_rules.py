"""Who answers for an obligation, and what can be a member's name."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import BusinessError
from bot.features.units import rules
from bot.features.units.errors import MemberNameTooLong, MemberTwice, NoMemberName, TooManyMembers
from bot.features.units.models import Unit, UnitKind

OPENED = datetime(2024, 6, 3, 1, tzinfo=UTC)
LATER = OPENED + timedelta(days=10)


def unit(
    number: int,
    slug: str,
    kind: UnitKind = UnitKind.unit,
    *,
    parent: int | None = None,
    closed_at: datetime | None = None,
    opened_at: datetime = OPENED,
) -> Unit:
    return Unit(
        id=number,
        slug=slug,
        name=slug,
        kind=kind,
        parent_id=parent,
        position=number,
        opened_at=opened_at,
        closed_at=closed_at,
    )


def slugs(units: list[Unit]) -> list[str]:
    return [one.slug for one in units]


def test_members_stand_for_their_group() -> None:
    register = [
        unit(1, "towns", UnitKind.group),
        unit(2, "towns-1", parent=1),
        unit(3, "towns-2", parent=1),
        unit(4, "kexie"),
    ]
    assert slugs(rules.answering(register, LATER)) == ["towns-1", "towns-2", "kexie"]
    assert slugs(rules.answering(register, LATER, slugs={"towns"})) == ["towns-1", "towns-2"]


def test_a_group_without_open_members_stands_for_itself() -> None:
    register = [
        unit(1, "towns", UnitKind.group),
        unit(2, "towns-1", parent=1, closed_at=OPENED + timedelta(days=1)),
    ]
    assert slugs(rules.answering(register, LATER)) == ["towns"]


def test_the_members_of_a_closed_group_owe_nothing_for_it() -> None:
    register = [
        unit(1, "towns", UnitKind.group, closed_at=OPENED + timedelta(days=1)),
        unit(2, "towns-1", parent=1),
    ]
    assert rules.answering(register, LATER, slugs={"towns"}) == []


def test_an_office_owes_nothing() -> None:
    register = [unit(1, "chuangjianban", UnitKind.office)]
    assert rules.answering(register, LATER, slugs={"chuangjianban"}) == []


@pytest.mark.parametrize(
    ("at", "owes"),
    [
        (OPENED - timedelta(seconds=1), False),
        (OPENED, True),
        (LATER - timedelta(seconds=1), True),
        (LATER, False),
    ],
)
def test_a_unit_answers_from_its_opening_until_its_closing(at: datetime, owes: bool) -> None:
    register = [unit(1, "kexie", closed_at=LATER)]
    assert bool(rules.answering(register, at)) is owes


def test_members_follow_their_group_in_order() -> None:
    register = [
        unit(5, "towns-2", parent=2),
        unit(1, "kexie"),
        unit(4, "towns-1", parent=2),
        unit(2, "towns", UnitKind.group),
        unit(3, "sifa"),
    ]
    assert slugs(rules.in_order(register)) == ["kexie", "towns", "towns-1", "towns-2", "sifa"]


def test_one_name_a_line_is_read() -> None:
    assert rules.read_names("  项里街道 \n\n幸福\u3000街道\r\n—\n") == ["项里街道", "幸福 街道"]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", NoMemberName),
        ("—\n\u200b\n…", NoMemberName),
        ("街" * 41, MemberNameTooLong),
        ("项里街道\n项里 街道", MemberTwice),
        ("ＡＢ街道\nab街道", MemberTwice),
        ("\n".join(f"街道{number}" for number in range(61)), TooManyMembers),
    ],
)
def test_what_cannot_be_names_is_refused(text: str, error: type[BusinessError]) -> None:
    with pytest.raises(error):
        rules.read_names(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_by_name(text: str) -> None:
    try:
        names = rules.read_names(text)
    except BusinessError:
        return
    assert names
    assert all(0 < len(name) <= rules.MOST_NAME_CHARS and "\n" not in name for name in names)


def test_a_free_slug_is_new_and_fits_its_column() -> None:
    taken = {"towns-1", "towns-2"}
    assert rules.free_slug("towns", taken) == "towns-3"
    long = "x" * 40
    slug = rules.free_slug(long, {rules.free_slug(long, ())})
    assert len(slug) <= 40
    assert slug.endswith("-2")
