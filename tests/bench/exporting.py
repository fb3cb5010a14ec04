"""One export of a database, in a process of its own: `python -m tests.bench.exporting URL JOB`."""

import asyncio
import json
import sys
import tempfile
import time
from dataclasses import replace

from bot.chat.cards.exports.book import book_frames, table_frames
from bot.chat.render import Voice
from bot.core.clock import SystemClock
from bot.db.store import Store
from bot.db.work import View
from bot.features.models import MODEL_MODULES
from bot.features.rollup.scope import Scope
from bot.render.__main__ import _peak_kb
from bot.render.client import Pipe, Renderer
from bot.render.limits import LIMITS, Job
from tests.support.config import make_config


async def measure(url: str, job: Job) -> None:
    """Export everything at `url` and print the seconds, the memory and the size."""
    assert MODEL_MODULES
    config = make_config()
    store = Store(url, clock=SystemClock(), tell=lambda _: None)
    voice = Voice(language="zh_CN", zone=config.time.zone_info)
    frames_of = book_frames if job is Job.xlsx else table_frames

    def pour(view: View, pipe: Pipe) -> None:
        for frame in frames_of(view, config, Scope(), voice):
            pipe.send_now(frame)

    async def feed(pipe: Pipe) -> None:
        await store.read(lambda view: pour(view, pipe))

    before_kb = _peak_kb()
    started = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        limits = replace(LIMITS[job], file_mb=1000)
        outcome = await Renderer().run(job, feed, out=out, limits=limits)
        size = out.tell()
    taken = time.perf_counter() - started
    await store.close()
    found = {
        "seconds": taken,
        "before_kb": before_kb,
        "parent_kb": _peak_kb(),
        "child_kb": outcome.peak_kb,
        "bytes": size,
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    asyncio.run(measure(sys.argv[1], Job(sys.argv[2])))
