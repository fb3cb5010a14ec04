"""Looking: messages, events, commands, calls, files."""

from urllib.parse import quote

from aiohttp import web

from bot.sandbox.answers import Impossible, JsonObject
from bot.sandbox.chats import Chat
from bot.sandbox.methods.commands import commands_seen
from bot.sandbox.person.request import Asked
from bot.sandbox.person.view import seen
from bot.sandbox.signals import CALLS, EVERYTHING
from bot.sandbox.world import World

_MOST_CALLS = 2_000
_EVENT_WAIT_MS = 25_000
_SHOWN_INLINE = frozenset(
    {"image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf", "audio/ogg"}
)
_ALL = frozenset({"*", "all"})


def _chats(asked: Asked) -> list[Chat]:
    if asked.body.get("chat") in _ALL:
        mine = asked.person.id
        return [
            chat for chat in asked.world.chats.values() if chat.id == mine or mine in chat.members
        ]
    return [asked.chat]


async def messages(asked: Asked) -> JsonObject:
    """Tell what the person sees that is new or changed after a cursor.

    Of the private chat, of the group `chat`, or of all chats with chat=*. Waits up to `wait_ms`
    real milliseconds for the first message.
    """
    world, after = asked.world, asked.integer("after", 0)
    chats = _chats(asked)
    if all(chat.last_cursor <= after for chat in chats):
        await world.signals.wait([chat.id for chat in chats], timeout_s=asked.wait_s())
    found = [
        seen(world, chat, entry)
        for chat in chats
        if chat.last_cursor > after
        for entry in chat.since(after)
    ]
    found.sort(key=lambda view: view["cursor"])
    for chat in chats:
        chat.unread = 0
    cursor = max([after, *(chat.last_cursor for chat in chats)])
    return {"messages": found, "cursor": cursor, **_state(world, chats[0])}


def _state(world: World, chat: Chat) -> JsonObject:
    busy = chat.action if chat.action_until > world.clock.monotonic() else None
    return {"keyboard": (chat.keyboard or {}).get("keyboard"), "action": busy}


async def events(asked: Asked) -> JsonObject:
    """Tell which chats changed after a cursor, waiting for the first change.

    A cursor that lies ahead comes from a sandbox that ran here before: it is answered at once.
    """
    world = asked.world
    after = asked.integer("after", world.cursor)
    if world.cursor == after:
        await world.signals.wait((EVERYTHING,), timeout_s=asked.wait_s(_EVENT_WAIT_MS))
    changed = [chat.id for chat in world.chats.values() if chat.last_cursor > after]
    busy = [
        chat.id
        for chat in world.chats.values()
        if chat.action is not None and chat.action_until > world.clock.monotonic()
    ]
    return {
        "cursor": world.cursor,
        "chats": changed,
        "busy": busy,
        "now": world.clock.now().isoformat(),
        "last_call": world.calls.last_n,
    }


async def commands(asked: Asked) -> JsonObject:
    """Tell which commands a person sees in a chat."""
    person = asked.world.person(asked.integer("person"))
    chat = asked.world.chats.get(asked.integer("chat", person.id))
    if chat is None:
        raise Impossible(404, "there is no such chat")
    language = str(person.user.get("language_code", ""))
    return {"commands": commands_seen(asked.world, chat, person.id, language)}


async def calls(asked: Asked) -> JsonObject:
    """Tell what the bot called after number `after`, waiting `wait_ms` for the first one.

    At most `limit` calls, 2,000 by default; `last` is the number to go on from.
    """
    log, after = asked.world.calls, asked.integer("after", 0)
    if log.last_n <= after:
        await asked.world.signals.wait((CALLS,), timeout_s=asked.wait_s())
    found = list(
        log.after(after, method=asked.body.get("method"), limit=asked.integer("limit", _MOST_CALLS))
    )
    return {"calls": found, "last": found[-1]["n"] if found else log.last_n}


async def file(world: World, request: web.Request) -> web.Response:
    """Answer with a file's bytes, for the page."""
    stored = world.files.find(request.match_info["file_id"])
    if stored is None:
        return web.json_response({"error": "there is no such file"}, status=404)
    # What a browser could run as a page of this address is only ever saved.
    how = "inline" if stored.mime in _SHOWN_INLINE else "attachment"
    return web.Response(
        body=world.files.content(stored),
        content_type=stored.mime,
        headers={
            "Content-Disposition": f"{how}; filename*=UTF-8''{quote(stored.name)}",
            "Cache-Control": "max-age=86400",
            "X-Content-Type-Options": "nosniff",
        },
    )
