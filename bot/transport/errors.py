"""What can go wrong between us and the Bot API.

WireError
 ├─ Refused       the server answered, and said no
 └─ NoAnswer      no usable answer came
TokenRefused      nothing will work any more
CannotListen      the address for updates is not to be had
"""

from http import HTTPStatus

from bot.core.errors import BusinessError


class WireError(Exception):
    """A call to the Bot API came to nothing. Its text holds no token and no message."""


class Refused(WireError):
    """The server refused a call with `status` and said why in `description`.

    `retry_after_s` is set when it wants us to wait, `moved_to` when the chat has another id now.
    """

    def __init__(
        self,
        status: int,
        description: str,
        *,
        retry_after_s: int | None = None,
        moved_to: int | None = None,
    ) -> None:
        """Keep what the server said."""
        super().__init__(f"{status} {description}")
        self.status = status
        self.description = description
        self.retry_after_s = retry_after_s
        self.moved_to = moved_to

    @property
    def is_token_refused(self) -> bool:
        """True when the server does not know our token: 404 is how it answers a malformed one."""
        return self.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}


class NoAnswer(WireError):
    """No answer, or one that is no JSON.

    `reached` is False when the call certainly did not arrive: it may be made again without harm.
    """

    def __init__(self, why: str, *, reached: bool) -> None:
        """Keep `why`, the kind of trouble."""
        super().__init__(why)
        self.reached = reached


class CannotListen(BusinessError):
    """The bot cannot listen at `address`: another program does, or this machine has it not."""

    key = "cli.cannot_listen"


class TokenRefused(Exception):
    """The server does not accept the bot's token: nothing works until a person changes it."""

    def __init__(self) -> None:
        """Say what to do about it."""
        super().__init__("the Bot API refused the token: check BOT_TOKEN and the server's address")
