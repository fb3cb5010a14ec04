"""Every entry point is tried by every role: who may not is refused politely and changes nothing.

The expectations are written by hand in `expectations`; entry points come from what the features
declare, from the dispatcher's handlers and from the registry of buttons, so none is forgotten.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat.access import ANYONE
from bot.chat.cards.notices.buttons import ListNotices
from bot.chat.cards.reports.buttons import OpenReport
from bot.chat.feature import Feature
from bot.chat.screen import Screen
from bot.chat.text import Plain
from bot.core.roles import Role
from bot.db.work import View
from bot.features.people.actor import Actor
from bot.features.reports.models import Report
from handlers import FEATURES
from handlers.reports import lists
from tests.security.expectations import COMMANDS
from tests.security.house import House, furnished
from tests.security.walking import (
    GENERAL,
    shown,
    undeclared,
    unexpected,
    walk_commands,
    walk_flows,
    walk_foreign,
    walk_links,
    walk_presses,
    with_needs,
)
from tests.support.bot import RunningBot

pytestmark = pytest.mark.timeout(900)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with furnished(tmp_path) as made:
        yield made


def test_every_entry_point_has_an_expectation() -> None:
    assert unexpected(FEATURES) == set()


def test_a_new_entry_point_is_noticed() -> None:
    extra = Feature("extra")
    extra.command("extra", ANYONE)(lambda call, arg: Screen(Plain(arg)))
    extra.link("door", ANYONE)(lambda call, rest: Screen(Plain(rest)))
    assert unexpected([*FEATURES, extra]) == {"extra", "door"}


async def test_the_dispatcher_has_no_handler_that_no_feature_declares(house: House) -> None:
    assert undeclared(house.bot.app.application, FEATURES) == []
    assert undeclared(house.bot.app.application, FEATURES[1:]) != []


async def test_commands_answer_those_who_may_and_refuse_the_others(house: House) -> None:
    assert shown(await walk_commands(house)) == []


async def test_links_answer_those_who_may_and_refuse_the_others(house: House) -> None:
    assert shown(await walk_links(house)) == []


async def test_buttons_answer_those_who_may_and_refuse_the_others(house: House) -> None:
    assert shown(await walk_presses(house)) == []


async def test_conversations_refuse_their_beginning_and_every_later_step(house: House) -> None:
    assert shown(await walk_flows(house)) == []


async def test_a_button_for_what_belongs_to_somebody_else_is_refused(house: House) -> None:
    assert shown(await walk_foreign(house)) == []


async def test_a_button_whose_check_was_removed_is_caught(tmp_path: Path) -> None:
    features = with_needs(FEATURES, ListNotices, ANYONE)
    async with furnished(tmp_path, features) as open_house:
        breaches = await walk_presses(open_house, {ListNotices})
    assert {"volunteer", "contact", "nobody", "stranger"} <= {one.who for one in breaches}


async def test_an_object_whose_access_was_not_checked_is_caught(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unchecked(view: View, report_id: int, *, actor: Actor) -> Report:
        return view.session.get_one(Report, report_id)

    monkeypatch.setattr(lists, "access_report", unchecked)
    breaches = await walk_foreign(house)
    assert ("contact", repr(OpenReport(house.things.other_report))) in {
        (one.who, one.what) for one in breaches
    }


@pytest.mark.parametrize("role", Role)
async def test_over_http_a_command_of_others_is_refused_in_one_sentence(
    bot: RunningBot, role: Role
) -> None:
    person = await bot.person(role, unit="kexie")
    for name, may in COMMANDS.items():
        if role not in may:
            await person.say(f"/{name}")
            assert (await person.expect()).text in GENERAL
