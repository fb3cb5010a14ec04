"""Killed between the close and the draft of the report, nothing is half done (VOL-09)."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.db.work import View
from bot.features.closing.models import PostResult
from bot.features.outbox.models import OutboxRow
from bot.features.posts.models import Post
from tests.features.attendance.gate import Gate
from tests.features.closing.dying import MOMENTS
from tests.features.closing.test_closing import contact_of

ROOT = Path(__file__).parents[3]


def left_behind(gate: Gate) -> tuple[str, int, int, int]:
    """Return the post's state, and how many results, thanks and drafts there are."""

    def read(view: View) -> tuple[str, int, int, int]:
        def rows(holds: str) -> int:
            counted = select(func.count()).where(OutboxRow.dedupe_key.contains(holds))
            return view.session.scalar(counted) or 0

        state = view.session.get_one(Post, gate.post_id).state
        results = view.session.scalar(select(func.count()).select_from(PostResult)) or 0
        return state.value, results, rows(":thanks:"), rows(":proposal:")

    return gate.scene.read(read)


def run(gate: Gate, moment: str) -> int:
    """Let another process close the post and die at the moment; return how it ended."""
    arguments = [gate.post_id, gate.lead.person_id, moment]
    command = [sys.executable, "-m", "tests.features.closing.dying", gate.scene.store.url]
    command += map(str, arguments)
    return subprocess.run(command, cwd=ROOT, check=False).returncode


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_post_is_open_or_closed_with_everything(gate: Gate, moment: str) -> None:
    contact_of(gate, "tuanquwei")
    person = gate.people(1)[0]
    gate.check_in(person, gate.code())
    assert run(gate, moment) == -signal.SIGKILL
    assert left_behind(gate) == ("published", 0, 0, 0)
    assert run(gate, "never") == 0
    assert left_behind(gate) == ("closed", 1, 1, 1)
