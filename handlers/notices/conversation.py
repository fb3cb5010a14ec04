"""Writing a notice: what it says, whom it reaches, and a second look before it goes."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.conversation.model import Answers, Conversation
from bot.chat.text import T
from bot.core.errors import NotFound
from bot.features.notices.service import access_notice, content_of
from bot.features.notices.templates import access_template, given_by
from handlers.notices import preview
from handlers.notices.audience import AUDIENCE
from handlers.notices.content import CONTENT, add
from handlers.notices.extras import EXTRAS, NONE
from handlers.notices.when import FIRST, WHEN


def _begin(call: Call, arg: str | None) -> Answers:
    """Begin with nothing, with what a template gives (`t3`), or with another notice's (`n12`).

    What follows the command is no such thing: it is left out, and asked.
    """
    first: Answers = {"when": dict(FIRST), "extras": dict(NONE)}
    kind, number = (arg or "")[:1], (arg or "")[1:]
    if kind not in {"t", "n"} or not (number.isascii() and number.isdigit()):
        return first
    if len(number) > len(str(2**31)) or int(number) >= 2**31:
        raise NotFound
    if kind == "t":
        template = access_template(call.work, actor=call.actor, template_id=int(number))
        return {**first, **given_by(template)}
    notice = access_notice(call.work, actor=call.actor, notice_id=int(number))
    return {**first, "content": content_of(notice).plain(), "audience": notice.audience}


notice = Conversation(
    name="notice",
    command="notice",
    needs=OFFICE_ONLY,
    steps=[CONTENT, AUDIENCE, WHEN, EXTRAS],
    preview=preview.card,
    submit=preview.submit,
    begin=_begin,
    add=add,
    offer=preview.offer,
    beside=preview.beside,
    version=2,
    submit_label=T("notices.submit"),
)
