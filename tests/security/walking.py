"""Walking through the entry points of a house, each tried by everybody."""

from collections.abc import AsyncIterator, Collection, Iterable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
)

from bot.chat import callback
from bot.chat.access import Needs
from bot.chat.conversation.handler import ConversationHandler
from bot.chat.conversation.model import (
    PREVIEW,
    Action,
    Begin,
    Choose,
    Control,
    Restart,
    Resume,
)
from bot.chat.edge.edge import EdgeApplication
from bot.chat.feature import Feature
from bot.chat.refusal import sentence
from bot.chat.render import Voice, to_plain
from bot.core.errors import BusinessError, NotAllowed, NotFound, StaleButton
from bot.features.attendance.errors import HasNoPlace
from bot.features.deadlines.errors import NotYourUnit as NotYourUnitToFile
from bot.features.people.errors import LastAdmin
from bot.features.posts.errors import NotSignedUp
from bot.features.reports.errors import NotPartnersContact, NotYourUnit
from tests.security.circles import May
from tests.security.expectations import COMMANDS, PRESSES
from tests.security.expected_ways import FLOWS, LINKS, REPLIES
from tests.security.foreign import FOREIGN
from tests.security.furniture import PEOPLE, SECRET, STRANGER
from tests.security.house import House, Outcome

EVERYBODY = (*PEOPLE, STRANGER)
_VOICE = Voice(language="zh_CN", zone=ZoneInfo("UTC"))
ONE_PERSON = ({"other_contact"}, {"volunteer"}, {"team_lead"}, {"coordinator"})
"""Who has something of their own that nobody else of their role may touch."""
_OF_ALL_FLOWS = {Begin, Resume, Restart, Choose, Control}


def _said(error: BusinessError) -> str:
    return to_plain(sentence(error), _VOICE)


LACKS_ROLE = frozenset({_said(NotAllowed())})
GENERAL = LACKS_ROLE | {_said(NotFound()), _said(StaleButton())}
NOT_YOURS = GENERAL | {
    _said(error)
    for error in (
        NotYourUnit(),
        NotYourUnitToFile(),
        NotPartnersContact(),
        LastAdmin(),
        NotSignedUp(),
        HasNoPlace(place="other_post_lead岗"),
    )
}


@dataclass(frozen=True)
class Breach:
    """What somebody got that they should not, or did not get that they should."""

    who: str
    what: str
    why: str


def declared(features: Iterable[Feature]) -> dict[str, Collection[object]]:
    """Return what the features declare, by the expectations' tables."""
    known = list(features)
    return {
        "commands": {entry.name for one in known for entry in one.commands}
        | {flow.command for one in known for flow in one.conversations if flow.command},
        "presses": {entry.kind for one in known for entry in one.presses},
        "flows": {flow.name for one in known for flow in one.conversations},
        "replies": {entry.prefix for one in known for entry in one.replies},
        "links": {entry.prefix for one in known for entry in one.links},
    }


def unexpected(features: Iterable[Feature]) -> set[object]:
    """Return the entry points, declared or in the codec's registry, without an expectation."""
    found = declared(features)
    # Tests of the codec register kinds of their own in the same process.
    ours = {kind for kind in callback.kinds().values() if kind.__module__.startswith("bot.")}
    kinds = ours - _OF_ALL_FLOWS
    return {
        *(set(found["commands"]) ^ COMMANDS.keys()),
        *(set(found["presses"]) ^ PRESSES.keys()),
        *(set(found["flows"]) ^ FLOWS.keys()),
        *(set(found["replies"]) ^ REPLIES.keys()),
        *(set(found["links"]) ^ LINKS.keys()),
        *(kinds - PRESSES.keys()),
    }


def undeclared(application: EdgeApplication, features: Iterable[Feature]) -> list[str]:
    """Return the kinds of handlers of which the dispatcher has more than the features declare."""
    known = list(features)
    declared_counts = {
        CommandHandler: sum(len(one.commands) for one in known),
        CallbackQueryHandler: sum(len(one.presses) + len(one.any_presses) for one in known),
        ConversationHandler: sum(len(one.conversations) for one in known),
        MessageHandler: sum(
            len(one.replies) + len(one.messages) + len(one.edits) + len(one.group_commands)
            for one in known
        ),
        ChatMemberHandler: sum(len(one.memberships) for one in known),
    }
    handlers = [handler for group in application.handlers.values() for handler in group]
    counts = {kind: sum(type(one) is kind for one in handlers) for kind in declared_counts}
    odd = [type(one).__name__ for one in handlers if type(one) not in declared_counts]
    return odd + [kind.__name__ for kind in counts if counts[kind] != declared_counts[kind]]


async def walk_commands(house: House) -> list[Breach]:
    """Let everybody write every command."""
    found = []
    for name, may in COMMANDS.items():
        for who in EVERYBODY:
            outcome = await house.say(who, f"/{name}")
            found += judge(who, f"/{name}", outcome, allowed=who in may)
            if who in may or outcome.changed:
                house.restore()
    return found


async def walk_links(house: House) -> list[Breach]:
    """Let everybody open every kind of link."""
    found = []
    for prefix, may in LINKS.items():
        for who in EVERYBODY:
            words = f"/start {prefix}_{may.own(house.things)}"
            outcome = await house.say(who, words)
            found += judge(who, words, outcome, allowed=who in may.who)
            if who in may.who or outcome.changed:
                house.restore()
    return found


async def walk_presses(house: House, kinds: Iterable[type] | None = None) -> list[Breach]:
    """Let everybody press every button, or those of `kinds`."""
    found = []
    for kind, may in PRESSES.items():
        if kinds is not None and kind not in kinds:
            continue
        for who in sorted({*EVERYBODY, *may.who}):
            outcome = await _pressed(house, who, may)
            lacks = GENERAL if may.who in ONE_PERSON else LACKS_ROLE
            found += judge(who, kind.__name__, outcome, allowed=who in may.who, refusals=lacks)
            if who in may.who or outcome.changed:
                house.restore()
    return found


async def _pressed(house: House, who: str, may: May) -> Outcome:
    if may.during is not None and who in may.who:
        await house.give_draft(who, *may.during, dict(may.given))
    return await house.press(who, may.own(house.things))


async def walk_foreign(house: House) -> list[Breach]:
    """Let those who have the role press buttons for what is not theirs."""
    found = []
    for who, make in FOREIGN:
        data = make(house.things)
        outcome = await house.press(who, data)
        found += judge(who, repr(data), outcome, allowed=False, refusals=NOT_YOURS)
        house.restore()
    return found


async def walk_flows(house: House) -> list[Breach]:
    """Let everybody begin every conversation, and go on with one that they may not any more."""
    found = []
    for flow, may in FLOWS.items():
        for who in EVERYBODY:
            outcome = await house.press(who, Begin(flow))
            what = f"begin {flow}"
            if who not in may:
                found += judge(who, what, outcome, allowed=False)
                async for what, outcome in _going_on(house, who, flow):
                    found += judge(who, what, outcome, allowed=False)
            elif not outcome.settled or outcome.said in LACKS_ROLE:
                found.append(Breach(who, what, outcome.said))
            house.restore()
    return found


async def _going_on(house: House, who: str, flow: str) -> AsyncIterator[tuple[str, Outcome]]:
    if who == STRANGER:
        return
    step = _first_step(house, flow)
    draft = await house.give_draft(who, flow, step, {})
    yield f"answer {flow}", await house.say(who, "1")
    yield f"resume {flow}", await house.press(who, Resume(flow))
    yield f"restart {flow}", await house.press(who, Restart(flow))
    choose = Choose(flow, draft, step, "1")
    yield f"choose {flow}", await house.press(who, choose)
    for action in Action:
        about = PREVIEW if action is Action.submit else step
        control = Control(flow, draft, action, about)
        yield f"{action.name} {flow}", await house.press(who, control)


def _first_step(house: House, flow: str) -> str:
    [found] = [
        one
        for feature in house.bot.app.features
        for one in feature.conversations
        if one.name == flow
    ]
    return found.steps[0].key


def judge(
    who: str,
    what: str,
    outcome: Outcome,
    *,
    allowed: bool,
    refusals: frozenset[str] = LACKS_ROLE,
) -> list[Breach]:
    """Return what is wrong with `outcome` for somebody who may, or may not, do this."""
    wrong = []
    if not outcome.settled:
        wrong.append("the update was not handled")
    if not outcome.said:
        wrong.append("nothing was answered")
    if allowed and outcome.said in GENERAL:
        wrong.append(f"refused: {outcome.said}")
    if not allowed:
        if outcome.said not in refusals:
            wrong.append(f"not refused: {outcome.said[:60]}")
        if SECRET in outcome.said:
            wrong.append("something leaked")
        if outcome.changed:
            wrong.append(f"changed {sorted(outcome.changed)}")
        if outcome.told:
            wrong.append(f"others were told: {sorted(outcome.told)}")
    return [Breach(who, what, why) for why in wrong]


def with_needs(features: Iterable[Feature], kind: type, needs: Needs) -> list[Feature]:
    """Return the features with other needs for the button `kind`."""

    def changed(feature: Feature) -> Feature:
        presses = [
            replace(entry, needs=needs) if entry.kind is kind else entry
            for entry in feature.presses
        ]
        return replace(feature, presses=presses)

    return [changed(feature) for feature in features]


def shown(breaches: Iterable[Breach]) -> list[str]:
    """Return the breaches as lines for the message of an assertion."""
    return [f"{one.who}: {one.what}: {one.why}" for one in breaches]
