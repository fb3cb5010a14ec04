"""What the rules of receipts refuse."""

from bot.core.errors import BusinessError


class NoReceiptWanted(BusinessError):
    """The notice asks for no receipt, or was taken back."""

    key = "receipts.error.not_wanted"


class CollectionClosed(BusinessError):
    """The receipts of the notice are not collected any more, since `at`."""

    key = "receipts.error.closed"


class ChasedToday(BusinessError):
    """Those who had not confirmed were asked today already, `at`."""

    key = "receipts.error.chased_today"


class NobodyToChase(BusinessError):
    """Everybody who can be reached has confirmed."""

    key = "receipts.error.nobody_to_chase"


class NothingToRequeue(BusinessError):
    """No message of the notice failed, or it is not to go out any more."""

    key = "receipts.error.nothing_failed"


class EmptyReply(BusinessError):
    """A reply holds neither words nor a file that can be handed on."""

    key = "receipts.error.empty_reply"
