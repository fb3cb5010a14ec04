"""What people settle about themselves: language, name, team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.call import Call
from bot.chat.callback import callback
from bot.chat.cards.bindings import HandOver, Leave
from bot.chat.cards.cover.buttons import AskAgain, RestThisWeek
from bot.chat.cards.help import Help
from bot.chat.cards.home import More, home_button
from bot.chat.cards.joining import WantToVolunteer
from bot.chat.cards.minors import Minor
from bot.chat.cards.posts.leadtime import LeadTime
from bot.chat.cards.privacy import Privacy
from bot.chat.conversation.model import Begin
from bot.chat.render import rows_of
from bot.chat.screen import Button, LinkButton, Screen
from bot.chat.text import Lines, Plain, T, Text
from bot.core.roles import UNIT_BOUND, Role

RENAME = "rename"
"""The conversation that asks for another name."""

_AT_POSTS = frozenset({Role.volunteer, Role.citizen, Role.team_lead, Role.post_lead})
_LANGUAGES: dict[str, Text] = {"zh_CN": T("language.zh"), "en": T("language.en")}


@callback("lg", shows=True)
@dataclass(frozen=True)
class Languages:
    """Shows the languages there are."""


@callback("lg.s")
@dataclass(frozen=True)
class Speak:
    """Chooses a language."""

    language: str


@callback("tm", shows=True)
@dataclass(frozen=True)
class Teams:
    """Shows the kinds of volunteer teams."""


@callback("tm.s")
@dataclass(frozen=True)
class JoinTeam:
    """Chooses a kind of team; None leaves it."""

    slug: str | None


def more_screen(call: Call, *, rests_until: datetime | None) -> Screen:
    """Return what a person can settle about themselves, as far as it concerns them.

    `rests_until` is until when they want no asks to help out; None: they may be asked.
    """
    roles = call.actor.roles
    volunteer = Role.volunteer in roles
    offers: list[Button | LinkButton | None] = [
        Button(T("more.language"), Languages()),
        Button(T("more.rename"), Begin(RENAME)),
        Button(T("more.team"), Teams()) if volunteer else None,
        Button(T("more.lead_time"), LeadTime()) if roles & _AT_POSTS else None,
        Button(T("minors.more"), Minor()) if volunteer else None,
        _asks(rests_until) if volunteer else Button(T("start.volunteer"), WantToVolunteer()),
        Button(T("more.hand_over"), HandOver(None)) if roles & UNIT_BOUND else None,
        Button(T("more.leave"), Leave(None, sure=False)) if roles else None,
        Button(T("more.privacy"), Privacy()),
        Button(T("more.help"), Help()),
    ]
    buttons = [offer for offer in offers if offer is not None]
    return Screen(
        Lines(
            T("more.title"),
            T("more.name", name=call.actor.name),
            None if rests_until is None else T("cover.rests_line", until=rests_until),
        ),
        [*rows_of(buttons, width=2), [home_button()]],
    )


def language_screen(call: Call) -> Screen:
    """Return the languages to choose from, each in its own words."""
    offered = [one.value for one in call.config.languages.available]
    return Screen(
        T("language.which"),
        [
            [Button(_LANGUAGES[language], Speak(language)) for language in offered],
            [home_button()],
        ],
    )


def teams_screen(call: Call, chosen: str | None) -> Screen:
    """Return the kinds of teams, `chosen` marked; belonging to none is fine (ORG-09).

    A school's team is joined by its link alone and not offered (VOL-11).
    """
    rows: list[Sequence[Button]] = [
        [Button(_marked(team.name, marked=team.slug == chosen), JoinTeam(team.slug))]
        for team in call.config.volunteer_teams
        if not team.school or team.slug == chosen
    ]
    if chosen is not None:
        rows.append([Button(T("team.none"), JoinTeam(None))])
    return Screen(T("team.which"), [*rows, [Button(T("more.back"), More()), home_button()]])


def _asks(rests_until: datetime | None) -> Button:
    if rests_until is None:
        return Button(T("cover.rest"), RestThisWeek(None))
    return Button(T("cover.ask_me"), AskAgain())


def _marked(name: str, *, marked: bool) -> Text:
    return T("team.chosen", name=name) if marked else Plain(name)
