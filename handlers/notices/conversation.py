"""Writing a notice: what it says, whom it reaches, and a second look before it goes."""

from typing import Any

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call, Incoming, Sent
from bot.chat.cards.notices import screens as cards
from bot.chat.conversation.model import (
    Answers,
    Ask,
    Conversation,
    Pick,
    Reply,
    Stay,
    Step,
)
from bot.chat.pager import page_of
from bot.chat.screen import Screen
from bot.chat.text import BLANK, Clipped, Lines, Listed, Plain, T, Text
from bot.core.errors import BusinessError
from bot.core.roles import Role
from bot.features.notices import service
from bot.features.notices.audience import Audience, reach
from bot.features.notices.errors import NotAFile, NothingToSay, TooBig
from bot.features.outbox.payload import Attachment
from bot.features.units.queries import answering_units

MOST_FILE_BYTES = 20 * 1024 * 1024
"""Telegram hands a bot no larger file (getFile); larger ones could not be archived."""
_ROLES = (
    Role.contact,
    Role.unit_head,
    Role.volunteer,
    Role.post_lead,
    Role.team_lead,
    Role.supervisor,
    Role.coordinator,
)
_UNITS_A_PAGE = 8
_SENDABLE = {Sent.photo, Sent.document, Sent.video}
_CHOSEN_MARK = "✓ "


class ChooseFirst(BusinessError):
    """Nobody was chosen yet."""

    key = "notices.error.choose_first"


def _ask_content(call: Call, answers: Answers) -> Ask:
    del call
    given = _content(answers)
    return Ask(T("notices.ask_content") if given is None else T("notices.ask_content_again"))


def _read_content(call: Call, reply: Reply, answers: Answers) -> Any:
    del call, answers
    message = reply.message
    if message is None:
        raise NothingToSay
    if message.sent is Sent.text:
        service.check_text(message.text, with_file=False)
        return {"text": message.text, "files": []}
    if message.sent not in _SENDABLE or message.file is None:
        raise NotAFile
    service.check_text(message.text, with_file=True)
    return {"text": message.text, "files": [_attachment(message).plain()]}


def _attachment(message: Incoming) -> Attachment:
    file = message.file
    if file is None:
        raise NotAFile
    if file.size_bytes is not None and file.size_bytes > MOST_FILE_BYTES:
        raise TooBig(megabytes=round(file.size_bytes / 1024 / 1024))
    return Attachment(kind=file.kind.value, file_id=file.file_id, name=file.name)


def _show_content(call: Call, answers: Answers) -> Text | None:
    del call
    content = _content(answers)
    if content is None:
        return None
    return Clipped(content["text"], 40) if content["text"] else T("notices.file")


def _content(answers: Answers) -> dict[str, Any] | None:
    found = answers.get("content")
    return found if isinstance(found, dict) else None


def _ask_audience(call: Call, answers: Answers) -> Ask:
    chosen = _audience(answers)
    if answers.get("_page"):
        return _ask_units(call, answers, chosen)
    roles = [
        Pick(_marked(T(f"role.{role}"), chosen=role in chosen.roles), f"r.{role.value}")
        for role in _ROLES
    ]
    rows = [
        [Pick(_marked(T("notices.to_everyone"), chosen=chosen.everyone), "all")],
        *(roles[at : at + 2] for at in range(0, len(roles), 2)),
        [Pick(T("notices.by_unit", count=len(chosen.unit_ids)), "units")],
        [Pick(T("notices.chosen"), "done")],
    ]
    return Ask(Lines(T("notices.ask_audience"), BLANK, _summary(call, chosen)), rows)


def _ask_units(call: Call, answers: Answers, chosen: Audience) -> Ask:
    page = page_of(answering_units(call.work), int(answers["_page"]), size=_UNITS_A_PAGE)
    units = [
        Pick(_marked(Plain(unit.name), chosen=unit.id in chosen.unit_ids), f"u.{unit.id}")
        for unit in page.items
    ]
    turns = [
        Pick(Plain("‹"), f"p.{page.number - 1}") if page.number > 1 else None,
        Pick(Plain(f"{page.number}/{page.pages}"), f"p.{page.number}"),
        Pick(Plain("›"), f"p.{page.number + 1}") if page.number < page.pages else None,
    ]
    rows = [
        *(units[at : at + 2] for at in range(0, len(units), 2)),
        [turn for turn in turns if turn is not None],
        [Pick(T("notices.back_to_roles"), "roles"), Pick(T("notices.chosen"), "done")],
    ]
    return Ask(Lines(T("notices.ask_units"), BLANK, _summary(call, chosen)), rows)


def _read_audience(call: Call, reply: Reply, answers: Answers) -> Any:
    del call
    chosen = _audience(answers)
    choice = reply.choice or ""
    if choice == "done":
        if chosen == Audience():
            raise ChooseFirst
        return chosen.plain()
    if choice in {"units", "roles"}:
        return Stay(_page=1 if choice == "units" else 0)
    kind, _, value = choice.partition(".")
    if kind == "p" and value.isdigit():
        return Stay(_page=max(1, int(value)))
    return Stay(_audience=_toggled(chosen, choice).plain())


def _toggled(chosen: Audience, choice: str) -> Audience:
    kind, _, value = choice.partition(".")
    if choice == "all":
        return Audience(everyone=not chosen.everyone)
    if kind == "r" and value in set(_ROLES):
        return Audience(roles=chosen.roles ^ {Role(value)}, unit_ids=chosen.unit_ids)
    if kind == "u" and value.isdigit():
        return Audience(roles=chosen.roles, unit_ids=chosen.unit_ids ^ {int(value)})
    raise ChooseFirst


def _audience(answers: Answers) -> Audience:
    return Audience.of(answers.get("_audience") or answers.get("audience") or {})


def _show_audience(call: Call, answers: Answers) -> Text | None:
    if "audience" not in answers:
        return None
    return _words(call, Audience.of(answers["audience"]))


def _summary(call: Call, chosen: Audience) -> Text:
    return Lines(
        T("notices.chosen_so_far", audience=_words(call, chosen)),
        cards.reach_text(reach(call.work, chosen)),
    )


def _words(call: Call, chosen: Audience) -> Text:
    names = [unit.name for unit in answering_units(call.work) if unit.id in chosen.unit_ids]
    return cards.audience_text(chosen, names)


def _preview(call: Call, answers: Answers) -> Text:
    audience = Audience.of(answers.get("audience") or {})
    content = _content(answers) or {"text": "", "files": []}
    return Lines(
        cards.reach_text(reach(call.work, audience)),
        T("notices.chosen_so_far", audience=_words(call, audience)),
        T("notices.everyone_warning") if audience.everyone else None,
        T("notices.file_attached") if content["files"] else None,
        T("notices.preview_below"),
        T("notices.heading"),
        BLANK,
        Plain(content["text"]),
    )


def _submit(call: Call, answers: Answers) -> Screen:
    content = answers["content"]
    confirmed = service.confirm(
        call.work,
        actor=call.actor,
        text=content["text"],
        files=[Attachment(**file) for file in content["files"]],
        audience=Audience.of(answers["audience"]),
    )
    return Screen(T("notices.confirmed", number=str(confirmed.id), total=confirmed.total))


def _marked(text: Text, *, chosen: bool) -> Text:
    return Listed([Plain(_CHOSEN_MARK), text], between="") if chosen else text


notice = Conversation(
    name="notice",
    command="notice",
    needs=OFFICE_ONLY,
    steps=[
        Step("content", T("notices.label_content"), _ask_content, _read_content, _show_content),
        Step(
            "audience", T("notices.label_audience"), _ask_audience, _read_audience, _show_audience
        ),
    ],
    preview=_preview,
    submit=_submit,
    submit_label=T("notices.submit"),
)
