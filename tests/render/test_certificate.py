"""A certificate as PDF: what is on it, on one page, and nothing that no font can write."""

import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from bot.render.child import certificate
from bot.render.child.fonts import find_font
from bot.render.errors import FontMissing
from bot.render.frames import Frame
from bot.render.limits import LIMITS, Job
from tests.render.test_tables import made

ISSUER = "宿城区精神文明建设指导委员会办公室"


def paper(*, name: str = "王小明", issuer: str = ISSUER) -> dict[str, Any]:
    return {
        "title": "志愿服务时长证明",
        "number": "编号：2024-06-0017",
        "body": f"兹证明{name}于2024年6月参加“创建省级文明城市宣传工作”志愿服务，服务时长如下：",
        "rows": [["现场签到签退", "本人在岗位签到、签退", "12小时30分"]] * 3,
        "notes": ["三类时长分别记录，不相加。", "本证明替代 2024-06-0012。"],
        "foot": [issuer, "2024年6月20日"],
        "how": ["核验：扫描二维码。", "公钥指纹：3fa2 91bc 77d0 e4c1"],
        "qr": f"WM1.{'x' * 190}.{'y' * 86}",
        "qr_caption": "扫码核验",
        "made": "2024-06-20T10:00:00+08:00",
    }


@pytest.fixture
def chinese_font(do_without: Callable[[str], NoReturn]) -> None:
    try:
        find_font(["志愿服务"])
    except FontMissing:
        do_without("no font for Chinese (on Debian: apt-get install fonts-wqy-microhei)")


def streams(content: bytes) -> list[bytes]:
    """Return the streams of a PDF, unpacked."""
    found = []
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            found.append(packed)
    return found


def text_of(content: bytes) -> str:
    """Return what stands on the page: its glyphs, by the table that PDF readers copy text with."""
    unpacked = streams(content)
    table: dict[int, str] = {}
    for stream in unpacked:
        if b"beginbfchar" in stream:
            table |= {
                int(code, 16): bytes.fromhex(char.decode()).decode("utf-16-be")
                for code, char in re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", stream)
            }
    [page] = [one for one in unpacked if b" Tj" in one or b" TJ" in one]
    shown = []
    for drawn in re.findall(rb"\(((?:[^()\\]|\\.)*)\) Tj", page, re.DOTALL):
        plain = re.sub(
            rb"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), drawn, flags=re.DOTALL
        )
        shown.append(
            "".join(
                table.get(int.from_bytes(plain[at : at + 2], "big"), "?")
                for at in range(0, len(plain), 2)
            )
        )
    return "\n".join(shown)


_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


async def test_everything_is_on_one_page(tmp_path: Path, chinese_font: None) -> None:
    content = await made(Job.certificate, tmp_path, paper())
    assert content.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", content)) == 1
    assert len(content) < min(200_000, LIMITS[Job.certificate].most_bytes)
    text = text_of(content)
    for line in ("编号：2024-06-0017", "现场签到签退", "12小时30分", ISSUER, "扫码核验"):
        assert line in text.splitlines()
    assert "兹证明王小明于2024年6月" in text
    assert text.startswith("志\n愿\n服\n务")


async def test_the_same_certificate_is_the_same_file(tmp_path: Path, chinese_font: None) -> None:
    first = await made(Job.certificate, tmp_path, paper())
    again = await made(Job.certificate, tmp_path, paper())
    assert text_of(first) == text_of(again)
    other = await made(Job.certificate, tmp_path, paper(name="李华"))
    assert text_of(other) != text_of(first)


async def test_long_names_wrap_and_stay_on_the_paper(tmp_path: Path, chinese_font: None) -> None:
    content = await made(
        Job.certificate, tmp_path, paper(name="阿" * 40 + "（" * 3, issuer=ISSUER * 3)
    )
    lines = text_of(content).splitlines()
    assert max(map(len, lines)) < 60
    assert not any(line.startswith(("，", "。", "：", "”")) for line in lines)
    right = [float(x) for x in re.findall(rb"BT ([\d.]+) [\d.]+ Td", b"".join(streams(content)))]
    assert right
    assert min(right) >= 0


def test_without_a_font_there_is_no_paper(tmp_path: Path) -> None:
    with pytest.raises(FontMissing):
        certificate.run(iter([Frame(data=paper())]), lambda _: None, [tmp_path])
