"""The child process that reads one file of a stranger: `python -m bot.transport.examine`.

It gets JSON on standard input (`source`, `target`, `name`, `mime`, `clear`), limits itself before
it reads a byte, writes the bytes to keep to `target` where they differ from the source, and answers
with what it found as JSON. Whatever it dies of, its parent lives.
"""

import json
import resource
import sys
from pathlib import Path

from bot.features.archive.examining import examine

_MEMORY_BYTES = 512 << 20
_CPU_S = 20
_MOST_WRITTEN = 64 << 20


def main() -> int:
    """Examine the file that standard input names; 0 when there is an answer."""
    _limit_itself()
    asked = json.load(sys.stdin)
    content = Path(asked["source"]).read_bytes()
    findings, kept = examine(
        content, name=asked["name"], mime=asked["mime"], clear=asked["clear"] is True
    )
    if kept is not content:
        Path(asked["target"]).write_bytes(kept)
    json.dump(findings.plain(), sys.stdout)
    return 0


def _limit_itself() -> None:
    for what, most in (
        (resource.RLIMIT_AS, _MEMORY_BYTES),
        (resource.RLIMIT_CPU, _CPU_S),
        (resource.RLIMIT_FSIZE, _MOST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main())
