"""The reason for which something is returned (退回): one of the frequent ones, or words."""

from collections.abc import Mapping, Sequence

from bot.chat.call import Call, Sent
from bot.chat.conversation.model import Answers, Pick, Reply
from bot.chat.render import to_plain
from bot.chat.text import Plain, T, Text
from bot.features.deadlines.errors import WordsNeeded
from bot.features.deadlines.rules import MOST_PART_UNITS, check_words

REASON = "reason"
"""The step, and the answer, that is the reason."""

Reasons = Mapping[str, T]
"""The frequent reasons by what their buttons carry."""


def reason_rows(reasons: Reasons) -> Sequence[Sequence[Pick]]:
    """Return the buttons of the frequent reasons."""
    picks = [Pick(text, value) for value, text in reasons.items()]
    return [picks[:2], picks[2:]]


def read_reason(call: Call, reply: Reply, reasons: Reasons) -> str:
    """Return the reason that was pressed or written. Raises WordsNeeded or WordsTooLong."""
    if reply.choice is not None:
        text = reasons.get(reply.choice)
        if text is None:
            raise WordsNeeded
        # The reason is kept as words, in the language of the campaign.
        return to_plain(text, call.voice(call.config.languages.default))
    if reply.message is None or reply.message.sent is not Sent.text:
        raise WordsNeeded
    return check_words(reply.message.text, most_units=MOST_PART_UNITS)


def show_reason(call: Call, answers: Answers) -> Text | None:
    """Return the reason that was given."""
    del call
    return Plain(answers[REASON]) if REASON in answers else None
