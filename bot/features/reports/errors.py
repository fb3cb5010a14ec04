"""What reports refuse.

BusinessError
 ├─ AmountUnreadable, AmountTooLarge, AmountTooFine, UnitDiffers, NotWhole    a number
 ├─ DateUnreadable, NoSuchDay, DateInFuture, DateTooEarly                     a date
 ├─ TextMissing, TextTooLong, TooManyValues, TooManyPartners, NoPhoto,
 │  PhotosFull, LinksFull, FileTooLarge, ProgramRefused, TextFull             what a step takes
 ├─ MetricUnknown, TaskUnknown, NumberUnknown                                 a name
 ├─ NotPartnersContact, PartnerNamedNoMore, NotOpenForAnswer,
 │  AnsweredOtherwise                                                    what a partner answers
 └─ NotYourUnit, TaskNotYours, AlreadyReviewed, CardOutdated,
    WithdrawTooLate, NotOpenForChange, NotCounted                        what a rule forbids
"""

from bot.core.errors import BusinessError, NotFound


class AmountUnreadable(BusinessError):
    """`text` does not say one number."""

    key = "report.error.amount_unreadable"


class AmountTooLarge(BusinessError):
    """The number is larger than any report's."""

    key = "report.error.amount_too_large"


class AmountTooFine(BusinessError):
    """The number has more than `decimals` decimals."""

    key = "report.error.amount_too_fine"


class UnitDiffers(BusinessError):
    """`text` is money or a share and the metric is not, or the other way round: it has `unit`."""

    key = "report.error.unit_differs"


class NotWhole(BusinessError):
    """People are counted in whole numbers; `text` is none."""

    key = "report.error.not_whole"


class DateUnreadable(BusinessError):
    """`text` says no date and no vague time either."""

    key = "report.error.date_unreadable"


class NoSuchDay(BusinessError):
    """`text` names a day that no calendar has."""

    key = "report.error.no_such_day"


class DateInFuture(BusinessError):
    """`text` has not come yet."""

    key = "report.error.date_in_future"


class DateTooEarly(BusinessError):
    """`text` is before anything the campaign counts, which begins with `year`."""

    key = "report.error.date_too_early"


class TextMissing(BusinessError):
    """The step takes words, and something else came."""

    key = "report.error.text_missing"


class TextTooLong(BusinessError):
    """`length` characters came where `most` fit."""

    key = "report.error.text_too_long"


class TooManyValues(BusinessError):
    """The report has `most` numbers already."""

    key = "report.error.too_many_values"


class TooManyPartners(BusinessError):
    """The report has `most` partners already."""

    key = "report.error.too_many_partners"


class NoPhoto(BusinessError):
    """The step takes photos, other files and links, and something else came."""

    key = "report.error.no_photo"


class PhotosFull(BusinessError):
    """The report has `most` photos already."""

    key = "report.error.photos_full"


class LinksFull(BusinessError):
    """The report has `most` links already."""

    key = "report.error.links_full"


class ProgramRefused(BusinessError):
    """The file `name` is a program, by its name."""

    key = "report.error.program"


class FileTooLarge(BusinessError):
    """The file has `megabytes` MB, more than Telegram hands to a bot; a link may stand for it."""

    key = "report.error.file_too_large"


class TextFull(BusinessError):
    """The text is full at `most` characters; `left` more were not kept."""

    key = "report.error.text_full"


class MetricUnknown(BusinessError):
    """No metric's name has anything of `text`."""

    key = "report.error.metric_unknown"


class TaskUnknown(BusinessError):
    """None of the unit's tasks is called `text`."""

    key = "report.error.task_unknown"


class NumberUnknown(NotFound):
    """No report has the number `text`."""

    key = "report.error.number_unknown"


class NotYourUnit(BusinessError):
    """The actor is no contact of the unit."""

    key = "report.error.not_your_unit"


class TaskNotYours(BusinessError):
    """The unit does not answer for the task."""

    key = "report.error.task_not_yours"


class AlreadyReviewed(BusinessError):
    """Somebody else has decided meanwhile; `report_id` says which."""

    key = "report.error.already_reviewed"


class CardOutdated(BusinessError):
    """The card shows an older version than the one that waits for review."""

    key = "report.error.card_outdated"


class WithdrawTooLate(BusinessError):
    """A report can be withdrawn for `minutes` minutes, and only before its review."""

    key = "report.error.withdraw_too_late"


class NotOpenForChange(BusinessError):
    """Only a returned or withdrawn report can be changed and filed again."""

    key = "report.error.not_open"


class NotCounted(BusinessError):
    """The report `number` came back or was taken back; only what counts can be an example."""

    key = "report.error.not_counted"


class NotPartnersContact(BusinessError):
    """The actor is no contact, or none any more, of the unit that is asked."""

    key = "joint.error.not_contact"


class PartnerNamedNoMore(BusinessError):
    """`reporter` has corrected the report `title`: it names the unit no more."""

    key = "joint.error.named_no_more"


class NotOpenForAnswer(BusinessError):
    """`reporter` is changing the report `title`, which came back or was taken back."""

    key = "joint.error.not_open"


class AnsweredOtherwise(BusinessError):
    """Somebody of the unit gave the other answer; `report_id` and `unit_id` say where."""

    key = "joint.error.answered_otherwise"
