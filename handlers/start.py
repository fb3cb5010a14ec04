"""Coming in: /start, /help, the home screen, registering, and taking an invitation up."""

from bot.chat.access import ANYONE
from bot.chat.call import Call
from bot.chat.cards import joining
from bot.chat.cards.help import Help, help_screen
from bot.chat.cards.home import Home
from bot.chat.cards.joining import (
    JOIN,
    Agree,
    AgreeFor,
    Decline,
    HaveInvitation,
    Offer,
    WantFor,
    WantToVolunteer,
    first_screen,
)
from bot.chat.conversation.model import Answers, Ask, Conversation, Reply, Step
from bot.chat.feature import Feature
from bot.chat.offered import find_link
from bot.chat.opening import open_link
from bot.chat.refusal import sentence
from bot.chat.screen import Answer, Screen
from bot.chat.text import Plain, T, Text
from bot.core.errors import BusinessError
from bot.core.roles import Role
from bot.features.people import service
from bot.features.people.actor import actor_of
from bot.features.people.errors import CodeUsedByYou, NoName
from bot.features.people.models import Person
from bot.features.people.redeeming import look_at, redeem
from bot.features.people.rules import proposed_name, read_name

feature = Feature("start")

_NAME = "name"


@feature.command("start", ANYONE)
def start(call: Call, arg: str) -> Answer:
    """Show where everything begins; with a link's payload open it, with a code take it up."""
    service.mark_reachable(call.work, call.actor.person_id)
    code = arg.strip()
    if not code:
        return first_screen(call)
    if find_link(code) is not None:
        return open_link(call, code)
    try:
        invited = look_at(call.work, actor=call.actor, code=code, config=call.config)
    except CodeUsedByYou:
        return first_screen(call)
    if _has_agreed(call):
        return _taken_up(call, invited.invitation_id, call.actor.name)
    return joining.consent(call, code=code, offer=Offer.of(invited, call.config))


@feature.command("help", ANYONE)
def help_(call: Call, _: str) -> Screen:
    """Show what the bot can do for the actor."""
    return help_screen(call)


@feature.press(Help, ANYONE)
def show_help(call: Call, _: Help) -> Screen:
    """Show what the bot can do for the actor."""
    return help_screen(call)


@feature.press(Home, ANYONE)
def home(call: Call, _: Home) -> Screen:
    """Show where everything begins."""
    return first_screen(call)


@feature.press(WantToVolunteer, ANYONE)
def want_to_volunteer(call: Call, _: WantToVolunteer) -> Screen:
    """Ask for consent; who gave it before is a volunteer at once (ORG-09)."""
    if _has_agreed(call):
        return _volunteer(call, call.actor.name)
    return joining.consent(call, code=None, offer=None)


@feature.press(WantFor, ANYONE)
def want_for(call: Call, data: WantFor) -> Answer:
    """Ask for consent before a link is opened; who gave it before is a volunteer at once."""
    if _has_agreed(call):
        return _volunteer_for(call, call.actor.name, data.then)
    return joining.consent(call, code=None, offer=None, then=data.then)


@feature.press(AgreeFor, ANYONE)
def agree_for(call: Call, data: AgreeFor) -> Answer:
    """Keep the actor under Telegram's name and open what they came for."""
    name = call.actor.name or proposed_name(call.sender_name)
    if name is None:
        raise NoName
    return _volunteer_for(call, name, data.then)


@feature.press(HaveInvitation, ANYONE)
def have_invitation(call: Call, _: HaveInvitation) -> Screen:
    """Say how an invitation is opened."""
    del call
    return joining.how_to_come_in()


@feature.press(Decline, ANYONE)
def decline(call: Call, _: Decline) -> Screen:
    """Keep nothing and say so."""
    del call
    return joining.declined()


@feature.press(Agree, ANYONE)
def agree(call: Call, data: Agree) -> Screen:
    """Keep the actor under Telegram's name."""
    name = call.actor.name or proposed_name(call.sender_name)
    if name is None:
        raise NoName
    if data.code is None:
        return _volunteer(call, name)
    try:
        invited = look_at(call.work, actor=call.actor, code=data.code, config=call.config)
    except CodeUsedByYou:
        return first_screen(call)
    return _taken_up(call, invited.invitation_id, name)


def _has_agreed(call: Call) -> bool:
    person = call.work.session.get(Person, call.actor.person_id)
    return person is not None and person.consent_at is not None and bool(person.name)


def _volunteer(call: Call, name: str) -> Screen:
    service.register_volunteer(call.work, actor=call.actor, name=name)
    return _come_in(call, None)


def _volunteer_for(call: Call, name: str, then: str) -> Answer:
    """Register the actor and open the link; where it is refused, say so at home."""
    _volunteer(call, name)
    try:
        with call.work.savepoint():
            return open_link(call, then)
    except BusinessError as refused:
        return first_screen(call, sentence(refused))


def _taken_up(call: Call, invitation_id: int, name: str) -> Screen:
    invited = redeem(call.work, actor=call.actor, invitation_id=invitation_id, name=name)
    return _come_in(call, Offer.of(invited, call.config))


def _come_in(call: Call, offer: Offer | None) -> Screen:
    """Show the home screen of the roles that the actor holds since this moment."""
    person = call.work.session.get_one(Person, call.actor.person_id)
    call.actor = actor_of(call.work, person)
    return first_screen(call, joining.joined(offer))


def _begin(call: Call, arg: str | None) -> Answers:
    if arg is None:
        return {}
    if find_link(arg) is not None:
        return {"_then": arg}
    invited = look_at(call.work, actor=call.actor, code=arg, config=call.config)
    offer = Offer.of(invited, call.config)
    # The code itself is never kept, not even in a draft.
    return {
        "_invitation": invited.invitation_id,
        "_role": offer.role.value,
        "_unit": offer.unit,
        "_takes_over": offer.takes_over,
    }


def _offer(answers: Answers) -> Offer | None:
    if "_invitation" not in answers:
        return None
    return Offer(Role(answers["_role"]), answers["_unit"], bool(answers["_takes_over"]))


def _ask_name(call: Call, answers: Answers) -> Ask:
    del call, answers
    return Ask(T("start.which_name"))


def _read_name(call: Call, reply: Reply, answers: Answers) -> str:
    del call, answers
    return read_name("" if reply.message is None else reply.message.text)


def _show_name(call: Call, answers: Answers) -> Text | None:
    del call
    return Plain(answers[_NAME]) if _NAME in answers else None


def _preview(call: Call, answers: Answers) -> Text:
    return joining.notice(call, offer=_offer(answers), name=answers[_NAME])


def _submit(call: Call, answers: Answers) -> Screen:
    if "_invitation" in answers:
        return _taken_up(call, answers["_invitation"], answers[_NAME])
    if "_then" in answers:
        opened = _volunteer_for(call, answers[_NAME], answers["_then"])
        return opened if isinstance(opened, Screen) else first_screen(call)
    return _volunteer(call, answers[_NAME])


feature.converse(
    Conversation(
        name=JOIN,
        needs=ANYONE,
        steps=[Step(_NAME, T("start.name_label"), _ask_name, _read_name, _show_name)],
        preview=_preview,
        submit=_submit,
        begin=_begin,
        submit_label=T("start.agree"),
    )
)
