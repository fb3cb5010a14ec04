"""What a feature offers to users: its commands, buttons, answers and conversations.

A feature only declares; `bot.chat.edge` makes PTB handlers of it. Menus, /start and /help are
computed from these declarations, by role and language.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.chat.access import ANYONE, Needs
from bot.chat.call import Call, Incoming, Sent
from bot.chat.conversation.model import Conversation
from bot.chat.screen import Answer, Button
from bot.chat.text import Text

D = TypeVar("D")
Run = Callable[[Call, Any], Answer]
Wants = Callable[[Call, Incoming], bool]


@dataclass(frozen=True)
class Entry:
    """Something a person can do: who may, and the function that does it.

    `parks` entries set an active draft of another `flow` aside and say so; navigation by buttons
    does not.
    """

    name: str
    needs: Needs
    run: Run
    parks: bool = False
    flow: str | None = None


@dataclass(frozen=True)
class Command(Entry):
    """`/name`; the function gets what follows the name as text. `listed` ones are in the menu.

    Its description is the catalogue's `command.<name>`.
    """

    listed: bool = True


@dataclass(frozen=True)
class Press(Entry):
    """A kind of button; the function gets the button's data."""

    kind: type = object


@dataclass(frozen=True)
class ReplyTo(Entry):
    """A reply to one of our messages whose context begins with `prefix`; gets the context."""

    prefix: str = ""


@dataclass(frozen=True)
class Message(Entry):
    """A message of one of the kinds `sent` outside any conversation; gets the message.

    `wants` tells whether it is one for this entry; what it does not want goes on to the next one.
    None: it takes every message of these kinds.
    """

    sent: frozenset[Sent] = frozenset()
    wants: Wants | None = None


@dataclass(frozen=True)
class Opened(Entry):
    """A link into the private chat: its payload is `prefix`, "_" and what the function gets."""

    prefix: str = ""


@dataclass(frozen=True)
class HomePart:
    """What a feature shows on the home screen: lines of what is due, and buttons."""

    lines: Sequence[Text] = ()
    buttons: Sequence[Button] = ()


@dataclass(frozen=True)
class Home:
    """A feature's part of the home screen, for those who meet `needs`; lower `order` is higher."""

    order: int
    needs: Needs
    make: Callable[[Call], HomePart]


@dataclass
class Feature:
    """A feature as users meet it. `name` is its folder's name."""

    name: str
    commands: list[Command] = field(default_factory=list)
    presses: list[Press] = field(default_factory=list)
    replies: list[ReplyTo] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    links: list[Opened] = field(default_factory=list)
    conversations: list[Conversation] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    edits: list[Entry] = field(default_factory=list)
    memberships: list[Entry] = field(default_factory=list)
    group_commands: list[Entry] = field(default_factory=list)
    any_presses: list[Entry] = field(default_factory=list)

    def command(
        self, name: str, needs: Needs, *, listed: bool = True, parks: bool = True
    ) -> Callable[[Callable[[Call, str], Answer]], Callable[[Call, str], Answer]]:
        """Let the decorated function answer `/name`."""

        def register(run: Callable[[Call, str], Answer]) -> Callable[[Call, str], Answer]:
            self.commands.append(Command(name, needs, run, parks=parks, listed=listed))
            return run

        return register

    def press(
        self, kind: type[D], needs: Needs
    ) -> Callable[[Callable[[Call, D], Answer]], Callable[[Call, D], Answer]]:
        """Let the decorated function answer buttons of `kind`."""

        def register(run: Callable[[Call, D], Answer]) -> Callable[[Call, D], Answer]:
            self.presses.append(Press(kind.__name__, needs, run, kind=kind))
            return run

        return register

    def reply_to(
        self, prefix: str, needs: Needs
    ) -> Callable[[Callable[[Call, str], Answer]], Callable[[Call, str], Answer]]:
        """Let the decorated function take replies to our messages of a context."""

        def register(run: Callable[[Call, str], Answer]) -> Callable[[Call, str], Answer]:
            self.replies.append(ReplyTo(f"reply {prefix}", needs, run, parks=True, prefix=prefix))
            return run

        return register

    def message(
        self, *sent: Sent, needs: Needs, wants: Wants | None = None
    ) -> Callable[[Callable[[Call, Any], Answer]], Callable[[Call, Any], Answer]]:
        """Let the decorated function take messages outside any conversation.

        It returns None to say nothing. The first feature that declares a kind of message for
        somebody, and `wants` this one, takes it.
        """

        def register(run: Callable[[Call, Any], Answer]) -> Callable[[Call, Any], Answer]:
            name = "message " + " ".join(sent)
            self.messages.append(Message(name, needs, run, sent=frozenset(sent), wants=wants))
            return run

        return register

    def link(
        self, prefix: str, needs: Needs
    ) -> Callable[[Callable[[Call, str], Answer]], Callable[[Call, str], Answer]]:
        """Let the decorated function answer /start with the payload `prefix_…`; gets the rest.

        The link is `bot.chat.cards.links.link(desk, f"{prefix}_{rest}")`; Telegram takes 64
        letters, digits, "_" and "-".
        """

        def register(run: Callable[[Call, str], Answer]) -> Callable[[Call, str], Answer]:
            self.links.append(Opened(f"link {prefix}", needs, run, prefix=prefix))
            return run

        return register

    def edited(self, run: Callable[[Call, Any], Answer]) -> Callable[[Call, Any], Answer]:
        """Let the decorated function take a message that its sender changed afterwards."""
        self.edits.append(Entry("edited message", ANYONE, run))
        return run

    def membership(self, run: Callable[[Call, bool], Answer]) -> Callable[[Call, bool], Answer]:
        """Let the decorated function know that a chat lost the bot (True) or has it again."""
        self.memberships.append(Entry("membership", ANYONE, run))
        return run

    def group_command(self, run: Callable[[Call, Any], Answer]) -> Callable[[Call, Any], Answer]:
        """Let the decorated function answer commands that are said in a group."""
        self.group_commands.append(Entry("group command", ANYONE, run))
        return run

    def any_press(self, run: Callable[[Call, str], Answer]) -> Callable[[Call, str], Answer]:
        """Let the decorated function answer buttons that no feature knows; gets their data."""
        self.any_presses.append(Entry("any button", ANYONE, run))
        return run

    def converse(self, conversation: Conversation) -> Conversation:
        """Offer `conversation`."""
        self.conversations.append(conversation)
        return conversation

    def home(
        self, order: int, needs: Needs
    ) -> Callable[[Callable[[Call], HomePart]], Callable[[Call], HomePart]]:
        """Let the decorated function make the feature's part of the home screen."""

        def register(make: Callable[[Call], HomePart]) -> Callable[[Call], HomePart]:
            self.homes.append(Home(order, needs, make))
            return make

        return register
