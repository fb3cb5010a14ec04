"""Reading a file that somebody sent (REP-19)."""

import asyncio
from pathlib import Path

from bot.render.client import Pipe, Renderer
from bot.render.frames import CHUNK_BYTES
from bot.render.limits import Job


async def read_words(renderer: Renderer, file: Path) -> list[str]:
    """Return the paragraphs of a .docx or .txt, none of them empty, white space made even.

    Raises RenderError: a FileRefused for what the file is, the others where a second try may help.
    """

    async def feed(pipe: Pipe) -> None:
        with file.open("rb") as stream:
            while content := await asyncio.to_thread(stream.read, CHUNK_BYTES):
                await pipe.send_bytes(content)

    outcome = await renderer.run(Job.read, feed)
    return [str(one) for one in outcome.done["paragraphs"]]
