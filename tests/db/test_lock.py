"""One running bot per database file."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.db.lock import AlreadyRunning, ProcessLock

HOLD = """
import sys
from pathlib import Path
from bot.db.lock import ProcessLock
with ProcessLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_process_is_refused_until_the_first_dies(tmp_path: Path) -> None:
    path = tmp_path / "bot.lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning), ProcessLock(path):
            pass
        holder.kill()
        holder.wait()
        with ProcessLock(path):
            assert path.exists()
