"""Having a file read by a child process, which may die of it (design, section 3)."""

import asyncio
import json
import logging
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import bot
from bot.features.archive.examining import UNREADABLE, Findings
from bot.features.archive.service import Wanted

_log = logging.getLogger(__name__)

_COMMAND = (sys.executable, "-m", "bot.transport.examine")
_LONGEST_S = 60.0


class Examiner:
    """Examines files, each in a process of its own that knows no secret of ours."""

    def __init__(self, *, clear: bool, command: Sequence[str] = _COMMAND) -> None:
        """Take positions out of pictures when `clear`."""
        self._clear = clear
        self._command = command

    async def examine(self, file: Wanted, source: Path, target: Path) -> Findings:
        """Return what the file at `source` is; bytes to keep instead of it are put at `target`.

        A file that breaks its reader, or takes it too long, is UNREADABLE.
        """
        question = {
            "source": str(source),
            "target": str(target),
            "name": file.name,
            "mime": file.mime,
            "clear": self._clear,
        }
        process = await asyncio.create_subprocess_exec(
            *self._command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=_environment()
        )
        try:
            async with asyncio.timeout(_LONGEST_S):
                answer, _ = await process.communicate(json.dumps(question).encode())
            return Findings.of(json.loads(answer))
        except (TimeoutError, ValueError, KeyError, TypeError):
            _log.warning("file %s could not be examined; it is kept as it was sent", file.id)
            return UNREADABLE
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def _environment() -> dict[str, str]:
    """Return the child's environment: where our code is, and nothing of ours else."""
    code = str(Path(bot.__file__).resolve().parents[1])
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {**kept, "PYTHONPATH": code, "PYTHONDONTWRITEBYTECODE": "1"}
