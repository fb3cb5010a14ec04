"""Files that are read instead of being kept (REP-19): asking for it, and who makes sense of them.

What the words say is found out between transactions: it takes seconds for a long text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.chat.call import Call, SentFile
from bot.chat.cards.textfiles import reading_line
from bot.chat.text import Text
from bot.config import Config
from bot.db.work import View
from bot.features.archive.service import Incoming
from bot.features.people.actor import Actor
from bot.features.textfiles.service import Digested, count_waiting, order


@dataclass(frozen=True)
class Paper:
    """One file whose words are there: for whom it is read, in a session that only reads."""

    work: View
    config: Config
    actor: Actor

    @property
    def now(self) -> datetime:
        """The campaign's time."""
        return self.work.now


Digest = Callable[[Paper, str], Digested]
"""Makes activities of a file's words. Checks the actor, and raises a BusinessError where there is
nothing for them."""


def as_incoming(file: SentFile) -> Incoming:
    """Return a file as the archive takes it."""
    return Incoming(
        tg_file_id=file.file_id,
        tg_unique_id=file.unique_id,
        kind=file.kind.value,
        name=file.name,
        size_bytes=file.size_bytes,
        mime=file.mime,
    )


def have_read(call: Call, file: Incoming, *, caption: str | None = None) -> Text:
    """Have a file read for the actor and return the sentence that says so.

    Raises NoText, DocumentTooBig or TooManyDocuments.
    """
    before = count_waiting(call.work, call.actor.person_id)
    job = order(call.work, file, actor=call.actor, caption=caption)
    return reading_line(job.name, before=before)
