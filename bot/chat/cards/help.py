"""What the bot can do for whom: computed from what the features declare."""

from dataclasses import dataclass

from bot.chat.call import Call
from bot.chat.callback import callback
from bot.chat.cards.home import home_button
from bot.chat.menus import commands_for
from bot.chat.offered import offered
from bot.chat.screen import Screen
from bot.chat.text import BLANK, Lines, T


@callback("help", shows=True)
@dataclass(frozen=True)
class Help:
    """Shows the commands and how to get on."""


def help_screen(call: Call) -> Screen:
    """Return the commands that the actor may use, and three lines of how-to."""
    lines = [
        T("help.command", name=name, does=T(f"command.{name}"))
        for name in commands_for(offered(), call.actor.roles)
    ]
    return Screen(
        Lines(
            T("help.title"),
            *lines,
            BLANK,
            T("help.buttons"),
            T("help.drafts"),
            T("help.cancel"),
        ),
        [[home_button()]],
    )
