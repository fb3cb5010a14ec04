"""What the copy of a person's data holds of themselves, their drafts and their messages."""

import json
from collections.abc import Iterator
from typing import Any

from bot.chat.call import Call
from bot.chat.cards.home import home_button
from bot.chat.cards.roles import role_for
from bot.chat.mydata import DataPart, everything, exact, my_data
from bot.chat.render import stripped
from bot.chat.screen import Screen
from bot.chat.text import Plain, T, Text
from bot.core.dates import local_day
from bot.core.text import cleaned
from bot.features.audit.queries import entries_by
from bot.features.drafts.service import open_drafts
from bot.features.outbox.payload import Attachment
from bot.features.people.models import Person
from bot.features.people.queries import all_grants
from bot.features.people.traces import messages_to, updates_from
from bot.features.units.queries import units_by_id

_EVENTS = ("message", "edited_message", "callback_query", "my_chat_member")


def data_file(call: Call) -> Screen:
    """Return everything that is kept of the actor, as a file for them alone."""
    day = local_day(call.now, call.config.time.zone_info)
    file = Attachment(kind="document", name=f"mydata-{day.isoformat()}.txt", text=everything(call))
    return Screen(T("mydata.caption"), [[home_button()]], files=[file], protected=True)


@my_data(order=0)
def about_me(call: Call) -> DataPart:
    """Return what is kept of the person themselves."""
    person = call.work.session.get(Person, call.actor.person_id)
    lines: list[Text] = []
    if person is not None:
        zone = call.config.time.zone_info
        lines = [
            T("mydata.number", number=str(person.telegram_id)),
            T("mydata.name", name=person.name),
            T("mydata.phone", phone=person.phone or ""),
            T("mydata.language", language=person.language),
            T("mydata.team", team=person.team or ""),
            T("mydata.since", at=exact(person.created_at, zone)),
        ]
        if person.consent_at is not None:
            lines.append(T("mydata.consent", at=exact(person.consent_at, zone)))
    return DataPart(T("mydata.about_me"), lines)


@my_data(order=10)
def my_roles(call: Call) -> DataPart:
    """Return the roles that the person holds or held."""
    grants = all_grants(call.work, call.actor.person_id)
    units = units_by_id(call.work, [grant.unit_id for grant in grants if grant.unit_id is not None])
    zone = call.config.time.zone_info
    lines: list[Text] = []
    for grant in grants:
        unit = None if grant.unit_id is None else units[grant.unit_id].name
        role, since = role_for(grant.role, unit), exact(grant.granted_at, zone)
        if grant.revoked_at is None:
            lines.append(T("mydata.role", role=role, since=since))
        else:
            until = exact(grant.revoked_at, zone)
            lines.append(T("mydata.role_ended", role=role, since=since, until=until))
    return DataPart(T("mydata.roles"), lines)


@my_data(order=70)
def my_drafts(call: Call) -> DataPart:
    """Return what the person has begun and not finished."""
    drafts = open_drafts(call.work, chat_id=call.actor.telegram_id, person_id=call.actor.person_id)
    lines = [
        Plain(f"{draft.flow}: {json.dumps(draft.answers, ensure_ascii=False)}") for draft in drafts
    ]
    return DataPart(T("mydata.drafts"), lines)


@my_data(order=80)
def my_acts(call: Call) -> DataPart:
    """Return what the audit log holds of the person: numbers, no words."""
    zone = call.config.time.zone_info
    lines = [
        Plain(f"{exact(entry.at, zone).text}  {entry.action} {entry.subject}")
        for entry in entries_by(call.work, call.actor.person_id)
    ]
    return DataPart(T("mydata.acts"), lines)


@my_data(order=90)
def my_messages(call: Call) -> DataPart:
    """Return what the person wrote and pressed, as far as it is kept."""
    zone = call.config.time.zone_info
    lines = [
        Plain(f"{exact(kept.at, zone).text}  {_words(kept.data)}")
        for kept in updates_from(call.work, call.actor.telegram_id)
    ]
    return DataPart(T("mydata.from_me"), lines)


@my_data(order=91)
def messages_to_me(call: Call) -> DataPart:
    """Return what was written to the person."""
    zone = call.config.time.zone_info
    lines = [
        Plain(f"{exact(kept.at, zone).text}  {stripped(kept.data['html'])}")
        for kept in messages_to(call.work, call.actor.telegram_id)
    ]
    return DataPart(T("mydata.to_me"), lines)


@my_data(order=92)
def from_telegram(call: Call) -> DataPart:
    """Return what Telegram adds about the person to what they send."""
    senders = (_sender(kept.data) for kept in updates_from(call.work, call.actor.telegram_id))
    known = {json.dumps(sender, ensure_ascii=False) for sender in senders if sender is not None}
    return DataPart(T("mydata.from_telegram"), [Plain(cleaned(one)) for one in sorted(known)])


def _sender(update: dict[str, Any]) -> object:
    return next((event.get("from") for event in _events(update)), None)


def _words(update: dict[str, Any]) -> str:
    for event in _events(update):
        for key in ("text", "caption", "data"):
            if isinstance(event.get(key), str):
                return cleaned(event[key])
        return ", ".join(key for key in event if key not in {"from", "chat", "date", "message_id"})
    return ""


def _events(update: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (update[key] for key in _EVENTS if isinstance(update.get(key), dict))
