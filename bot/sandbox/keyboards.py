"""Keyboards under messages, checked as Telegram checks them and a little more."""

from typing import Any, NamedTuple

from bot.core.text import CALLBACK_BYTES
from bot.sandbox.answers import JsonObject, bad_request, stricter

MOST_BUTTONS = 100
MOST_IN_ROW = 8
_MOST_PLACEHOLDER = 64
_MOST_COPIED = 256

_INLINE_ACTIONS = frozenset(
    {
        "url", "callback_data", "web_app", "login_url", "switch_inline_query",
        "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "copy_text",
        "callback_game", "pay",
    }
)  # fmt: skip
_LOOKS = frozenset({"text", "style", "icon_custom_emoji_id"})
_REQUESTS = frozenset(
    {
        "request_contact", "request_location", "request_poll", "request_users", "request_chat",
        "request_managed_bot", "web_app",
    }
)  # fmt: skip
_REQUESTED = {
    "request_contact": "phone number",
    "request_location": "location",
    "request_poll": "poll",
    "request_users": "users",
    "request_chat": "chats",
    "request_managed_bot": "managed bots",
    "web_app": "web app",
}
_STYLES = frozenset({"primary", "success", "danger"})
_KEYBOARD_FIELDS = frozenset(
    {
        "keyboard", "is_persistent", "resize_keyboard", "one_time_keyboard",
        "input_field_placeholder", "selective",
    }
)  # fmt: skip


class Markup(NamedTuple):
    """What stands under a message: buttons that everybody sees, or a change of the keyboard."""

    inline: JsonObject | None
    keyboard: JsonObject | None


NOTHING = Markup(None, None)


def parsed_markup(given: Any, *, private: bool) -> Markup:
    """Return the checked reply_markup of a new message; raises Refused."""
    if given is None:
        return NOTHING
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in given:
        return Markup(inline_markup(given), None)
    if "keyboard" in given:
        return Markup(None, _reply_keyboard(given, private=private))
    if given.get("remove_keyboard") is True:
        _check_fields(given, {"remove_keyboard", "selective"})
        return Markup(None, given)
    if given.get("force_reply") is True:
        _check_fields(given, {"force_reply", "input_field_placeholder", "selective"})
        _check_placeholder(given)
        return Markup(None, given)
    if given:
        raise stricter(f"unknown reply_markup {sorted(given)}")
    return NOTHING


def inline_markup(given: Any) -> JsonObject | None:
    """Return a checked inline keyboard, None for one without buttons; raises Refused."""
    if given is None:
        return None
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in given:
        if not given:
            return None
        raise bad_request("inline keyboard expected")
    _check_fields(given, {"inline_keyboard"})
    rows = [[_inline_button(button) for button in row] for row in _rows(given["inline_keyboard"])]
    return {"inline_keyboard": rows} if rows else None


def _rows(given: Any) -> list[list[Any]]:
    if not isinstance(given, list) or not all(isinstance(row, list) for row in given):
        raise bad_request("field of the keyboard must be an Array of Arrays")
    rows = [row for row in given if row]
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    if any(len(row) > MOST_IN_ROW for row in rows):
        raise stricter(f"more than {MOST_IN_ROW} buttons in a row, which Telegram would break")
    return rows


def _inline_button(button: Any) -> JsonObject:
    prefix = "can't parse inline keyboard button:"
    if not isinstance(button, dict):
        raise bad_request(f"{prefix} InlineKeyboardButton must be an Object")
    _check_look(button, prefix)
    _check_fields(button, _LOOKS | _INLINE_ACTIONS)
    actions = _INLINE_ACTIONS & set(button)
    if not actions:
        raise bad_request(f"{prefix} Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise stricter(f"a button with several actions {sorted(actions)}")
    _check_action(button)
    return button


def _check_action(button: JsonObject) -> None:
    data = button.get("callback_data")
    if "callback_data" in button and (
        not isinstance(data, str) or not 1 <= len(data.encode("utf-8")) <= CALLBACK_BYTES
    ):
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not _good_url(str(url)):
        raise bad_request(
            f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL specified"
        )
    copied = button.get("copy_text")
    if copied is not None and not 1 <= len(str(copied.get("text", ""))) <= _MOST_COPIED:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _good_url(url: str) -> bool:
    return url.startswith(("http://", "https://", "tg://")) and " " not in url


def _check_look(button: JsonObject, prefix: str) -> None:
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(f'{prefix} Field "text" must be of type String')
    if not text.strip():
        raise bad_request("text buttons must be non-empty")
    style = button.get("style")
    if style is not None and style not in _STYLES:
        raise stricter(f"unknown button style {style!r}")


def _reply_keyboard(given: JsonObject, *, private: bool) -> JsonObject:
    _check_fields(given, _KEYBOARD_FIELDS)
    _check_placeholder(given)
    rows = [
        [_reply_button(each, private=private) for each in row] for row in _rows(given["keyboard"])
    ]
    if not rows:
        raise bad_request("keyboard must be non-empty")
    return {**given, "keyboard": rows}


def _reply_button(button: Any, *, private: bool) -> JsonObject:
    prefix = "can't parse keyboard button:"
    shown: Any = {"text": button} if isinstance(button, str) else button
    if not isinstance(shown, dict):
        raise bad_request(f"{prefix} KeyboardButton must be a String or an Object")
    _check_look(shown, prefix)
    _check_fields(shown, _LOOKS | _REQUESTS)
    asked = [name for name in _REQUESTS if shown.get(name)]
    if len(asked) > 1:
        raise stricter(f"a button with several requests {sorted(asked)}")
    if asked and not private:
        raise bad_request(f"{_REQUESTED[asked[0]]} can be requested in private chats only")
    return shown


def _check_placeholder(given: JsonObject) -> None:
    placeholder = given.get("input_field_placeholder")
    if placeholder is not None and not 1 <= len(str(placeholder)) <= _MOST_PLACEHOLDER:
        raise stricter(f"input_field_placeholder must have 1-{_MOST_PLACEHOLDER} characters")


def _check_fields(given: JsonObject, known: "set[str] | frozenset[str]") -> None:
    unknown = set(given) - known
    if unknown:
        raise stricter(f"unknown field {sorted(unknown)} in reply_markup")
