"""The bot's command lists by scope and language, and which list a person sees."""

import re
from collections.abc import Iterator
from typing import Any

from bot.sandbox.answers import JsonObject, bad_request
from bot.sandbox.chats import Chat
from bot.sandbox.methods.base import Method, names
from bot.sandbox.params import Params
from bot.sandbox.world import World

MOST_COMMANDS = 100
_NAME = re.compile(r"[a-z0-9_]{1,32}")
_MOST_DESCRIPTION = 256
_LANGUAGE = re.compile(r"[a-z]{2}")
_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


def _scope_key(world: World, given: Any) -> str:
    scope = given or {"type": "default"}
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind in _SCOPES:
        return str(kind)
    if kind not in _CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    key = f"{kind}:{world.chat_for_bot(scope.get('chat_id')).id}"
    return f"{key}:{int(scope.get('user_id') or 0)}" if kind == "chat_member" else key


def _key(world: World, params: Params) -> str:
    language = params.text("language_code") or ""
    if language and not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return f"{_scope_key(world, params.structure('scope'))}|{language}"


def _command(given: Any) -> JsonObject:
    if not isinstance(given, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    if not _NAME.fullmatch(str(given.get("command", "")).removeprefix("/")):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(str(given.get("description", ""))) <= _MOST_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    name = str(given["command"]).removeprefix("/")
    return {"command": name, "description": given["description"]}


def set_my_commands(world: World, params: Params) -> bool:
    """Set the list of one scope and language."""
    commands = params.structure("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON object")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    key = _key(world, params)
    world.profile.commands[key] = [_command(each) for each in commands]
    world.changes += 1
    return True


def get_my_commands(world: World, params: Params) -> list[JsonObject]:
    """Return the list of exactly this scope and language."""
    return world.profile.commands.get(_key(world, params), [])


def delete_my_commands(world: World, params: Params) -> bool:
    """Delete the list of exactly this scope and language."""
    world.profile.commands.pop(_key(world, params), None)
    world.changes += 1
    return True


def commands_seen(world: World, chat: Chat, person_id: int, language: str) -> list[JsonObject]:
    """Return the list that the person sees in `chat`: the most specific scope and language."""
    for scope in _scopes_from_narrow_to_wide(chat, person_id):
        for spoken in (language[:2].lower(), ""):
            found = world.profile.commands.get(f"{scope}|{spoken}")
            if found:
                return found
    return []


def _scopes_from_narrow_to_wide(chat: Chat, person_id: int) -> Iterator[str]:
    if chat.private:
        yield from (f"chat:{chat.id}", "all_private_chats", "default")
        return
    administrator = chat.members.get(person_id) in {"creator", "administrator"}
    yield f"chat_member:{chat.id}:{person_id}"
    if administrator:
        yield f"chat_administrators:{chat.id}"
    yield f"chat:{chat.id}"
    if administrator:
        yield "all_chat_administrators"
    yield from ("all_group_chats", "default")


METHODS = (
    Method("setMyCommands", set_my_commands, names("commands", "scope", "language_code")),
    Method("getMyCommands", get_my_commands, names("scope", "language_code")),
    Method("deleteMyCommands", delete_my_commands, names("scope", "language_code")),
)
