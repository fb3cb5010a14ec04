"""How somebody comes in: the welcome, the privacy notice, and consent to it (ORG-09, ORG-18)."""

from dataclasses import dataclass
from typing import Self

from bot.chat.call import Call
from bot.chat.callback import callback
from bot.chat.cards.help import Help
from bot.chat.cards.home import home_button, home_screen
from bot.chat.cards.privacy import privacy_text
from bot.chat.cards.roles import bound_to, role_for
from bot.chat.conversation.model import Begin
from bot.chat.refusal import explains, sentence
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, T, Text
from bot.config import Config
from bot.core.errors import BusinessError
from bot.core.roles import Role
from bot.features.people.errors import (
    AlreadyHolds,
    CodeExpired,
    CodeRevoked,
    CodeUnitClosed,
    CodeUnknown,
    CodeUsed,
    TooManyWrongCodes,
)
from bot.features.people.redeeming import Invited
from bot.features.people.rules import proposed_name

JOIN = "join"
"""The conversation that asks for another name than Telegram's, and for consent."""


@callback("jn", shows=True)
@dataclass(frozen=True)
class WantToVolunteer:
    """Shows the privacy notice to somebody who wants to be a volunteer."""


@callback("jn.t", shows=True)
@dataclass(frozen=True)
class WantFor:
    """Shows the notice to who wants to be a volunteer for what the link `then` opens."""

    then: str


@callback("jn.tk")
@dataclass(frozen=True)
class AgreeFor:
    """Agrees to the notice under Telegram's name and opens the link `then`."""

    then: str


@callback("jn.i")
@dataclass(frozen=True)
class HaveInvitation:
    """Says how to come in by an invitation."""


@callback("jn.ok")
@dataclass(frozen=True)
class Agree:
    """Agrees to the notice under Telegram's name.

    `code` is the invitation that is taken up; None registers a volunteer.
    """

    code: str | None


@callback("jn.no")
@dataclass(frozen=True)
class Decline:
    """Does not want to be kept."""


@dataclass(frozen=True)
class Offer:
    """What an invitation gives; `unit` is the unit's name or the team's, None without either."""

    role: Role
    unit: str | None
    takes_over: bool

    @classmethod
    def of(cls, invited: Invited, config: Config) -> Self:
        """Return what `invited` gives."""
        unit = None if invited.unit is None else invited.unit.name
        held_for = bound_to(config, unit, invited.team)
        return cls(invited.role, held_for, invited.from_person_id is not None)


def first_screen(call: Call, note: Text | None = None) -> Screen:
    """Return where everything begins: the home screen, or the welcome for who holds no role."""
    return home_screen(call, note) if call.actor.registered else welcome(call, note)


def welcome(call: Call, note: Text | None = None) -> Screen:
    """Return the first screen of somebody who holds no role."""
    hello = T("start.welcome", district=call.config.campaign.district)
    return Screen(
        hello if note is None else Lines(note, BLANK, hello),
        [
            [Button(T("start.volunteer"), WantToVolunteer(), Style.primary)],
            [Button(T("start.have_invitation"), HaveInvitation())],
            [Button(T("more.help"), Help())],
        ],
    )


def how_to_come_in() -> Screen:
    """Return what somebody with an invitation is to do."""
    return Screen(T("start.open_your_link"), [[home_button()]])


def consent(
    call: Call, *, code: str | None, offer: Offer | None, then: str | None = None
) -> Screen:
    """Return the privacy notice with the name that Telegram proposes.

    `offer` is what the invitation `code` gives; both are None for a volunteer. `then` is the link
    that is opened afterwards; None for none.
    """
    name = proposed_name(call.sender_name)
    rows: list[Row] = []
    if name is not None:
        agree = (
            T("start.agree_volunteer", name=name)
            if offer is None
            else T("start.agree_invited", name=name)
        )
        agrees = Agree(code) if then is None else AgreeFor(then)
        rows.append([Button(agree, agrees, Style.primary)])
    rows.append(
        [Button(T("start.other_name"), Begin(JOIN, then or code)), Button(T("start.no"), Decline())]
    )
    return Screen(Lines(_offered(offer), BLANK, privacy_text(call)), rows)


def declined() -> Screen:
    """Return the answer to somebody who does not want to be kept."""
    return Screen(T("start.declined"), [[home_button()]])


def notice(call: Call, *, offer: Offer | None, name: str) -> Text:
    """Return what somebody agrees to under `name`: the end of the conversation."""
    return Lines(_offered(offer), T("start.name", name=name), BLANK, privacy_text(call))


def joined(offer: Offer | None) -> Text:
    """Return the line that says what somebody has become."""
    if offer is None:
        return T("start.is_volunteer")
    return T("start.is_now", role=role_for(offer.role, offer.unit))


def _offered(offer: Offer | None) -> Text:
    if offer is None:
        return T("start.be_volunteer")
    role = role_for(offer.role, offer.unit)
    return T("start.take_over", role=role) if offer.takes_over else T("start.invited", role=role)


def _with_way_home(_: Call, error: BusinessError) -> Screen:
    return Screen(sentence(error), [[home_button()]], new=True)


for _refused in (
    AlreadyHolds,
    CodeExpired,
    CodeRevoked,
    CodeUnitClosed,
    CodeUnknown,
    CodeUsed,
    TooManyWrongCodes,
):
    explains(_refused)(_with_way_home)
