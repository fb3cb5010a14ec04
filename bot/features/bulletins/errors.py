"""What bulletins refuse (BUL-04).

BusinessError
 ├─ AlreadyIssued   it has its number: what was issued is never changed
 ├─ DraftChanged    somebody changed the draft since it was shown
 ├─ NothingChosen   no report stands in it
 ├─ NotAccepted     a report in it was given back since
 ├─ TooMany         more reports than one bulletin holds
 ├─ NotIssued       only what is issued can be corrected
 ├─ PaperUnderWay   the Word file is being made; in a moment it is there
 └─ NoWords         the words that were given are none, or too many
"""

from bot.core.errors import BusinessError


class AlreadyIssued(BusinessError):
    """It was issued as No. `serial` of `year`; a correction gets a number of its own."""

    key = "bulletins.error.issued"


class DraftChanged(BusinessError):
    """The draft is not what was shown any more; look again and press again."""

    key = "bulletins.error.changed"


class NothingChosen(BusinessError):
    """A bulletin of no reports cannot be issued."""

    key = "bulletins.error.nothing_chosen"


class NotAccepted(BusinessError):
    """The reports under `numbers` are accepted no more; they have to leave the draft first."""

    key = "bulletins.error.not_accepted"


class TooMany(BusinessError):
    """A bulletin holds at most `most` reports."""

    key = "bulletins.error.too_many"


class NotIssued(BusinessError):
    """Only what is issued can be corrected."""

    key = "bulletins.error.not_issued"


class PaperUnderWay(BusinessError):
    """The Word file is being made and filed; in a moment it is there."""

    key = "bulletins.error.paper_under_way"


class NoWords(BusinessError):
    """Words are expected, at most `most` characters."""

    key = "bulletins.error.no_words"
