"""Ways that lead everywhere: the home screen's button."""

from dataclasses import dataclass

from bot.chat.callback import callback
from bot.chat.screen import Button
from bot.chat.text import T


@callback("home")
@dataclass(frozen=True)
class Home:
    """Shows the home screen."""


def home_button() -> Button:
    """Return the button that leads to the home screen."""
    return Button(T("home.home"), Home())
