"""Writing a notice: what it says, whom it reaches, and a second look before it goes."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.audience.choosing import audience_step
from bot.chat.call import Call
from bot.chat.cards.bulletins.reading import notice_text
from bot.chat.conversation.model import Answers, Conversation
from bot.chat.render import Voice
from bot.chat.said import words_of
from bot.chat.text import T
from bot.core.errors import NotFound
from bot.features.bulletins.errors import NotIssued
from bot.features.bulletins.papering import check_there, paper_of
from bot.features.bulletins.queries import items_of, read_bulletin
from bot.features.notices.content import Content
from bot.features.notices.service import access_notice, content_of
from bot.features.notices.templates import access_template, given_by
from bot.features.outbox.payload import Attachment
from handlers.notices import preview
from handlers.notices.content import CONTENT, add, content_of_words
from handlers.notices.extras import EXTRAS, NONE
from handlers.notices.when import FIRST, WHEN


def _begin(call: Call, arg: str | None) -> Answers:
    """Begin with nothing, with what a template gives (`t3`), or with another notice's (`n12`).

    An issued bulletin (`b2`) gives its contents and its file, a message of theirs its text.
    """
    first: Answers = {"when": dict(FIRST), "extras": dict(NONE)}
    if (words := words_of(call, arg)) is not None:
        return {**first, "content": content_of_words(words).plain()}
    kind, number = (arg or "")[:1], (arg or "")[1:]
    if kind not in {"t", "n", "b"} or not (number.isascii() and number.isdigit()):
        return first
    if len(number) > len(str(2**31)) or int(number) >= 2**31:
        raise NotFound
    if kind == "t":
        template = access_template(call.work, actor=call.actor, template_id=int(number))
        return {**first, **given_by(template)}
    if kind == "b":
        return {**first, "content": _of_bulletin(call, int(number)).plain()}
    notice = access_notice(call.work, actor=call.actor, notice_id=int(number))
    return {**first, "content": content_of(notice).plain(), "audience": notice.audience}


def _of_bulletin(call: Call, bulletin_id: int) -> Content:
    """Return what a notice of a bulletin says; without its file where that was lost.

    Raises NotFound, NotIssued, or PaperUnderWay.
    """
    bulletin = read_bulletin(call.work, actor=call.actor, bulletin_id=bulletin_id)
    if bulletin.serial is None:
        raise NotIssued
    paper = paper_of(call.work, bulletin)
    check_there(paper)
    files = []
    if paper.path is not None:
        files = [Attachment(kind="document", name=paper.name, path=paper.path)]
    voice = Voice(call.config.languages.default, call.config.time.zone_info)
    items = items_of(call.work, bulletin.id)
    return Content(notice_text(bulletin, items, call.config, voice), files=files)


notice = Conversation(
    name="notice",
    command="notice",
    aliases=["broadcast"],
    needs=OFFICE_ONLY,
    steps=[
        CONTENT,
        audience_step(T("notices.label_audience"), T("notices.ask_audience")),
        WHEN,
        EXTRAS,
    ],
    preview=preview.card,
    submit=preview.submit,
    begin=_begin,
    add=add,
    offer=preview.offer,
    beside=preview.beside,
    version=2,
    submit_label=T("notices.submit"),
)
