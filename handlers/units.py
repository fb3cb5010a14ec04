"""The register of units for the office: /units, unit cards, members of groups (ORG-05, ORG-06)."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.cards import units as cards
from bot.chat.cards.inviting import Inviting
from bot.chat.cards.units import MEMBER, CloseUnit, OpenUnit, ReopenUnit, Staff, Unbind, Units
from bot.chat.conversation.model import Answers, Ask, Conversation, Reply, Step
from bot.chat.feature import Feature, HomePart
from bot.chat.screen import Button, Screen
from bot.chat.text import Lines, Listed, Plain, T, Text, tn
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.features.people.leaving import access_binding, remove_binding
from bot.features.people.queries import bindings
from bot.features.units import rules, service
from bot.features.units.access import access_group, access_unit
from bot.features.units.models import Unit
from bot.features.units.queries import members_of, register, tasks_of

feature = Feature("units")

_GROUP = "_group"
_NAMES = "names"


@feature.command("units", OFFICE_ONLY)
def units(call: Call, _: str) -> Screen:
    """Show the register from its beginning."""
    return _list(call, Units(1, gaps=False))


@feature.press(Units, OFFICE_ONLY)
def turn(call: Call, data: Units) -> Screen:
    """Show a page of the register."""
    return _list(call, data)


@feature.press(OpenUnit, OFFICE_ONLY)
def open_unit(call: Call, data: OpenUnit) -> Screen:
    """Show a unit."""
    return _card(call, access_unit(call.work, call.actor, data.unit_id), number=data.page)


@feature.press(Unbind, OFFICE_ONLY)
def unbind(call: Call, data: Unbind) -> Screen:
    """End somebody's role for a unit, after a second press."""
    grant = access_binding(call.work, call.actor, data.grant_id)
    unit = access_unit(call.work, call.actor, grant.unit_id or 0)
    binding = next(
        (one for one in bindings(call.work, [unit.id]) if one.grant_id == grant.id), None
    )
    if binding is None:
        raise NotFound
    if not data.sure:
        return cards.unbind_question(binding, unit)
    remove_binding(call.work, actor=call.actor, grant_id=data.grant_id)
    return _card(call, unit, note=T("units.unbound", name=binding.name))


@feature.press(CloseUnit, OFFICE_ONLY)
def close(call: Call, data: CloseUnit) -> Screen:
    """End what a unit owes, after a second press."""
    if not data.sure:
        return cards.close_question(access_unit(call.work, call.actor, data.unit_id))
    return _card(call, service.close_unit(call.work, actor=call.actor, unit_id=data.unit_id))


@feature.press(ReopenUnit, OFFICE_ONLY)
def reopen(call: Call, data: ReopenUnit) -> Screen:
    """Let a closed unit answer again."""
    return _card(call, service.reopen_unit(call.work, actor=call.actor, unit_id=data.unit_id))


@feature.home(80, OFFICE_ONLY)
def home(call: Call) -> HomePart:
    """Name the units that nobody answers for, and lead to the register."""
    answering = rules.answering(register(call.work), call.now)
    lacking = Staff(bindings(call.work)).lacking(answering, Role.contact)
    lines = [tn("units.home_no_contact", len(lacking))] if lacking else []
    return HomePart(
        lines,
        [
            Button(T("units.open_register"), Units(1, gaps=False)),
            Button(T("units.invite"), Inviting()),
        ],
    )


def _list(call: Call, data: Units) -> Screen:
    known = register(call.work)
    return cards.units_screen(
        known,
        rules.answering(known, call.now),
        Staff(bindings(call.work)),
        number=data.page,
        gaps=data.gaps,
    )


def _card(call: Call, unit: Unit, *, number: int = 1, note: Text | None = None) -> Screen:
    return cards.unit_card(
        unit,
        config=call.config,
        tasks=[task.id for task in tasks_of(call.work, call.config, unit)],
        staff=Staff(bindings(call.work)),
        members=members_of(call.work, unit.id),
        number=number,
        note=note,
    )


def _begin(call: Call, arg: str | None) -> Answers:
    return {_GROUP: access_group(call.work, call.actor, read_id(arg)).id}


def _group(call: Call, answers: Answers) -> Unit:
    return access_group(call.work, call.actor, answers[_GROUP])


def _ask(call: Call, answers: Answers) -> Ask:
    return Ask(T("units.which_members", group=_group(call, answers).name))


def _read(call: Call, reply: Reply, answers: Answers) -> list[str]:
    text = "" if reply.message is None else reply.message.text
    return service.check_members(call.work, actor=call.actor, group_id=answers[_GROUP], text=text)


def _show(call: Call, answers: Answers) -> Text | None:
    del call
    if _NAMES not in answers:
        return None
    return tn("units.names", len(answers[_NAMES]))


def _preview(call: Call, answers: Answers) -> Text:
    names = answers[_NAMES]
    return Lines(
        tn("units.will_add", len(names), group=_group(call, answers).name),
        Listed([Plain(name) for name in names]),
    )


def _submit(call: Call, answers: Answers) -> Screen:
    added = service.add_members(
        call.work, actor=call.actor, group_id=answers[_GROUP], names=answers[_NAMES]
    )
    return _card(call, _group(call, answers), note=tn("units.added", len(added)))


feature.converse(
    Conversation(
        name=MEMBER,
        needs=OFFICE_ONLY,
        steps=[Step(_NAMES, T("units.names_label"), _ask, _read, _show)],
        preview=_preview,
        submit=_submit,
        begin=_begin,
    )
)
