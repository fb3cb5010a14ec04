"""Files that are not what they should be: one clear sentence, and the report is kept."""

from bot.features.archive.models import FileState
from bot.sandbox.client import SimPerson
from tests.handlers.archive.scene import Scene, document, photo, scene_of
from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot
from tests.support.files import jpeg, windows_program

HAVE, REFUSED, FAILED = FileState.have, FileState.refused, FileState.failed
HOSTILE = "../../etc/\u202epass\nwd" + "长" * 300 + ".jpg"
NOT_KEPT = "有文件没存上"


async def at_photos(bot: RunningBot) -> Talk:
    talk = Talk(await bot.contact())
    await talk.to_preview()
    await talk.press("改一项", "改哪一项")
    await talk.press("照片（未填）", "有照片就发来")
    return talk


async def test_a_renamed_program_is_not_archived_and_the_report_is_kept(bot: RunningBot) -> None:
    scene = await scene_of(bot)
    await scene.report(
        photo(), document("现场.jpg", windows_program(), "image/jpeg"), title="科普进社区"
    )
    told = await scene.talk.person.expect(NOT_KEPT)
    assert "No. 2024-C2-001\n科普进社区" in told.text
    assert "没有归档：现场.jpg，内容是程序，不收。" in told.text
    assert "其余内容都在，不用重报" in told.text
    await scene.until_states(HAVE, REFUSED)
    assert len(scene.held()) == 1
    accepted = await scene.accept()
    assert "没有归档：现场.jpg" in accepted.text
    await scene.until_filed("2024-C2-001-01")
    assert scene.wrong() == []
    await scene.office.person.press("看照片 2")
    shown = await scene.office.person.expect(lambda message: message.file is not None)
    assert (shown.album, shown.text) == (None, "No. 2024-C2-001  科普进社区")


async def test_a_program_by_its_name_is_refused_at_once_and_nothing_is_lost(
    bot: RunningBot,
) -> None:
    talk = await at_photos(bot)
    await talk.person.photo()
    await talk.person.expect("已收 1 张照片")
    await talk.person.document("安装包.exe", b"text")
    refused = await talk.person.expect("“安装包.exe”是程序文件，不收。前面填的都在")
    assert "已收 1 张照片" in refused.text


async def test_a_corrupt_photo_is_kept_as_it_was_sent_and_marked(bot: RunningBot) -> None:
    scene = await scene_of(bot)
    broken = jpeg()[:-40]
    await scene.report(document("坏.jpg", broken, "image/jpeg"))
    await scene.until_states(HAVE)
    [held] = scene.held()
    assert (scene.data / held).read_bytes() == broken
    assert "打不开，按原样存了：坏.jpg" in await scene.card()
    await scene.accept()
    await scene.until_filed("2024-C2-001-01")


async def test_a_name_that_says_something_else_is_noted(bot: RunningBot) -> None:
    scene = await scene_of(bot)
    await scene.report(document("纪要.pdf", jpeg(), "application/pdf"))
    await scene.until_states(HAVE)
    assert "名不副实：纪要.pdf，内容是JPEG 图片。" in await scene.card()


async def test_two_albums_that_come_mixed_up_are_kept_whole(bot: RunningBot) -> None:
    """The clients of two contacts, and one album within the other of the same person."""
    scene = await scene_of(bot)
    other = Talk(await bot.contact("keji"))
    await other.to_preview("别的活动")
    await other.press("改一项", "改哪一项")
    await other.press("照片（未填）", "有照片就发来")
    person = scene.talk.person
    await scene.talk.to_preview()
    await scene.talk.press("改一项", "改哪一项")
    await scene.talk.press("照片（未填）", "有照片就发来")
    for number in range(3):
        await _of_album(person, "1", f"a{number}")
        await _of_album(person, "2", f"b{number}")
        await _of_album(other.person, "1", f"c{number}")
    await person.expect("已收 6 张照片")
    await other.person.expect("已收 3 张照片")


async def _of_album(person: SimPerson, album: str, unique: str) -> None:
    size = {"file_id": unique, "file_unique_id": unique, "width": 1, "height": 1}
    await person.update(media_group_id=f"{person.id}{album}", photo=[size])


async def test_the_same_album_twice_counts_once(bot: RunningBot) -> None:
    talk = await at_photos(bot)
    for _ in range(2):
        for number in range(3):
            await _of_album(talk.person, "1", f"a{number}")
    await talk.person.expect("已收 3 张照片")
    await talk.press("完成", "照片 3 张")


async def test_the_same_pictures_sent_anew_lie_on_the_disk_once(bot: RunningBot) -> None:
    scene = await scene_of(bot)
    await scene.report(photo(b"same"), photo(b"same"))
    await scene.until_states(HAVE, HAVE)
    await scene.accept()
    await scene.until_filed("2024-C2-001-01", "2024-C2-001-02")
    assert scene.filed() == ["archive/2024/C2/kexie/2024-C2-001-01.jpg"]
    assert scene.wrong() == []


async def test_a_hostile_name_is_shown_harmlessly_and_is_no_path(bot: RunningBot) -> None:
    scene = await scene_of(bot)

    async def hostile(person: SimPerson) -> None:
        await person.document(HOSTILE, size=1)

    await scene.report(hostile)
    await scene.until_states(HAVE)
    [file] = await scene.files()
    assert file.name is not None
    assert file.name.startswith("../../etc/pass wd长长")
    assert len(file.name) <= 255
    card = await scene.card()
    assert "附件  ../../etc/pass wd长" in card
    assert "\u202e" not in card
    await scene.accept()
    await scene.until_filed("2024-C2-001-01")
    [path] = scene.filed()
    assert path.startswith("archive/2024/C2/kexie/2024-C2-001-01.")


async def test_a_file_over_20_mb_gets_a_sentence_and_a_link_takes_its_place(
    bot: RunningBot,
) -> None:
    talk = await at_photos(bot)
    await talk.person.document("录像.mp4", size=21 << 20, kind="video")
    refused = await talk.person.expect("文件 21 MB，超过 Telegram 给机器人的 20 MB")
    assert "发一个 https 链接，我记在这条上报里" in refused.text
    await talk.say("http://example.com/v", "这一步收照片、视频、录音和文件")
    await talk.say("https://user:pass@example.com/v", "这一步收照片、视频、录音和文件")
    await talk.say("https://pan.example.com/s/1a2b", "链接记下了")
    preview = await talk.press("完成", "看看对不对")
    assert "链接 1 个" in preview.text
    await talk.press("提交", "已上报")
    card = await talk.press("看这一项", "No. 2024-C2-001")
    assert "链接  https://pan.example.com/s/1a2b" in card.text


async def test_links_can_be_taken_out_and_are_limited(bot: RunningBot) -> None:
    talk = await at_photos(bot)
    for number in range(5):
        await talk.say(f"https://example.com/{number}", f"已收 {number + 1} 个链接")
    await talk.say("https://example.com/0", "已收 5 个链接")
    await talk.say("https://example.com/6", "最多 5 个链接，前面的都在")
    await talk.press("去掉链接", "有照片就发来")


async def test_what_telegram_has_lost_is_given_up_and_both_sides_see_it(bot: RunningBot) -> None:
    scene = await scene_of(bot)
    await bot.sim.fault("getFile", status=400, times=None)
    await _report_two_lost(scene)
    told = await scene.talk.person.expect(NOT_KEPT)
    assert "没取到：照片，Telegram 上已经没有了，请重新发。" in told.text
    await scene.until_states(FAILED, FAILED)
    messages = [one for one in await scene.talk.person.messages() if NOT_KEPT in one.text]
    assert len(messages) == 1  # one for the report, not one for each file
    accepted = await scene.accept()
    assert "没取到：照片、照片" in accepted.text
    await scene.office.press("看照片 2", "没取到：照片、照片")
    assert scene.filed() == []


async def _report_two_lost(scene: Scene) -> None:
    await scene.report(photo(b"a"), photo(b"b"))
