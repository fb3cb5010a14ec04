"""How the bot gets its updates, and the answers to pressed buttons."""

from bot.sandbox.answers import JsonObject, Refused, bad_request, not_offered
from bot.sandbox.calls import RawTexts
from bot.sandbox.faults import Kind
from bot.sandbox.methods.base import Method, names
from bot.sandbox.params import Params
from bot.sandbox.updates import LONGEST_POLL_S, MOST_UPDATES, shuffled
from bot.sandbox.webhook import checked
from bot.sandbox.world import World

_MOST_ANSWER = 200
_WEBHOOK_SET = "terminated by setWebhook request"
_WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


async def get_updates(world: World, params: Params) -> RawTexts:
    """Return what happened, waiting for it when nothing did."""
    if world.webhook.address is not None:
        raise Refused(409, f"Conflict: {_WEBHOOK_ACTIVE}")
    _allow(world, params)
    given = params.integer("limit")
    limit = given if given is not None and 1 <= given <= MOST_UPDATES else MOST_UPDATES
    batch = await world.updates.poll(
        offset=params.integer("offset") or 0,
        limit=limit,
        timeout_s=min(max(params.number("timeout") or 0, 0), LONGEST_POLL_S),
    )
    for kind in world.faults.take_for_batch(len(batch)):
        if kind is Kind.DUPLICATE:
            world.updates.repeat(batch)
        else:
            batch = shuffled(batch)
    return RawTexts(tuple(batch))


def _allow(world: World, params: Params) -> None:
    kinds = params.structure("allowed_updates")
    if kinds is None:
        return
    if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
        raise bad_request("can't parse allowed updates JSON object")
    world.updates.allow(kinds)


def set_webhook(world: World, params: Params) -> bool:
    """Bring updates to an address from now on; an empty one takes the webhook off."""
    if params.files:
        raise not_offered("certificates of webhooks")
    url = params.text("url")
    if not url:
        return delete_webhook(world, params)
    secret, most = params.text("secret_token"), params.integer("max_connections")
    address = checked(url, secret=secret or None, max_connections=most)
    _allow(world, params)
    if params.flag("drop_pending_updates"):
        world.updates.drop_all()
    world.updates.interrupt(_WEBHOOK_SET)
    world.webhook.set(address)
    return True


def delete_webhook(world: World, params: Params) -> bool:
    """Take the webhook off; what waits can be fetched."""
    if params.flag("drop_pending_updates"):
        world.updates.drop_all()
    world.webhook.set(None)
    return True


def get_webhook_info(world: World, _params: Params) -> JsonObject:
    """Tell where updates are brought, what went wrong there last, and how much waits."""
    return {
        **world.webhook.info(),
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
        "allowed_updates": sorted(world.updates.allowed),
    }


def answer_callback_query(world: World, params: Params) -> bool:
    """Answer a pressed button once; later answers change nothing."""
    text = params.text("text") or ""
    if len(text) > _MOST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    callback = world.callbacks.get(params.text("callback_query_id") or "")
    if callback is None or callback.expires_at <= world.clock.monotonic():
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    url = params.text("url")
    if url and not url.startswith(("https://t.me/", "tg://")):
        raise bad_request("URL_INVALID")
    if not callback.answer.done():
        callback.answer.set_result(
            {"text": text or None, "alert": params.flag("show_alert"), "url": url}
        )
    return True


def log_out(world: World, _params: Params) -> bool:
    """Leave the cloud server; every later call is refused."""
    world.profile.logged_out = True
    return True


def close(world: World, _params: Params) -> bool:
    """Close the instance before it is moved; there is nothing to do here."""
    world.updates.interrupt("terminated by close request")
    return True


def refuse_logged_out(world: World) -> None:
    """Refuse every call of a bot that logged out."""
    if world.profile.logged_out:
        raise Refused(400, "Logged out")


METHODS = (
    Method("getUpdates", get_updates, names("offset", "limit", "timeout", "allowed_updates")),
    Method(
        "setWebhook",
        set_webhook,
        names(
            "url",
            "certificate",
            "ip_address",
            "max_connections",
            "allowed_updates",
            "drop_pending_updates",
            "secret_token",
        ),
    ),
    Method("deleteWebhook", delete_webhook, names("drop_pending_updates")),
    Method("getWebhookInfo", get_webhook_info, names()),
    Method(
        "answerCallbackQuery",
        answer_callback_query,
        names("callback_query_id", "text", "show_alert", "url", "cache_time"),
    ),
    Method("logOut", log_out, names()),
    Method("close", close, names()),
)
