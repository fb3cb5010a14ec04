"""The words behind a command: they answer what it asks first, or wait until that is asked."""

from bot.chat.call import Incoming, Sent
from bot.chat.text import marks_of, plain_marks
from bot.features.drafts.models import Draft

_KEPT = "_words"


def keep_words(draft: Draft, words: Incoming | None) -> None:
    """Keep `words` with an unfinished draft, in case it is begun anew; None drops older ones."""
    answers = {key: value for key, value in draft.answers.items() if key != _KEPT}
    if words is not None:
        answers[_KEPT] = {"text": words.text, "marks": plain_marks(words.marks)}
    if answers != draft.answers:
        draft.answers = answers


def kept_words(draft: Draft | None) -> Incoming | None:
    """Return the words that were kept with `draft`; None where there are none."""
    found = None if draft is None else draft.answers.get(_KEPT)
    if found is None:
        return None
    marks = tuple(marks_of(found["marks"]))
    return Incoming(sent=Sent.text, message_id=0, text=found["text"], marks=marks)
