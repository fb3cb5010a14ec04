"""Photos, documents and albums in both directions."""

from io import BytesIO
from typing import Any

import pytest
from aiohttp import FormData
from telegram import Bot, InputMediaDocument, InputMediaPhoto, InputMediaVideo
from telegram.error import BadRequest, NetworkError

from bot.sandbox import Sandbox
from bot.sandbox.client import SimClient, SimPerson, SimRefused
from bot.sandbox.files import image_size
from tests.sandbox.images import png
from tests.sandbox.plain import Plain

MIB = 1024 * 1024


async def test_a_photo_arrives_with_its_size_and_bytes(
    bot: Bot, sim: SimClient, anna: SimPerson
) -> None:
    sent = await bot.send_photo(anna.id, png(40, 20), caption="<b>look</b>", parse_mode="HTML")
    assert (sent.photo[-1].width, sent.photo[-1].height) == (40, 20)
    seen = await anna.expect("look")
    assert seen.file is not None
    assert (seen.html, seen.file.kind) == ("<b>look</b>", "photo")
    assert await sim.download(seen.file.url) == png(40, 20)


async def test_a_document_comes_back_as_it_went(bot: Bot, anna: SimPerson) -> None:
    sent = await bot.send_document(anna.id, b"a;b\n", filename="报表.csv", caption="table")
    seen = await anna.expect("table")
    assert seen.file is not None
    assert (seen.file.name, seen.file.mime, seen.file.size) == ("报表.csv", "text/csv", 4)
    assert sent.document is not None
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"a;b\n"


async def test_a_file_is_sent_again_by_its_id(bot: Bot, http: Plain, anna: SimPerson) -> None:
    first = await bot.send_photo(anna.id, png(40, 20))
    again = await bot.send_photo(anna.id, first.photo[-1].file_id)
    assert again.photo == first.photo
    answer = await http("sendDocument", chat_id=anna.id, document=first.photo[-1].file_id)
    assert answer.refusal == (400, "Bad Request: can't use file of type Photo as Document")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("nonsense", "wrong file identifier/HTTP URL specified"),
        ("attach://missing", "wrong file identifier/HTTP URL specified"),
        ("https://example.org/a.png", "failed to get HTTP URL content"),
        ("", "there is no photo in the request"),
    ],
)
async def test_a_photo_that_is_nowhere_is_refused(
    http: Plain, anna: SimPerson, given: str, words: str
) -> None:
    answer = await http("sendPhoto", chat_id=anna.id, photo=given)
    assert answer.refusal == (400, f"Bad Request: {words}")


@pytest.mark.parametrize(
    ("method", "field", "content", "words"),
    [
        ("sendPhoto", "photo", b"no picture", "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", "photo", b"", "file must be non-empty"),
        ("sendDocument", "document", b"", "file must be non-empty"),
        (
            "sendPhoto",
            "photo",
            png() + bytes(10 * MIB),
            (
                f"file of size {10 * MIB + len(png())} bytes is too big for a photo; "
                f"the maximum size is {10 * MIB} bytes"
            ),
        ),
    ],
    ids=["no picture", "no photo", "no document", "too big a photo"],
)
async def test_a_bad_upload_is_refused(
    http: Plain, anna: SimPerson, method: str, field: str, content: bytes, words: str
) -> None:
    form = FormData({"chat_id": str(anna.id)})
    form.add_field(field, BytesIO(content), filename="file")
    answer = await http.send("POST", method, data=form)
    assert answer.refusal == (400, f"Bad Request: {words}")


async def test_more_than_50_mb_are_too_large(http: Plain, anna: SimPerson) -> None:
    form = FormData({"chat_id": str(anna.id)})
    form.add_field("document", BytesIO(bytes(50 * MIB + 1)), filename="file")
    answer = await http.send("POST", "sendDocument", data=form)
    assert answer.refusal == (413, "Request Entity Too Large")


async def test_python_telegram_bot_understands_too_large(bot: Bot, anna: SimPerson) -> None:
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_document(anna.id, bytes(50 * MIB + 1), filename="file")


async def test_a_caption_longer_than_1024_is_refused(http: Plain, anna: SimPerson) -> None:
    form = FormData({"chat_id": str(anna.id), "caption": "a" * 1025})
    form.add_field("photo", png(), filename="a.png")
    answer = await http.send("POST", "sendPhoto", data=form)
    assert answer.refusal == (400, "Bad Request: message caption is too long")


async def test_an_album_has_one_id_and_its_captions(bot: Bot, anna: SimPerson) -> None:
    media = [InputMediaPhoto(png(), caption="one"), InputMediaPhoto(png(), caption="two")]
    sent = await bot.send_media_group(anna.id, media)
    assert len({message.media_group_id for message in sent}) == 1
    one, two = await anna.expect("one"), await anna.expect("two")
    assert one.album == two.album == sent[0].media_group_id


async def test_documents_make_an_album_of_their_own(bot: Bot, anna: SimPerson) -> None:
    documents = [InputMediaDocument(b"1", filename="1.txt"), InputMediaDocument(b"2")]
    assert len(await bot.send_media_group(anna.id, documents)) == 2
    mixed: list[InputMediaPhoto | InputMediaDocument] = [
        InputMediaPhoto(png()),
        InputMediaDocument(b"2"),
    ]
    with pytest.raises(BadRequest, match="can't be mixed with other media types"):
        await bot.send_media_group(anna.id, mixed)


@pytest.mark.parametrize(("count", "word"), [(1, "few"), (11, "many")])
async def test_an_album_holds_two_to_ten(
    http: Plain, anna: SimPerson, count: int, word: str
) -> None:
    media = [{"type": "photo", "media": "x"}] * count
    answer = await http("sendMediaGroup", chat_id=anna.id, media=media)
    assert answer.refusal == (400, f"Bad Request: too {word} messages to send as an album")


async def test_photos_and_videos_make_one_album(bot: Bot, anna: SimPerson) -> None:
    media: list[InputMediaPhoto | InputMediaVideo] = [
        InputMediaPhoto(png()),
        InputMediaVideo(b"film", filename="v.mp4"),
    ]
    sent = await bot.send_media_group(anna.id, media)
    assert sent[0].media_group_id == sent[1].media_group_id
    assert sent[1].video is not None


@pytest.mark.parametrize("kind", ["video", "audio", "voice"])
async def test_what_a_person_recorded_is_fetched_and_sent_again(
    bot: Bot, anna: SimPerson, kind: str
) -> None:
    await anna.document(f"a.{kind}", b"recorded", kind=kind)
    message = (await bot.get_updates())[-1].message
    assert message is not None
    media = getattr(message, kind)
    file = await bot.get_file(media.file_id)
    assert bytes(await file.download_as_bytearray()) == b"recorded"
    again = await getattr(bot, f"send_{kind}")(anna.id, media.file_id)
    assert getattr(again, kind).file_unique_id == media.file_unique_id
    with pytest.raises(BadRequest, match=r"(?i)can't use file of type"):
        await bot.send_photo(anna.id, media.file_id)


async def test_nobody_sends_a_file_as_something_unknown(anna: SimPerson) -> None:
    with pytest.raises(SimRefused, match="nobody can send a file as sticker"):
        await anna.document("a.webp", b"x", kind="sticker")


async def test_other_media_are_not_offered(http: Plain, anna: SimPerson) -> None:
    media = [{"type": "animation", "media": "x"}] * 2
    answer = await http("sendMediaGroup", chat_id=anna.id, media=media)
    assert answer.status == 501
    media = [{"type": "photo", "media": "x", "colour": "red"}] * 2
    answer = await http("sendMediaGroup", chat_id=anna.id, media=media)
    assert "unknown field ['colour']" in answer.body["description"]


async def test_a_file_over_20_mb_cannot_be_fetched(bot: Bot, http: Plain, anna: SimPerson) -> None:
    await anna.document("big.zip", size=21 * MIB)
    document = (await bot.get_updates())[-1].message
    assert document is not None
    assert document.document is not None
    assert document.document.file_size == 21 * MIB
    answer = await http("getFile", file_id=document.document.file_id)
    assert answer.refusal == (400, "Bad Request: file is too big")


async def test_only_known_files_can_be_fetched(http: Plain, sandbox: Sandbox) -> None:
    assert (await http("getFile", file_id="x")).refusal == (400, "Bad Request: invalid file_id")
    for address in (f"{sandbox.base_file_url}{sandbox.token}/photos/x.jpg",):
        async with http.session.get(address) as answer:
            assert (answer.status, (await answer.json())["description"]) == (404, "Not Found")
    async with http.session.get(f"{sandbox.base_file_url}1:wrong/photos/x.jpg") as answer:
        assert answer.status == 401


async def test_what_people_send_can_be_fetched(bot: Bot, anna: SimPerson) -> None:
    await anna.photo(png(), caption="my photo")
    await anna.document("plan.pdf", b"%PDF", mime="application/pdf")
    photo, plan = [update.message for update in (await bot.get_updates())[-2:]]
    assert photo is not None
    assert photo.caption == "my photo"
    assert plan is not None
    assert plan.document is not None
    assert (plan.document.file_name, plan.document.mime_type) == ("plan.pdf", "application/pdf")
    for file_id, content in (
        (photo.photo[-1].file_id, png()),
        (plan.document.file_id, b"%PDF"),
    ):
        file = await bot.get_file(file_id)
        assert bytes(await file.download_as_bytearray()) == content


async def test_several_photos_in_one_request_are_one_album(
    bot: Bot, sim: SimClient, anna: SimPerson
) -> None:
    await bot.get_updates(offset=-1)
    files = [(f"{number}.png", png(number, 1), "image/png") for number in (1, 2, 3)]
    shown = await sim.upload(f"/sim/people/{anna.id}/photo", files, {"caption": "three"})
    messages: list[Any] = [update.message for update in (await bot.get_updates())[-3:]]
    assert [message.message_id for message in messages] == shown["message_ids"]
    assert len({message.media_group_id for message in messages}) == 1
    assert [message.caption for message in messages] == ["three", None, None]
    assert [message.photo[-1].width for message in messages] == [1, 2, 3]


async def test_a_made_album_needs_no_files(bot: Bot, anna: SimPerson) -> None:
    ids = await anna.album(10, caption="ten")
    assert len(ids) == 10
    update = (await bot.get_updates())[-1]
    assert update.message is not None
    assert update.message.media_group_id is not None


async def test_a_page_sent_as_a_file_never_runs_in_the_chat_page(
    sandbox: Sandbox, http: Plain, bot: Bot, anna: SimPerson
) -> None:
    sent = await bot.send_document(anna.id, b"<script>", filename="a.html")
    assert sent.document is not None
    address = f"{sandbox.url}/sim/file/{sent.document.file_id}"
    async with http.session.get(address) as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x14\x00\x28\x01\x01\x11\x00" + bytes(9)


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (png(3, 5), (3, 5)),
        (JPEG, (40, 20)),
        (b"GIF89a\x03\x00\x05\x00", (3, 5)),
        (b"RIFF0000WEBP", (1280, 960)),
        (b"text", None),
        (b"", None),
    ],
)
def test_pictures_are_told_from_other_files(content: bytes, size: tuple[int, int] | None) -> None:
    assert image_size(content) == size
