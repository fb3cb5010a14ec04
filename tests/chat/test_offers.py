"""Home, /help and the menus are computed from what the features declare."""

from collections.abc import Callable, Iterator

import pytest

from bot.chat.access import ANYONE, OFFICE_ONLY, needs
from bot.chat.call import Call
from bot.chat.cards.help import help_screen
from bot.chat.cards.home import More, home_screen
from bot.chat.cards.joining import first_screen, welcome
from bot.chat.conversation.model import Resume
from bot.chat.feature import Feature, HomePart
from bot.chat.menus import commands_for, menu
from bot.chat.offered import find_link, offer, offered
from bot.chat.render import to_html
from bot.chat.screen import Button, Screen
from bot.chat.text import Plain
from bot.core.roles import Role
from bot.db.store import Store
from bot.features.drafts.service import begin
from bot.features.people.actor import Actor
from bot.i18n import LANGUAGES
from handlers import FEATURES
from tests.chat.conftest import Booth
from tests.support.clock import SetClock
from tests.support.people import counting


@pytest.fixture
def features(store: Store) -> Iterator[list[Feature]]:
    """Return two features that are offered in place of the bot's."""
    first, second = Feature("first"), Feature("second")
    before = offered()

    @first.command("help", ANYONE)
    def _help(call: Call, arg: str) -> None:
        """Do nothing."""

    @first.command("start", ANYONE, listed=False)
    def _start(call: Call, arg: str) -> None:
        """Do nothing."""

    @second.command("units", OFFICE_ONLY)
    def _units(call: Call, arg: str) -> None:
        """Do nothing."""

    @second.home(1, needs(Role.volunteer))
    def _second(call: Call) -> HomePart:
        return HomePart([Plain("second")], [Button(Plain("b"), More())])

    @first.home(2, ANYONE)
    def _first(call: Call) -> HomePart:
        return HomePart([Plain("first")])

    @first.home(3, OFFICE_ONLY)
    def _office(call: Call) -> HomePart:
        return HomePart([Plain("office")])

    offer([first, second])
    yield [first, second]
    offer(before)


def shown(booth: Booth, make: Callable[[Call], Screen], language: str = "zh_CN") -> str:
    return booth.do(lambda call: to_html(make(call).text, call.voice(language)))


def test_a_menu_holds_what_the_roles_may_do_in_the_order_of_the_features(
    features: list[Feature],
) -> None:
    assert menu(features, frozenset(), "en") == [("help", "What you can do here")]
    assert commands_for(features, frozenset({Role.coordinator})) == ["help", "units"]
    assert commands_for(features, frozenset({Role.admin})) == ["help", "units"]
    assert commands_for(features, frozenset({Role.contact})) == ["help"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", list(Role))
def test_every_menu_of_the_bot_fits_telegram(role: Role, language: str) -> None:
    found = menu(FEATURES, frozenset({role}), language)
    assert 0 < len(found) <= 100
    for name, description in found:
        assert name.isascii()
        assert name == name.lower()
        assert len(name) <= 32
        assert 0 < len(description) <= 256


def test_help_has_a_line_for_each_command_of_the_reader(
    features: list[Feature], booth: Booth
) -> None:
    text = shown(booth, help_screen)
    assert "/help  能做什么，怎么用" in text
    assert "/units" not in text
    assert "/start" not in text


def test_home_shows_the_parts_of_the_reader_in_order(features: list[Feature], booth: Booth) -> None:
    lines = shown(booth, home_screen).splitlines()
    assert lines[0] == "<b>宿城区创城 · 志愿者</b>"
    assert lines[-2:] == ["second", "first"]
    screen = booth.do(home_screen)
    assert screen.rows[0][0].text == Plain("b")


def test_an_empty_home_says_so(booth: Booth) -> None:
    before = offered()
    offer([])
    assert "现在没有待办" in shown(booth, home_screen)
    offer(before)


@pytest.mark.parametrize(
    ("days", "phase"),
    [
        (0, "百日集中宣传 6月10日（周一）开始，还有 7 天"),
        (6, "百日集中宣传 6月10日（周一）开始，还有 1 天"),
        (7, "百日集中宣传 第 1/103 天"),
        (8, "百日集中宣传 第 2/103 天"),
        (109, "百日集中宣传 第 103/103 天"),
        (110, "长效宣传 第 1 天"),
    ],
)
def test_home_says_which_day_of_the_campaign_it_is(
    booth: Booth, clock: SetClock, days: int, phase: str
) -> None:
    clock.move(days=days)
    assert shown(booth, home_screen).splitlines()[1] == phase


@pytest.mark.parametrize(
    ("role", "who"),
    [
        (Role.contact, "区科协"),
        (Role.unit_head, "区科协"),
        (Role.coordinator, "区文明办"),
        (Role.admin, "区文明办"),
        (Role.supervisor, "区创建办"),
        (Role.team_lead, "队长"),
        (Role.citizen, "市民"),
    ],
)
def test_home_names_the_unit_or_the_role(
    booth_of: Callable[..., Booth], role: Role, who: str
) -> None:
    assert shown(booth_of(role, unit="kexie"), home_screen).startswith(f"<b>宿城区创城 · {who}</b>")


def test_unfinished_drafts_are_taken_up_from_home_as_far_as_they_may_be(booth: Booth) -> None:
    def leave_two(call: Call) -> None:
        for flow in ("rename", "member", "gone"):
            begin(
                call.work,
                chat_id=call.place.chat_id,
                person_id=call.actor.person_id,
                flow=flow,
                version=1,
                step="name",
                answers={},
            )

    booth.do(leave_two)
    screen = booth.do(home_screen)
    pressed = [button.press for row in screen.rows for button in row if isinstance(button, Button)]
    assert [press for press in pressed if isinstance(press, Resume)] == [Resume("rename")]
    assert "没填完：改称呼" in shown(booth, home_screen)


def test_who_holds_no_role_is_welcomed(booth_of: Callable[..., Booth]) -> None:
    nobody, somebody = booth_of(), booth_of(Role.citizen)
    assert nobody.do(first_screen) == nobody.do(welcome)
    assert somebody.do(first_screen) == somebody.do(home_screen)


@pytest.mark.parametrize("role", list(Role))
def test_the_home_screens_statements_do_not_grow_with_the_rows(
    booth_of: Callable[..., Booth], role: Role
) -> None:
    booth = booth_of(role, unit="kexie")

    def count(call: Call) -> int:
        with counting(call.work) as statements:
            home_screen(call)
        return len(statements.texts)

    before = booth.do(count)
    for _ in range(12):
        booth_of(Role.contact, unit="kexie")
    assert booth.do(count) == before
    assert before <= 30


def test_a_link_is_opened_by_the_feature_whose_prefix_it_has(features: list[Feature]) -> None:
    @features[1].link("door", ANYONE)
    def _door(call: Call, rest: str) -> None:
        """Do nothing."""

    found = find_link("door_a_b-c")
    assert found is not None
    assert (found[0].run, found[1]) == (_door, "a_b-c")
    assert find_link("doorway_1") is None
    assert find_link("door") is None, "an invitation's code may be called so"


def test_an_actor_of_the_menus_is_nobody() -> None:
    assert not Actor(0, 0, "", "").registered
