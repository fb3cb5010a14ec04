"""What a notice says: formats, albums, a place, long texts; through the front door."""

from sqlalchemy import select

from bot.core.roles import Role
from bot.features.outbox.models import OutboxRow
from bot.sandbox.client import SimPerson
from tests.handlers.notices.writing import chosen, content_given, notices_of, written
from tests.support.bot import RunningBot


async def sent_to_contacts(author: SimPerson) -> None:
    """Choose the contacts, and let the notice go."""
    await author.press("联络员")
    await author.expect("将发给")
    await chosen(author)
    await author.press("确认发送")
    await author.expect("发送完毕")


async def test_formats_go_out_as_they_came(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    author = await bot.coordinator()
    await author.say("/notice")
    await author.expect("请发来通知的文字")
    await author.update(
        text="  请😀准时，见说明<b>",
        entities=[
            {"type": "bold", "offset": 5, "length": 2},
            {"type": "text_link", "offset": 9, "length": 2, "url": "https://example.org/?a=1&b"},
            {"type": "custom_emoji", "offset": 3, "length": 2, "custom_emoji_id": "1"},
        ],
    )
    await author.expect("发给谁")
    await author.press("联络员")
    await author.expect("将发给")
    card = await chosen(author)
    assert "有 1 处格式机器人发不了" in card.text
    await author.press("确认发送")
    message = await contact.expect("请😀准时，见说明<b>")
    assert "请😀<b>准时</b>，见" in message.html
    assert ">说明</a>&lt;b&gt;" in message.html


async def test_an_album_goes_out_as_one_and_its_words_with_it(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    author = await bot.coordinator()
    await author.say("/notice")
    await author.expect("请发来通知的文字")
    await author.album(3, caption="现场照片")
    await author.expect(lambda message: "现场照片 · 3 个文件" in message.text)
    await sent_to_contacts(author)
    await contact.expect("现场照片")
    photos = [message for message in await contact.messages() if message.file is not None]
    assert len(photos) == 3
    assert len({message.album for message in photos}) == 1
    kept = await bot.read(
        lambda view: view.session.scalars(
            select(OutboxRow.album).where(
                OutboxRow.topic.is_not(None), OutboxRow.album.is_not(None)
            )
        ).all()
    )
    assert kept == [sorted(message.id for message in photos)]


async def test_a_place_and_a_text_are_one_notice(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    author = await bot.coordinator()
    await content_given(author, "集合点在这里")
    await author.location(33.96, 118.28)
    await author.expect("已加上：集合点在这里 · 一个位置")
    await sent_to_contacts(author)
    await contact.expect("集合点在这里")
    places = [message for message in await contact.messages() if message.raw.get("location")]
    assert len(places) == 1


async def test_a_long_text_goes_after_its_file_and_nothing_of_it_is_lost(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    author = await bot.coordinator()
    await author.say("/notice")
    await author.expect("请发来通知的文字")
    await author.document("方案.docx", b"the plan")
    await author.expect("发给谁")
    await author.say("长" * 2000)
    await author.expect("已加上：")
    await sent_to_contacts(author)
    words = await contact.expect("长" * 2000)
    assert words.file is None
    files = [message for message in await contact.messages() if message.file is not None]
    assert len(files) == 1


async def test_an_eleventh_file_is_refused_and_the_ten_stay(bot: RunningBot) -> None:
    await bot.contact("kexie")
    author = await bot.coordinator()
    await author.say("/notice")
    await author.expect("请发来通知的文字")
    photo = {"file_id": "p{}", "file_unique_id": "u{}", "width": 9, "height": 9}
    for number in range(11):
        one = {
            key: value.format(number) if isinstance(value, str) else value
            for key, value in photo.items()
        }
        await author.update(photo=[one], media_group_id="1300")
    refused = await author.expect("一条通知最多 10 个文件")
    assert "发给谁" in refused.text
    await author.press("联络员")
    await author.expect("将发给")
    await author.press("选好了")
    await author.expect("看看对不对")
    await author.press("改一项")
    fields = await author.expect("改哪一项")
    assert any("10 个文件" in text for text in fields.button_texts)


async def test_from_start_to_all_contacts_it_takes_six(bot: RunningBot) -> None:
    first, second = await bot.contact("kexie"), await bot.contact("jiaotong")
    author = await bot.coordinator()
    taps = 0

    async def tap(wanted: str, *, press: str | None = None, say: str | None = None) -> None:
        nonlocal taps
        taps += 1
        if press is not None:
            await author.press(press)
        if say is not None:
            await author.say(say)
        await author.expect(wanted)

    await tap("", say="/start")
    await tap("请发来通知的文字", press="发通知")
    await tap("发给谁", say="明天下午开会")
    await tap("将发给", press="联络员")
    await tap("看看对不对", press="选好了")
    await tap("发送完毕", press="确认发送")
    assert taps <= 6
    for contact in (first, second):
        assert len(await notices_of(contact)) == 1


async def test_what_the_writer_sees_is_what_the_readers_get(bot: RunningBot) -> None:
    contact = await bot.person(Role.contact, unit="kexie")
    author = await bot.coordinator()
    await written(author, "一模一样")
    await author.press("确认发送")
    assert (await contact.expect("一模一样")).text == (await notices_of(author))[0]
