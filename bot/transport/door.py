"""How updates come to this process: alone or with others, fetched or brought."""

from collections.abc import Awaitable, Callable

from bot.config import Settings
from bot.config.webhook import host_and_port
from bot.db.engine import is_sqlite
from bot.db.store import Store
from bot.transport.handling import Handle
from bot.transport.intake import Intake
from bot.transport.listener import Listener
from bot.transport.poller import Poller
from bot.transport.receiver import Receiver
from bot.transport.sharing import SharedIntake, TurnPolling
from bot.transport.source import ALLOWED_UPDATES, Polling, Source
from bot.transport.telegram import Wire
from bot.transport.webhook import Webhook, secret_of

_POLL_S = 30
_SHARED_POLL_S = 10
"""Shorter than a turn to poll lasts, so that it is kept up."""


def is_shared(settings: Settings) -> bool:
    """Tell whether other processes may work for the same bot: a SQLite file has one alone."""
    return not is_sqlite(settings.database_url)


def listener_of(settings: Settings, healthy: Callable[[], Awaitable[bool]]) -> Listener | None:
    """Return what listens where `settings` say; None where nothing does."""
    if settings.listen is None:
        return None
    host, port = host_and_port(settings.listen)
    return Listener(host, port, healthy=healthy)


def receiver_of(
    settings: Settings, store: Store, wire: Wire, listener: Listener | None, handle: Handle
) -> Receiver:
    """Return what receives updates as `settings` say and has them handled."""
    source = _source(settings, store, wire, listener)
    if is_shared(settings):
        return SharedIntake(store, wire, source, handle=handle)
    return Intake(store, wire, handle=handle, source=source)


def _source(settings: Settings, store: Store, wire: Wire, listener: Listener | None) -> Source:
    webhook = settings.config.webhook
    if webhook.url is not None and listener is not None:
        return Webhook(
            wire,
            listener,
            url=webhook.url,
            secret=secret_of(settings.require_token().reveal()),
            max_connections=webhook.max_connections,
        )
    shared = is_shared(settings)
    poller = Poller(
        wire,
        allowed_updates=list(ALLOWED_UPDATES),
        timeout_s=_SHARED_POLL_S if shared else _POLL_S,
    )
    return TurnPolling(poller, store) if shared else Polling(poller)
