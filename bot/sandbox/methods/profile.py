"""Who the bot is: its name, descriptions and the button beside the input field."""

from collections.abc import Callable

from bot.sandbox.answers import JsonObject, bad_request
from bot.sandbox.methods.base import Method, Run, names
from bot.sandbox.params import Params
from bot.sandbox.world import Profile, World

_MOST_NAME = 64
_MOST_DESCRIPTION = 512
_MOST_SHORT = 120
_DEFAULT_BUTTON: JsonObject = {"type": "commands"}
_BUTTONS = frozenset({"commands", "web_app", "default"})

_Texts = Callable[[Profile], dict[str, str]]


def get_me(world: World, _params: Params) -> JsonObject:
    """Return the bot's own account."""
    name = world.profile.names.get("")
    return {
        **world.bot,
        "first_name": name or world.bot["first_name"],
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _names(profile: Profile) -> dict[str, str]:
    return profile.names


def _descriptions(profile: Profile) -> dict[str, str]:
    return profile.descriptions


def _shorts(profile: Profile) -> dict[str, str]:
    return profile.short_descriptions


def _setter(texts: _Texts, *, key: str, most: int, error: str) -> Run:
    def run(world: World, params: Params) -> bool:
        text, language = params.text(key) or "", params.text("language_code") or ""
        if len(text) > most:
            raise bad_request(error)
        known = texts(world.profile)
        if text:
            known[language] = text
        else:
            known.pop(language, None)
        world.changes += 1
        return True

    return run


def _getter(texts: _Texts, *, key: str, default: Callable[[World], str]) -> Run:
    def run(world: World, params: Params) -> JsonObject:
        known = texts(world.profile)
        language = params.text("language_code") or ""
        return {key: known.get(language) or known.get("") or default(world)}

    return run


def _first_name(world: World) -> str:
    return str(world.bot["first_name"])


def _nothing(_world: World) -> str:
    return ""


def set_chat_menu_button(world: World, params: Params) -> bool:
    """Set the menu button of one chat or of all."""
    button = params.structure("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in _BUTTONS:
        raise bad_request("can't parse menu button: wrong type")
    world.profile.menu_buttons[_button_key(world, params)] = button
    world.changes += 1
    return True


def get_chat_menu_button(world: World, params: Params) -> JsonObject:
    """Return the menu button of one chat or the default."""
    buttons = world.profile.menu_buttons
    own = buttons.get(_button_key(world, params), {"type": "default"})
    return own if own["type"] != "default" else buttons.get("", _DEFAULT_BUTTON)


def _button_key(world: World, params: Params) -> str:
    chat_id = params.integer("chat_id")
    if chat_id is None:
        return ""
    return str(world.chat_for_bot(chat_id).id)


METHODS = (
    Method("getMe", get_me, names()),
    Method(
        "setMyName",
        _setter(_names, key="name", most=_MOST_NAME, error="BOT_TITLE_INVALID"),
        names("name", "language_code"),
    ),
    Method("getMyName", _getter(_names, key="name", default=_first_name), names("language_code")),
    Method(
        "setMyDescription",
        _setter(
            _descriptions, key="description", most=_MOST_DESCRIPTION, error="BOT_ABOUT_INVALID"
        ),
        names("description", "language_code"),
    ),
    Method(
        "getMyDescription",
        _getter(_descriptions, key="description", default=_nothing),
        names("language_code"),
    ),
    Method(
        "setMyShortDescription",
        _setter(_shorts, key="short_description", most=_MOST_SHORT, error="BOT_ABOUT_INVALID"),
        names("short_description", "language_code"),
    ),
    Method(
        "getMyShortDescription",
        _getter(_shorts, key="short_description", default=_nothing),
        names("language_code"),
    ),
    Method("setChatMenuButton", set_chat_menu_button, names("chat_id", "menu_button")),
    Method("getChatMenuButton", get_chat_menu_button, names("chat_id")),
)
