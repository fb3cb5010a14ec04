"""What people settle about themselves: name, team, handing a role over, giving one up."""

from collections.abc import Mapping, Sequence

from bot.chat.access import REGISTERED, needs
from bot.chat.call import Call
from bot.chat.cards import bindings as cards
from bot.chat.cards.account import RENAME, JoinTeam, Teams, more_screen, teams_screen
from bot.chat.cards.bindings import HandOver, Leave, named
from bot.chat.cards.home import More
from bot.chat.cards.joining import first_screen
from bot.chat.conversation.model import Answers, Ask, Conversation, Reply, Step
from bot.chat.feature import Feature, HomePart
from bot.chat.screen import Screen
from bot.chat.text import Plain, T, Text
from bot.core.errors import NotFound
from bot.core.roles import UNIT_BOUND, Role
from bot.features.cover.answering import rests_until
from bot.features.people import service
from bot.features.people.actor import actor_of
from bot.features.people.invitations import find_by_code, hand_over
from bot.features.people.leaving import access_own_grant, leave
from bot.features.people.models import Grant, Person
from bot.features.people.queries import own_grants
from bot.features.people.rules import read_name
from bot.features.units.models import Unit
from bot.features.units.queries import units_by_id

feature = Feature("people")

_NAME = "name"
_UNIT_PEOPLE = needs(Role.contact, Role.unit_head)
_IN_TEAMS = needs(Role.volunteer, Role.team_lead)


@feature.press(More, REGISTERED)
def more(call: Call, _: More) -> Screen:
    """Show what the actor can settle about themselves."""
    return more_screen(call, rests_until=rests_until(call.work, call.actor.person_id))


@feature.press(Teams, _IN_TEAMS)
def teams(call: Call, _: Teams) -> Screen:
    """Show the kinds of volunteer teams."""
    return teams_screen(call, call.work.session.get_one(Person, call.actor.person_id).team)


@feature.press(JoinTeam, _IN_TEAMS)
def join_team(call: Call, data: JoinTeam) -> Screen:
    """Put the actor into a kind of team."""
    service.choose_team(call.work, actor=call.actor, team=data.slug, config=call.config)
    return teams_screen(call, data.slug)


@feature.press(HandOver, _UNIT_PEOPLE)
def hand_over_to(call: Call, data: HandOver) -> Screen:
    """Make the link by which a successor takes over; the only role there is needs no question."""
    held = [grant for grant in own_grants(call.work, call.actor) if grant.role in UNIT_BOUND]
    units = _units(call, held)
    if data.grant_id is None and len(held) > 1:
        return cards.hand_over_choice(held, units)
    wanted = held[0].id if data.grant_id is None else data.grant_id
    grant = next((one for one in held if one.id == wanted), None)
    if grant is None:
        raise NotFound
    code = hand_over(call.work, actor=call.actor, grant_id=grant.id, config=call.config)
    made = find_by_code(call.work, code)
    if made is None:
        raise NotFound
    return cards.hand_over_link(call, made, named(grant, units), code)


@feature.press(Leave, REGISTERED)
def give_up(call: Call, data: Leave) -> Screen:
    """Give a role up, after a second press."""
    if data.grant_id is None:
        held = own_grants(call.work, call.actor)
        return cards.leave_choice(held, _units(call, held))
    grant = access_own_grant(call.work, call.actor, data.grant_id)
    role = named(grant, _units(call, [grant]))
    if not data.sure:
        return cards.leave_question(grant, role)
    leave(call.work, actor=call.actor, grant_id=grant.id)
    call.actor = actor_of(call.work, call.work.session.get_one(Person, call.actor.person_id))
    return first_screen(call, T("bindings.left", role=role))


@feature.home(5, _UNIT_PEOPLE)
def home(call: Call) -> HomePart:
    """Tell who is bound to a closed unit that it takes no part any more."""
    units = units_by_id(call.work, [*call.actor.unit_ids, *call.actor.headed_unit_ids])
    closed = [unit for unit in units.values() if unit.closed_at is not None]
    return HomePart([T("bindings.unit_closed", unit=unit.name) for unit in closed])


@feature.membership
def membership(call: Call, gone: bool) -> None:  # noqa: FBT001 - what the edge calls it with
    """Note that the actor's chat lost the bot or has it again."""
    if not call.place.private:
        return
    if gone:
        service.mark_unreachable(call.work, call.actor.telegram_id)
    else:
        service.mark_reachable(call.work, call.actor.person_id)


def _units(call: Call, grants: Sequence[Grant]) -> Mapping[int, Unit]:
    return units_by_id(call.work, [one.unit_id for one in grants if one.unit_id is not None])


def _ask(call: Call, answers: Answers) -> Ask:
    del answers
    return Ask(T("rename.which", name=call.actor.name))


def _read(call: Call, reply: Reply, answers: Answers) -> str:
    del call, answers
    return read_name("" if reply.message is None else reply.message.text)


def _show(call: Call, answers: Answers) -> Text | None:
    del call
    return Plain(answers[_NAME]) if _NAME in answers else None


def _preview(call: Call, answers: Answers) -> Text:
    return T("rename.preview", old=call.actor.name, new=answers[_NAME])


def _submit(call: Call, answers: Answers) -> Screen:
    service.rename(call.work, actor=call.actor, name=answers[_NAME])
    call.actor = actor_of(call.work, call.work.session.get_one(Person, call.actor.person_id))
    return first_screen(call, T("rename.done", name=call.actor.name))


feature.converse(
    Conversation(
        name=RENAME,
        needs=REGISTERED,
        steps=[Step(_NAME, T("start.name_label"), _ask, _read, _show)],
        preview=_preview,
        submit=_submit,
        submit_label=T("rename.submit"),
    )
)
