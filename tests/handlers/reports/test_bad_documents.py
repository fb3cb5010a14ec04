"""Whatever is sent as a document: one sentence says what is wrong, what is kept, what to do."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from sqlalchemy import select

from bot.db.work import View
from bot.features.archive.models import FileState, StoredFile
from bot.features.drafts.models import Draft
from bot.features.textfiles.models import DocumentJob, DocumentState
from bot.sandbox.client import SimPerson
from tests.handlers.reports.papers import ONE, READING
from tests.render import files
from tests.support.bot import RunningBot
from tests.support.files import windows_program

KEPT = "您已填的都在"
MEGABYTE = 1 << 20


def without_body() -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.writestr("photo.png", b"x")
    return content.getvalue()


BAD: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("空白.docx", lambda: files.document(""), "这个文件里没有文字", "请检查后再发"),
    ("空.txt", lambda: b"", "这个文件里没有文字", "请检查后再发"),
    ("带宏.docm", lambda: files.with_parts(files.document(ONE), macros=b"x"), "带有宏", ".docx"),
    ("改名.docx", lambda: files.with_parts(files.document(ONE), macros=b"x"), "带有宏", ".docx"),
    ("炸弹.docx", lambda: files.bomb(300), "解开后超过 64 MB", "只把文字粘贴过来"),
    ("程序.docx", windows_program, "其实是程序", ".docx 或 .txt"),
    ("程序.txt", lambda: b"#!/bin/sh\nrm -rf /\n", "其实是程序", ".docx 或 .txt"),
    ("坏.docx", lambda: files.document(ONE)[:-300], "打不开", "把文字粘贴过来"),
    ("压缩包.docx", without_body, "读不出文字", "直接粘贴过来"),
    ("图片.docx", lambda: b"\x89PNG\r\n\x1a\n", "读不出文字", "直接粘贴过来"),
    ("乱码.txt", lambda: b"\xff\xfe\xfa\x80\x81" * 9, "编码认不出", "UTF-8"),
    (
        "旧.doc",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "老版本的",
        "另存为 .docx",
    ),
    ("旧.wps", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "老版本的", "直接粘贴"),
    (
        "太长.txt",
        ("汉" * 200_000).encode,
        "有 200,000 字，一次最多读 50,000 字",
        "分成几份",
    ),
    (
        "通讯录.docx",
        lambda: files.document("张三 办公室", "李四 科普部"),
        "没看出是哪项活动",
        "粘贴",
    ),
]


def sent(view: View) -> list[tuple[DocumentJob, StoredFile]]:
    found = view.session.execute(
        select(DocumentJob, StoredFile).join(
            StoredFile, StoredFile.id == DocumentJob.stored_file_id
        )
    )
    return [(job, file) for job, file in found]


def drafts(view: View) -> list[Draft]:
    return list(view.session.scalars(select(Draft)))


@pytest.mark.parametrize(
    ("name", "make", "wrong", "then"), BAD, ids=[f"{row[0]}: {row[2]}" for row in BAD]
)
async def test_a_file_that_gives_nothing_is_answered_in_one_sentence(
    bot: RunningBot,
    contact: SimPerson,
    name: str,
    make: Callable[[], bytes],
    wrong: str,
    then: str,
) -> None:
    await contact.document(name, content=make())
    await contact.expect(f"收到文件《{name}》{READING}")
    refused = await contact.expect(f"《{name}》：")
    assert wrong in refused.text
    assert KEPT in refused.text
    assert then in refused.text
    assert "\n" not in refused.text
    [(job, file)] = await bot.read(sent)
    assert job.state is DocumentState.refused
    assert file.state in {FileState.leaving, FileState.gone}
    assert await bot.read(drafts) == []


@pytest.mark.parametrize(
    ("name", "size", "wrong"),
    [
        ("年报.pdf", 100, "这种文件读不出文字"),
        ("年报.docx", 21 * MEGABYTE, "文件超过 20 MB"),
    ],
)
async def test_what_is_plain_from_its_announcement_is_refused_at_once(
    bot: RunningBot, contact: SimPerson, name: str, size: int, wrong: str
) -> None:
    await contact.document(name, size=size)
    refused = await contact.expect(wrong)
    assert KEPT in refused.text
    assert "把文字直接粘贴过来" in refused.text
    assert await bot.read(sent) == []


async def test_beside_a_card_the_card_stays_under_the_refusal(contact: SimPerson) -> None:
    await contact.say(ONE)
    await contact.expect("看看对不对")
    await contact.document("年报.pdf", size=100)
    refused = await contact.expect("这种文件读不出文字")
    assert "名称  核桃修剪技术培训会" in refused.text
