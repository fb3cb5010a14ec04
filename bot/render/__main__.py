"""The child process: `python -m bot.render JOB MEMORY_MB CPU_S`, one job, then it ends."""

import contextlib
import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from bot.render.errors import MakerDied, RenderError, TooMuchMemory, name_of
from bot.render.frames import Frame, bytes_frame, data_frame, read_frame
from bot.render.limits import Job, Limits, confine

# Loaded by name and by need: a text is read without the libraries that write workbooks.
_MODULES = {
    Job.xlsx: "bot.render.child.workbook",
    Job.csv: "bot.render.child.table",
    Job.read: "bot.render.child.reading",
    Job.grid: "bot.render.child.grid",
    Job.chart: "bot.render.child.chart",
    Job.bulletin: "bot.render.child.bulletin",
    Job.qr: "bot.render.child.qr",
    Job.ics: "bot.render.child.calendarfile",
    Job.certificate: "bot.render.child.certificate",
}
_STATUS = Path("/proc/self/status")
_PEAK = "VmHWM:"


def main(arguments: Sequence[str]) -> int:
    """Do the job that `arguments` name; 0 also where the answer is a refusal."""
    job, memory_mb, cpu_s = Job(arguments[0]), int(arguments[1]), int(arguments[2])
    target = _own_output()
    confine(Limits(memory_mb=memory_mb, cpu_s=cpu_s, wall_s=0.0))
    answer = _answer(job, target)
    target.write(data_frame({**answer, "peak_kb": _peak_kb()}))
    target.flush()
    return 0


def _own_output() -> BinaryIO:
    """Return the stream to the bot, and let what a library prints go nowhere."""
    own = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return os.fdopen(own, "wb")


def _answer(job: Job, target: BinaryIO) -> dict[str, Any]:
    def emit(content: bytes) -> None:
        target.write(bytes_frame(content))

    try:
        # Each module of the child has one function `run(frames, emit)`.
        done = importlib.import_module(_MODULES[job]).run(_frames(sys.stdin.buffer), emit)
    except RenderError as error:
        return {"error": name_of(error), "data": dict(error.data)}
    except MemoryError:
        return {"error": name_of(TooMuchMemory()), "data": {}}
    except Exception as error:  # noqa: BLE001 - whatever it is, the bot must hear of it
        # The text of an exception may quote what people wrote: only its kind is told.
        return {"error": name_of(MakerDied()), "data": {}, "what": type(error).__name__}
    return {"done": done}


def _frames(source: BinaryIO) -> Iterator[Frame]:
    while True:
        frame = read_frame(source)
        if frame is None:
            raise EOFError("the bot is gone")
        if frame.end:
            return
        yield frame


def _peak_kb() -> int | None:
    """Return the most memory that this process had, in KiB; None where the system does not say.

    getrusage would not do: what a process had before exec counts there as well.
    """
    with contextlib.suppress(OSError):
        for line in _STATUS.read_text(encoding="ascii").splitlines():
            if line.startswith(_PEAK):
                return int(line.split()[1])
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
