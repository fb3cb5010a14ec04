"""The state on disk: one JSON file, written whole, so that a restart goes on."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from bot.sandbox.answers import JsonObject
from bot.sandbox.chats import Chat, Entry, Person
from bot.sandbox.world import Profile, World

_VERSION = 1
_AHEAD = 10_000
"""How far numbers go on after a kill: what was handed out since the file was written is unknown."""
_CHAT_FIELDS = (
    "id", "shape", "started", "blocked", "privacy", "migrated_to", "pinned", "last_message_id",
    "keyboard", "keyboard_of", "unread",
)  # fmt: skip


def save(world: World, path: Path, *, ends: bool = False) -> None:
    """Write the state of `world` to `path` in one step; `ends`: nothing comes after it."""
    state: JsonObject = {
        "version": _VERSION,
        "ended": ends,
        "now": world.clock.now().isoformat(),
        "cursor": world.cursor,
        "last_message_id": world.last_message_id,
        "last_number": world.last_number,
        "people": [
            {"user": person.user, "phone_number": person.phone_number, "note": person.note}
            for person in world.people.values()
        ],
        "chats": [_saved_chat(chat) for chat in world.chats.values()],
        "files": list(world.files.dump()),
        "next_file": world.files.next_number,
        "updates": world.updates.pending(),
        "next_update_id": world.updates.next_id,
        "allowed": sorted(world.updates.allowed),
        "profile": asdict(world.profile),
    }
    scratch = path.with_suffix(".new")
    scratch.write_text(json.dumps(state), encoding="ascii")
    scratch.replace(path)


def _saved_chat(chat: Chat) -> JsonObject:
    saved: JsonObject = {name: getattr(chat, name) for name in _CHAT_FIELDS}
    saved["members"] = list(chat.members.items())
    saved["entries"] = [
        [each.message, each.cursor, each.by_bot, each.keyboard, each.edited, each.deleted]
        for each in chat.entries.values()
    ]
    return saved


def load(world: World, path: Path) -> None:
    """Bring `world` to the state in `path`; a missing file changes nothing.

    After a kill updates and messages get higher numbers than any that was handed out: the bot knows
    those, and takes one that comes again for the same update.
    """
    if not path.exists():
        return
    state: JsonObject = json.loads(path.read_text(encoding="ascii"))
    world.cursor = state["cursor"]
    ahead = 0 if state.get("ended") else _AHEAD
    world.last_message_id = state["last_message_id"] + ahead
    world.last_number = state["last_number"]
    for saved in state["people"]:
        user = saved["user"]
        world.people[user["id"]] = Person(user["id"], user, saved["phone_number"], saved["note"])
        if "username" in user:
            world.usernames[str(user["username"]).lower()] = user["id"]
    for saved in state["chats"]:
        chat = _loaded_chat(saved)
        world.chats[chat.id] = chat
    world.files.load(state["files"], next_number=state["next_file"])
    world.updates.restore(
        ((update_id, text) for update_id, text in state["updates"]),
        next_id=state["next_update_id"] + ahead,
    )
    world.updates.allowed = frozenset(state["allowed"])
    world.profile = Profile(**state["profile"])
    if world.clock.path is None:
        world.clock.set(datetime.fromisoformat(state["now"]))


def _loaded_chat(saved: JsonObject) -> Chat:
    chat = Chat(**{name: saved[name] for name in _CHAT_FIELDS})
    chat.members = {int(person_id): status for person_id, status in saved["members"]}
    entries = [
        Entry(message, cursor, by_bot, keyboard, edited, deleted)
        for message, cursor, by_bot, keyboard, edited, deleted in saved["entries"]
    ]
    chat.entries = {entry.id: entry for entry in entries}
    for entry in sorted(entries, key=lambda each: each.cursor):
        chat.note(entry)
    return chat
