"""A notice to many while the bot is killed, calls fail and some have blocked it: nobody is left out.

The Bot API knows no idempotency key, so what was on its way at a kill goes again: that is the
only reason for a message that comes twice, and the trial counts both sides of it.
"""

from pathlib import Path

import pytest

from tests.faults.fault_table import FORGETFUL, SENT_BEFORE
from tests.faults.kills import killed

PEOPLE = 200
KILLS = 4

pytestmark = pytest.mark.timeout(300)


@pytest.mark.parametrize("seed", [1])
async def test_every_chat_gets_the_notice_and_only_what_was_in_flight_comes_twice(
    tmp_path: Path, any_url: str, seed: int
) -> None:
    found = await killed(tmp_path, people=PEOPLE, kills=KILLS, seed=seed, database_url=any_url)
    assert found.broke == ()
    assert found.lost == 0
    assert found.more["kills"] == KILLS
    print(f"in flight at the kills {found.more['in_flight']}, repeated {found.repeated}")


async def test_progress_in_memory_without_dedupe_keys_repeats_the_notice(tmp_path: Path) -> None:
    found = await killed(tmp_path, people=PEOPLE, kills=2, entry=FORGETFUL)
    assert "only_in_flight_repeated" in found.broke


async def test_noting_a_message_as_sent_before_it_is_sent_leaves_chats_out(tmp_path: Path) -> None:
    found = await killed(tmp_path, people=PEOPLE, kills=2, entry=SENT_BEFORE)
    assert "none_lost" in found.broke
    assert found.lost > 0
