"""What is reported and accepted comes into the archive (ARC-01, ARC-02, ARC-06)."""

from bot.features.archive.formats import Format
from bot.features.archive.models import FileState
from bot.sandbox.client import SimPerson
from tests.handlers.archive.scene import Scene, document, photo, scene_of
from tests.support.bot import RunningBot
from tests.support.files import LATITUDE, SCAN, photo_with_position

HAVE = FileState.have
FOLDER = "archive/2024/C2/kexie"


async def test_photos_are_fetched_at_once_and_filed_when_the_report_is_accepted(
    bot: RunningBot,
) -> None:
    scene = await scene_of(bot)
    await scene.report(photo(b"a"), photo(b"b"))
    await scene.until_states(HAVE, HAVE)
    assert (scene.filed(), len(scene.held())) == ([], 2)
    await scene.accept()
    await scene.until_filed("2024-C2-001-01", "2024-C2-001-02")
    assert scene.filed() == [f"{FOLDER}/2024-C2-001-01.jpg", f"{FOLDER}/2024-C2-001-02.jpg"]
    assert scene.held() == []
    assert scene.wrong() == []
    assert "档案号  2024-C2-001-01 至 2024-C2-001-02，共 2 件" in await scene.card()


async def test_what_comes_after_the_acceptance_is_filed_when_it_is_there(bot: RunningBot) -> None:
    scene = await scene_of(bot)
    await bot.sim.fault("getFile", status=502, times=None)
    await scene.report(photo())
    await scene.accept()
    await scene.until_states(FileState.wanted)
    assert scene.filed() == []
    await bot.sim.clear_faults()
    await scene.until_filed("2024-C2-001-01")
    assert scene.wrong() == []


async def test_a_position_is_taken_out_before_the_photo_lies_on_the_disk(bot: RunningBot) -> None:
    scene = await scene_of(bot)
    sent = photo_with_position()
    await scene.report(document("IMG_1.jpg", sent, "image/jpeg"))
    await scene.until_states(HAVE)
    [held] = scene.held()
    kept = (scene.data / held).read_bytes()
    assert LATITUDE in sent
    assert LATITUDE not in kept
    assert kept.endswith(SCAN)
    privacy = await scene.talk.say("/privacy", "隐私说明")
    assert "照片里的拍摄位置存档前会去掉" in privacy.text


async def test_video_voice_audio_and_documents_are_taken_with_a_report(bot: RunningBot) -> None:
    scene = await scene_of(bot)

    async def media(person: SimPerson, kind: str, name: str, content: bytes) -> None:
        await person.document(name, content, kind=kind)

    await scene.report(
        photo(),
        lambda person: media(person, "video", "v.mp4", b"\x00\x00\x00\x20ftypisom"),
        lambda person: media(person, "voice", "voice.ogg", b"OggS voice"),
        lambda person: media(person, "audio", "宣讲.mp3", b"ID3 audio"),
        document("会议纪要.pdf", b"%PDF-1.7\n%%EOF", "application/pdf"),
    )
    await scene.until_states(*[HAVE] * 5)
    formats = [file.format for file in await scene.files()]
    assert formats == [Format.jpeg, Format.mp4, Format.ogg, Format.mp3, Format.pdf]
    card = await scene.card()
    assert "照片 1 张   附件 4 个" in card
    assert "附件  v.mp4、宣讲.mp3、会议纪要.pdf" in card
    await scene.accept()
    await scene.until_filed(*(f"2024-C2-001-0{number}" for number in range(1, 6)))
    assert [path.rpartition(".")[2] for path in scene.filed()] == [
        "jpg",
        "mp4",
        "ogg",
        "mp3",
        "pdf",
    ]
    await scene.talk.person.skip()
    await scene.talk.person.press("看附件 5")
    kinds = [(await _next_file(scene)) for _ in range(5)]
    assert kinds == ["photo", "video", "voice", "audio", "document"]


async def _next_file(scene: Scene) -> str:
    message = await scene.talk.person.expect(lambda one: one.file is not None)
    assert message.file is not None
    return message.file.kind


async def test_a_plan_is_filed_as_received_under_its_unit(bot: RunningBot) -> None:
    scene = await scene_of(bot)
    talk = scene.talk
    await talk.person.document("方案.pdf", b"%PDF-1\n%%EOF")
    await talk.person.expect("要作为创建宣传方案报送吗")
    await talk.press("作为创建宣传方案报送", "哪天在")
    await talk.press("跳过", "看看对不对")
    await talk.press("提交", "已收到创建宣传方案")
    await scene.until_filed("2024-O1-kexie-01")
    assert scene.filed() == ["archive/2024/O1/kexie/2024-O1-kexie-01.pdf"]
    card = await talk.press("看报送内容", "方案.pdf")
    assert "档案号  2024-O1-kexie-01" in card.text


async def test_forgetting_takes_dropped_files_and_leaves_the_units(bot: RunningBot) -> None:
    scene = await scene_of(bot)
    await scene.report(photo(b"kept"), photo(b"dropped"))
    await scene.until_states(HAVE, HAVE)
    await scene.talk.press("撤回（10分钟内）", "已撤回")
    await scene.talk.press("改好再报", "看看对不对")
    await scene.talk.press("改一项", "改哪一项")
    await scene.talk.press("照片：2 张照片", "已收 2 张照片")
    await scene.talk.press("去掉最后一张", "已收 1 张照片")
    await scene.talk.press("完成", "看看对不对")
    await scene.talk.press("提交", "已上报")
    await scene.talk.say("/forget", "删除我的资料")
    await scene.talk.press("确认删除", "已删除")
    await scene.until_states(HAVE, FileState.gone)
    assert len(scene.held()) == 1
    assert [file.added_by for file in await scene.files()] == [None, None]
