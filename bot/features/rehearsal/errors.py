"""Why a message to come cannot be cancelled, or not brought back."""

from bot.core.errors import BusinessError


class GoneOut(BusinessError):
    """It was sent, or filed away, before the press came."""

    key = "rehearsal.error.gone_out"


class NotAlone(BusinessError):
    """The message goes to several people as one and is not cancelled for one of them."""

    key = "rehearsal.error.not_alone"


class TooLateToUndo(BusinessError):
    """Its moment has passed: it was left out."""

    key = "rehearsal.error.too_late_to_undo"


class TooFarAhead(BusinessError):
    """Nobody looks that far ahead."""

    key = "rehearsal.error.too_far"
