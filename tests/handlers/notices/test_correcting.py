"""A notice that went out gets other words: in place, once, and with its receipts (BUL-01)."""

from sqlalchemy import select, update

from bot.chat.callback import pack
from bot.chat.cards.notices.buttons import OpenNotice, RecallNotice
from bot.chat.conversation.model import Begin
from bot.core.roles import Role
from bot.db.work import View
from bot.features.outbox.models import Kind, OutboxRow, State
from bot.features.people.models import Grant
from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.notices.writing import notices_of, with_extra, written
from tests.support.bot import RunningBot

WRONG, RIGHT = "明天下午三点开会", "明天下午两点开会"


async def sent(bot: RunningBot, *, receipt: bool = False) -> tuple[SimPerson, SimMessage]:
    """Return an author and the card of the notice that reached everybody."""
    author = await bot.coordinator()
    await written(author, WRONG)
    if receipt:
        await with_extra(author, "要求回执")
    await author.press("确认发送")
    return author, await author.expect("发送完毕")


async def given(author: SimPerson, words: str) -> SimMessage:
    """Give the notice on the card other words; return the card that asks for the second tap."""
    await author.press("更正文字")
    await author.expect("请发来更正后的全文")
    await author.say(words)
    return await author.expect("原消息会改成下面这样")


async def test_those_who_got_it_get_their_message_changed_and_their_receipt_stays(
    bot: RunningBot,
) -> None:
    contact = await bot.contact("kexie")
    author, _ = await sent(bot, receipt=True)
    notice = await contact.expect(WRONG)
    await contact.press("收到")
    await contact.expect(lambda message: any("已收到" in one for one in message.button_texts))
    await given(author, RIGHT)
    await author.press("确认更正")
    assert "改好 1 · 进行中 0 · 没能改 0" in (await author.expect("改好 1")).text
    changed = await contact.expect(RIGHT)
    assert changed.id == notice.id
    assert "更正）" in changed.text
    assert any("已收到" in one for one in changed.button_texts)
    assert len(await notices_of(contact)) == 1


async def test_pressed_twice_by_two_and_after_a_recall_it_is_done_once(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    author, _ = await sent(bot)
    other = await bot.coordinator("小王")
    await other.press(data=pack(OpenNotice(1)))
    await other.expect("发送完毕")
    await given(other, "小王的更正")
    card = await given(author, RIGHT)
    submit = card.button("确认更正").data
    await author.press(data=submit, message_id=card.id)
    await author.press(data=submit, message_id=card.id)
    await author.expect("改好 1")
    await contact.expect(RIGHT)
    await other.press("确认更正")
    await other.expect("刚被别人更正过")
    edits = await bot.read(changes)
    assert [row.state for row in edits] == [State.sent]
    await author.press(data=pack(RecallNotice(1, sure=True)))
    await author.expect("已撤回")
    refused = await author.press(data=pack(Begin("nt_fix", "1")))
    assert "现在不能这样做了" in str(refused.text)


def changes(view: View) -> list[OutboxRow]:
    """Return the changes of the notice's messages."""
    return list(
        view.session.scalars(
            select(OutboxRow).where(
                OutboxRow.topic.like("correct:%"), OutboxRow.kind.in_([Kind.edit, Kind.send])
            )
        )
    )


async def test_who_lost_the_role_corrects_nothing(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    author, _ = await sent(bot)
    card = await given(author, RIGHT)
    await bot.write(
        lambda work: (
            work.session.execute(
                update(Grant).where(Grant.role == Role.coordinator).values(revoked_at=work.now)
            )
            and None
        )
    )
    answer = await author.press(data=card.button("确认更正").data, message_id=card.id)
    assert "您的身份不能做这一步" in str(answer.text)
    assert await bot.read(changes) == []
    assert WRONG in (await notices_of(contact))[0]
