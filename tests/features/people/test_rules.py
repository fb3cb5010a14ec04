"""Names, and what keeps an invitation from being taken up."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import BusinessError
from bot.core.roles import UNIT_BOUND, Role
from bot.features.people import rules
from bot.features.people.errors import (
    CodeExpired,
    CodeRevoked,
    CodeUsed,
    CodeUsedByYou,
    NameTooLong,
    NoName,
    UnitNeeded,
)
from bot.features.people.models import Invitation

NOW = datetime(2024, 6, 3, 1, tzinfo=UTC)
ME, OTHER = 1, 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张三", "张三"),
        ("  张 \n 三 ", "张 三"),
        ("\u202eAnna\u202c", "Anna"),
        ("<b>A&B</b>", "<b>A&B</b>"),
        ("A" * 30, "A" * 30),
    ],
)
def test_a_name_is_one_clean_line(text: str, name: str) -> None:
    assert rules.read_name(text) == name


@pytest.mark.parametrize("text", ["", " \n", "…", "\u200b", "👍", "\ud800"])
def test_what_cannot_be_read_aloud_is_no_name(text: str) -> None:
    with pytest.raises(NoName):
        rules.read_name(text)
    assert rules.proposed_name(text) is None


def test_a_long_name_is_refused_but_telegrams_is_cut() -> None:
    with pytest.raises(NameTooLong):
        rules.read_name("长" * 31)
    assert rules.proposed_name("长" * 128) == "长" * 30


@given(st.text(max_size=200))
def test_a_proposed_name_can_always_be_kept(sender_name: str) -> None:
    proposed = rules.proposed_name(sender_name)
    assert proposed is None or rules.read_name(proposed) == proposed


@pytest.mark.parametrize("role", list(Role))
def test_a_unit_is_named_exactly_for_roles_of_units(role: Role) -> None:
    fitting, other = (5, None) if role in UNIT_BOUND else (None, 5)
    rules.check_unit_fits(role, fitting)
    with pytest.raises(UnitNeeded):
        rules.check_unit_fits(role, other)


def invitation(**fields: object) -> Invitation:
    return Invitation(expires_at=NOW + timedelta(hours=72), **fields)


@pytest.mark.parametrize(
    ("one", "error"),
    [
        (invitation(used_at=NOW, used_by=OTHER), CodeUsed),
        (invitation(used_at=NOW, used_by=ME), CodeUsedByYou),
        (invitation(used_at=NOW, used_by=ME, revoked_at=NOW), CodeUsedByYou),
        (invitation(revoked_at=NOW), CodeRevoked),
        (Invitation(expires_at=NOW), CodeExpired),
    ],
)
def test_each_refusal_has_its_name(one: Invitation, error: type[BusinessError]) -> None:
    with pytest.raises(error):
        rules.check_open(one, now=NOW, person_id=ME)


def test_an_invitation_holds_until_the_moment_it_expires() -> None:
    one = Invitation(expires_at=NOW)
    rules.check_open(one, now=NOW - timedelta(seconds=1), person_id=ME)
