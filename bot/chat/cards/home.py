"""The home screen: what is due, by role, computed from what all features declare for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.call import Call
from bot.chat.callback import callback
from bot.chat.cards.roles import role_name
from bot.chat.conversation.model import Resume
from bot.chat.feature import HomePart
from bot.chat.offered import offered
from bot.chat.render import rows_of
from bot.chat.screen import Button, LinkButton, Row, Screen
from bot.chat.text import BLANK, Lines, Listed, Plain, T, Text, tn
from bot.core.dates import local_day
from bot.core.roles import Role
from bot.features.drafts.models import Draft
from bot.features.drafts.service import open_drafts
from bot.features.units.queries import units_by_id

_MOST_DRAFTS = 3
_IN_A_ROW = 2


@callback("home", shows=True)
@dataclass(frozen=True)
class Home:
    """Shows the home screen."""


@callback("more", shows=True)
@dataclass(frozen=True)
class More:
    """Shows what a person can settle about themselves."""


def home_button() -> Button:
    """Return the button that leads to the home screen."""
    return Button(T("home.home"), Home())


def home_screen(call: Call, note: Text | None = None) -> Screen:
    """Return the home screen of a registered person, `note` above it.

    Who has no role yet gets the welcome instead (`bot.chat.cards.joining`).
    """
    parts = [
        home.make(call)
        for home in sorted(
            (home for feature in offered() for home in feature.homes), key=lambda home: home.order
        )
        if home.needs.met_by(call.actor)
    ]
    drafts = _drafts(call)
    lines = [line for part in parts for line in part.lines]
    if drafts:
        titles = Listed([T(f"flow.{draft.flow}") for draft in drafts])
        lines.append(T("home.unfinished", titles=titles))
    head = T("home.title", district=call.config.campaign.district, who=_who(call))
    return Screen(
        Lines(
            note,
            None if note is None else BLANK,
            head,
            _phase(call),
            BLANK,
            *(lines or [T("home.nothing_due")]),
        ),
        _rows(parts, drafts),
    )


def _rows(parts: Sequence[HomePart], drafts: Sequence[Draft]) -> list[Row]:
    buttons: list[Button | LinkButton] = [button for part in parts for button in part.buttons]
    go_on = [
        [Button(T("home.go_on", title=T(f"flow.{draft.flow}")), Resume(draft.flow))]
        for draft in drafts
    ]
    return [*go_on, *rows_of(buttons, width=_IN_A_ROW), [Button(T("home.more"), More())]]


def _who(call: Call) -> Text:
    actor = call.actor
    units = units_by_id(call.work, [*actor.unit_ids, *actor.headed_unit_ids])
    if units:
        return Listed([Plain(unit.name) for unit in units.values()])
    if actor.may({Role.coordinator}):
        return Plain(call.config.unit(call.config.campaign.coordinator).name)
    if Role.supervisor in actor.roles:
        return Plain(call.config.unit(call.config.campaign.supervisor).name)
    highest = next((role for role in Role if role in actor.roles), Role.citizen)
    return role_name(highest)


def _phase(call: Call) -> Text | None:
    """Return which day of the campaign it is; None after a campaign that ended (TIME-01)."""
    today = local_day(call.now, call.config.time.zone_info)
    phase = call.config.phase_on(today)
    if phase is None:
        ahead = next((one for one in call.config.phases if today < one.start), None)
        if ahead is None:
            return None
        left = (ahead.start - today).days
        return tn("home.phase_ahead", left, phase=ahead.name, start=ahead.start)
    day = str(phase.day_number(today))
    if phase.days is None:
        return T("home.phase_open", phase=phase.name, day=day)
    return T("home.phase", phase=phase.name, day=day, days=str(phase.days))


def _drafts(call: Call) -> list[Draft]:
    flows = {flow.name: flow for feature in offered() for flow in feature.conversations}
    found = open_drafts(call.work, chat_id=call.place.chat_id, person_id=call.actor.person_id)
    return [
        draft
        for draft in found
        if draft.flow in flows and flows[draft.flow].needs.met_by(call.actor)
    ][:_MOST_DRAFTS]
