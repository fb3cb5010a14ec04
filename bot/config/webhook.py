"""How updates reach the bot other than by asking for them, and where it tells how it is."""

from ipaddress import ip_address
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.config.entry import Section
from bot.config.installation import Url


def checked_listen(value: str) -> str:
    """Return `value` if it is an address to listen on, as host:port.

    Raises:
        PydanticCustomError: `bad_listen`.

    """
    try:
        parts = urlsplit(f"//{value}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or port is None or parts.path or parts.username is not None:
        raise PydanticCustomError("bad_listen", "address")
    return value


def host_and_port(listen: str) -> tuple[str, int]:
    """Return the two parts of what `checked_listen` let pass."""
    parts = urlsplit(f"//{listen}")
    return parts.hostname or "", parts.port or 0


def _checked_webhook(value: str) -> str:
    """Telegram brings updates over HTTPS alone; a test's server brings them to this machine."""
    parts = urlsplit(value)
    if parts.scheme != "https" and not _is_here(parts.hostname or ""):
        raise PydanticCustomError("webhook_not_https", "address")
    return value


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class WebhookSettings(Section):
    """Where updates are brought; `url` None asks Telegram for them (polling).

    `listen` is the address (host:port) of this process, where updates come in and /healthz is
    answered; None listens nowhere. `url` is what Telegram calls, which leads there.
    """

    url: Annotated[Url, AfterValidator(_checked_webhook)] | None = None
    listen: Annotated[str, AfterValidator(checked_listen)] | None = None
    max_connections: Annotated[int, Field(ge=1, le=100)] = 40

    @model_validator(mode="after")
    def _listens_for_updates(self) -> Self:
        if self.url is not None and self.listen is None:
            raise PydanticCustomError("webhook_without_listen", "listen")
        return self
