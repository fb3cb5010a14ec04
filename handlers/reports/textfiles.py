"""A document in the middle of a report is read; what it says comes when it is ready (REP-19)."""

from bot.chat.call import Call
from bot.chat.conversation.model import Reply, Stay
from bot.chat.textfiles import as_incoming, have_read
from bot.features.textfiles.rules import is_text_file

_TAKES_FILES = frozenset({"photos"})
"""Steps at which a file belongs to the report itself (ARC-02)."""


def read_document(call: Call, reply: Reply, step: str) -> Stay | None:
    """Have a document read that came at `step`; None for anything else.

    Raises NoText, DocumentTooBig or TooManyDocuments.
    """
    message = reply.message
    if message is None or message.file is None or step in _TAKES_FILES:
        return None
    file = as_incoming(message.file)
    if not is_text_file(file):
        return None
    return Stay(have_read(call, file, caption=message.text))
