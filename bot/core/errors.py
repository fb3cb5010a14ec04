"""Errors that are business facts.

BusinessError
 ├─ NotAllowed         the actor lacks the role
 ├─ NotFound           there is no such thing, or not for this actor
 ├─ StaleButton        the button belongs to an older card
 └─ …                  each feature names its own in its errors.py
"""

from collections.abc import Mapping


class BusinessError(Exception):
    """Something a user did that the rules refuse; told in one sentence, never logged as a failure.

    `key` names the sentence in the catalogues; `data` fills its placeholders.
    """

    key = "error.refused"

    def __init__(self, **data: object) -> None:
        """Keep `data`, the facts that the sentence shows."""
        super().__init__(self.key)
        self.data: Mapping[str, object] = data


class NotAllowed(BusinessError):
    """The actor holds none of the roles that this needs."""

    key = "error.not_allowed"


class NotFound(BusinessError):
    """There is no such thing, or none that the actor may see."""

    key = "error.not_found"


class StaleButton(BusinessError):
    """The button is forged, or its card is older than what it shows."""

    key = "error.stale_button"
