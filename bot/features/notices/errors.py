"""What the rules of notices refuse.

BusinessError
 ├─ NothingToSay, TooLong, NotAFile, TooBig, TooManyFiles       what a notice says
 ├─ NobodyToTell, NobodyChosen, NoNames                         whom it is for
 ├─ NotADate, NotAnHour, InThePast, TooFar                      when it goes
 ├─ NoSecondPerson, OwnNotice, Settled, NotNow                  whoever presses, too late or alone
 ├─ CorrectedMeanwhile, SameWords, TooLongUnderFile             corrections
 ├─ NobodyToAgree, CorrectionWaits, CorrectionSettled,
 │  ProposerLeft                                                corrections of what went to many
 └─ NoTemplateName                                              templates
"""

from bot.core.errors import BusinessError


class NobodyToTell(BusinessError):
    """The chosen audience holds nobody whom the bot can reach."""

    key = "notices.error.nobody"


class NobodyChosen(BusinessError):
    """Nobody was chosen yet."""

    key = "notices.error.choose_first"


class NoNames(BusinessError):
    """A list names nobody: there is no line with letters in it."""

    key = "notices.error.no_names"


class NothingToSay(BusinessError):
    """A notice needs a text or a file."""

    key = "notices.error.nothing"


class TooLong(BusinessError):
    """The text is longer than one message; `units` of it were sent, `most` are possible."""

    key = "notices.error.too_long"


class NotAFile(BusinessError):
    """A voice note, a sticker or the like cannot be a notice."""

    key = "notices.error.kind"


class TooBig(BusinessError):
    """The file has `megabytes` MB, more than the `most` that a bot may send."""

    key = "notices.error.too_big"


class TooManyFiles(BusinessError):
    """There are `most` files already, as many as an album holds."""

    key = "notices.error.too_many"


class NotADate(BusinessError):
    """What was `given` is no day."""

    key = "notices.error.not_a_day"


class NotAnHour(BusinessError):
    """What was `given` is no time of the day."""

    key = "notices.error.not_an_hour"


class InThePast(BusinessError):
    """The moment `at` is over: nothing can be sent then."""

    key = "notices.error.past"


class TooFar(BusinessError):
    """The day is more than `days` days away."""

    key = "notices.error.too_far"


class NoSecondPerson(BusinessError):
    """More than `most` people need a second person's word, and nobody else is in the office."""

    key = "notices.error.no_second"


class OwnNotice(BusinessError):
    """The second person cannot be the author."""

    key = "notices.error.own"


class Settled(BusinessError):
    """Somebody was faster: the notice does not wait for a second person any more."""

    key = "notices.error.settled"


class NotNow(BusinessError):
    """As the notice stands now, this cannot be done with it."""

    key = "notices.error.not_now"


class CorrectedMeanwhile(BusinessError):
    """Somebody else changed the words since they were shown."""

    key = "notices.error.corrected"


class SameWords(BusinessError):
    """The new words are the old ones."""

    key = "notices.error.same_words"


class TooLongUnderFile(BusinessError):
    """The words stand under a file: `units` of them were sent, `most` are possible there."""

    key = "notices.error.too_long_under_file"


class NobodyToAgree(BusinessError):
    """Words for more than `most` people need a second person's word, and there is nobody else."""

    key = "notices.error.no_second_for_words"


class CorrectionWaits(BusinessError):
    """Other words are proposed already, by `name`, and wait for a second person's word."""

    key = "notices.error.correction_waits"


class CorrectionSettled(BusinessError):
    """Somebody was faster: the proposed words do not wait any more."""

    key = "notices.error.correction_settled"


class ProposerLeft(BusinessError):
    """`name`, who proposed the words, is not of the office any more: one person alone is left."""

    key = "notices.error.proposer_left"


class NoTemplateName(BusinessError):
    """A template needs a name of at most `most` characters."""

    key = "notices.error.template_name"
