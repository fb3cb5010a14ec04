"""The buttons of attendance."""

from dataclasses import dataclass

from bot.chat.callback import callback
from bot.features.attendance.roll import Mark

CHECK_IN = "checkin"
"""The conversation that takes a code."""


@callback("at.i", shows=True)
@dataclass(frozen=True)
class AskCode:
    """Asks for the code of a post, to check in."""

    post_id: int


@callback("at.o")
@dataclass(frozen=True)
class CheckOut:
    """Checks out of a post; before its end it asks first unless `sure`."""

    post_id: int
    sure: bool


@callback("at.k")
@dataclass(frozen=True)
class CountCompanions:
    """Says how many of the person's people are there."""

    post_id: int
    present: int


@callback("at.c", shows=True)
@dataclass(frozen=True)
class ShowCode:
    """Shows the code of now, to who answers for the post."""

    post_id: int


@callback("at.q", shows=True)
@dataclass(frozen=True)
class ShowQr:
    """Shows the QR code of now, to who answers for the post."""

    post_id: int


@callback("at.r", shows=True)
@dataclass(frozen=True)
class TakeRoll:
    """Shows a page of the list, to who answers for the post."""

    post_id: int
    page: int


@callback("at.m")
@dataclass(frozen=True)
class MarkPerson:
    """Says of a sign-up what `what` says; `minutes` is how late or early.

    The button names what is to be, so that a second tap changes nothing.
    """

    post_id: int
    signup_id: int
    what: Mark
    minutes: int
    page: int


@callback("at.a")
@dataclass(frozen=True)
class AllHere:
    """Lets everybody be there of whom nothing is known."""

    post_id: int


@callback("at.p", shows=True)
@dataclass(frozen=True)
class OnePerson:
    """Shows one sign-up of the list with everything that can be said of it."""

    post_id: int
    signup_id: int
    page: int


@callback("at.n")
@dataclass(frozen=True)
class SetPresent:
    """Says how many people of a sign-up are there."""

    post_id: int
    signup_id: int
    present: int
    page: int
