"""Photos, albums, documents, places and contacts, both ways."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.chat_page import ChatPage
from tests.browser.pictures import picture_files, png

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_several_photos_leave_as_one_album_with_one_caption(
    chat: ChatPage, tmp_path: Path
) -> None:
    await chat.demo.started(1001, "王秀英")
    await chat.open(1001)

    await chat.page.locator("#pick-photos").set_input_files(picture_files(tmp_path, 3))
    await expect(chat.page.locator(".strip-item img")).to_have_count(3)
    await chat.page.get_by_role("button", name="移除 现场3.png").click()
    await chat.page.get_by_role("textbox").last.fill("培训现场")
    await chat.page.get_by_role("button", name="发送", exact=True).click()
    first = await chat.demo.bot.next("message")
    second = await chat.demo.bot.next("message")

    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], second.get("caption")) == ("培训现场", None)
    album = chat.bubble("培训现场")
    await expect(album.locator("img")).to_have_count(2)
    await expect(chat.page.locator(".strip-item")).to_have_count(0)
    assert await chat.demo.bot.nothing_came()


async def test_an_album_of_the_bot_is_one_grid(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    await chat.open(1001)
    photos = {f"p{number}": png(400, 300, (60 * number, 90, 120)) for number in range(4)}
    media = [{"type": "photo", "media": f"attach://{name}"} for name in photos]
    media[0]["caption"] = "昨天的现场"

    await chat.demo.bot.call("sendMediaGroup", chat_id=1001, media=media, **photos)

    album = chat.bubble("昨天的现场")
    await expect(album.locator("img")).to_have_count(4)
    await expect(chat.bubbles).to_have_count(2)
    for number in range(4):
        await expect(album.locator("img").nth(number)).to_have_js_property("naturalWidth", 400)


async def test_a_photo_opens_large_and_closes_again(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    await chat.demo.bot.call("sendPhoto", chat_id=1001, photo=png(400, 300, (60, 90, 120)))
    await chat.open(1001)

    await chat.page.get_by_role("button", name="照片，点击放大").click()
    viewer = chat.page.get_by_role("dialog", name="照片")
    await expect(viewer.locator("img")).to_be_visible()
    await chat.page.keyboard.press("Escape")

    await expect(viewer).to_have_count(0)


async def test_a_document_has_name_and_size_and_can_be_saved(
    chat: ChatPage, tmp_path: Path
) -> None:
    await chat.demo.started(1001, "王秀英")
    await chat.open(1001)
    table = b"n" * 48_200

    await chat.page.locator("#pick-document").set_input_files(
        {"name": "六月汇总.csv", "mimeType": "text/csv", "buffer": table}
    )
    await chat.page.get_by_role("button", name="发送", exact=True).click()
    sent = await chat.demo.bot.next("message")
    await chat.demo.bot.call(
        "sendDocument", chat_id=1001, document=sent["document"]["file_id"], caption="收到了"
    )

    assert sent["document"]["file_name"] == "六月汇总.csv"
    back = chat.bubble("收到了")
    await expect(back).to_contain_text("六月汇总.csv")
    await expect(back).to_contain_text("47 KB")
    async with chat.page.expect_download() as saving:
        await back.get_by_role("link", name="下载 六月汇总.csv").click()
    saved = await saving.value
    await saved.save_as(tmp_path / "saved")
    assert saved.suggested_filename == "六月汇总.csv"
    assert (tmp_path / "saved").read_bytes() == table


async def test_a_place_is_sent_and_shown_as_a_card(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    await chat.open(1001)

    await chat.attach("位置")
    await chat.page.get_by_label("纬度").fill("33.9511")
    await chat.page.get_by_label("经度").fill("118.2755")
    await chat.page.get_by_role("dialog").get_by_role("button", name="发送位置").click()

    assert (await chat.demo.bot.next("message"))["location"] == {
        "latitude": 33.9511,
        "longitude": 118.2755,
    }
    await expect(chat.bubbles.last).to_contain_text("33.95110, 118.27550")


async def test_a_contact_is_sent_and_shown_as_a_card(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    await chat.open(1001)

    await chat.attach("名片")
    await chat.page.get_by_label("姓名", exact=True).fill("赵刚")
    await chat.page.get_by_label("手机号码").fill("13800000001")
    await chat.page.get_by_role("dialog").get_by_role("button", name="发送名片").click()

    contact = (await chat.demo.bot.next("message"))["contact"]
    assert (contact["first_name"], contact["phone_number"]) == ("赵刚", "13800000001")
    await expect(chat.bubbles.last).to_contain_text("赵刚13800000001")
