"""What a file is, told by its content; what its sender called it proves nothing. Pure.

Reads bytes of strangers: it runs in a child process (`bot.transport.examine`) and knows nothing
but the standard library.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from enum import StrEnum
from pathlib import PurePosixPath


class Format(StrEnum):
    """The formats that the archive knows apart; `other` is anything else, `program` refused."""

    jpeg = "jpeg"
    png = "png"
    gif = "gif"
    webp = "webp"
    bmp = "bmp"
    tiff = "tiff"
    heic = "heic"
    mp4 = "mp4"
    ogg = "ogg"
    mp3 = "mp3"
    wav = "wav"
    pdf = "pdf"
    docx = "docx"
    xlsx = "xlsx"
    pptx = "pptx"
    zip = "zip"
    rar = "rar"
    sevenz = "7z"
    ole = "ole"
    rtf = "rtf"
    text = "text"
    program = "program"
    other = "other"


IMAGES = frozenset(
    {
        Format.jpeg,
        Format.png,
        Format.gif,
        Format.webp,
        Format.bmp,
        Format.tiff,
        Format.heic,
    }
)
_PACKED = frozenset({Format.docx, Format.xlsx, Format.pptx, Format.zip})
_SUFFIXES: dict[Format, str] = {
    Format.jpeg: "jpg",
    Format.ole: "doc",
    Format.text: "txt",
    Format.other: "bin",
}
_EXPECTED: dict[str, frozenset[Format]] = {
    **dict.fromkeys(("jpg", "jpeg", "jfif"), frozenset({Format.jpeg})),
    **{one: frozenset({Format(one)}) for one in ("png", "gif", "webp", "bmp", "pdf", "rar", "7z")},
    **dict.fromkeys(("tif", "tiff"), frozenset({Format.tiff})),
    **dict.fromkeys(("heic", "heif"), frozenset({Format.heic})),
    **dict.fromkeys(("mp4", "mov", "m4a", "m4v", "3gp"), frozenset({Format.mp4})),
    **dict.fromkeys(("ogg", "oga", "opus"), frozenset({Format.ogg})),
    "mp3": frozenset({Format.mp3}),
    "wav": frozenset({Format.wav}),
    "docx": frozenset({Format.docx}),
    "xlsx": frozenset({Format.xlsx}),
    "pptx": frozenset({Format.pptx}),
    "zip": _PACKED,
    # Word and WPS open either form under the old names, and people rename freely.
    "doc": frozenset({Format.ole, Format.rtf, Format.docx}),
    "wps": frozenset({Format.ole, Format.rtf, Format.docx}),
    "xls": frozenset({Format.ole, Format.xlsx}),
    "ppt": frozenset({Format.ole, Format.pptx}),
    "rtf": frozenset({Format.rtf}),
    **dict.fromkeys(("txt", "csv", "md"), frozenset({Format.text})),
}
"""What the end of a name promises; a name that is not here promises nothing."""

_PROGRAM_NAMES = frozenset(
    {"apk", "app", "bat", "bin", "cmd", "com", "cpl", "dll", "dmg", "exe", "hta", "iso", "jar"}
    | {"js", "jse", "lnk", "msi", "msp", "ps1", "psm1", "reg", "run", "scr", "sh", "vbe", "vbs"}
    | {"wsf", "xpi"}
)
_STARTS: tuple[tuple[bytes, Format], ...] = (
    (b"\xff\xd8\xff", Format.jpeg),
    (b"\x89PNG\r\n\x1a\n", Format.png),
    (b"GIF87a", Format.gif),
    (b"GIF89a", Format.gif),
    (b"II*\x00", Format.tiff),
    (b"MM\x00*", Format.tiff),
    (b"%PDF-", Format.pdf),
    (b"OggS", Format.ogg),
    (b"ID3", Format.mp3),
    (b"Rar!\x1a\x07", Format.rar),
    (b"7z\xbc\xaf'\x1c", Format.sevenz),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format.ole),
    (b"{\\rtf", Format.rtf),
    (b"\x7fELF", Format.program),
    (b"\xca\xfe\xba\xbe", Format.program),  # Java, and programs for several processors
    (b"\xce\xfa\xed\xfe", Format.program),
    (b"\xcf\xfa\xed\xfe", Format.program),
    (b"\xfe\xed\xfa\xce", Format.program),
    (b"\xfe\xed\xfa\xcf", Format.program),
    (b"dex\n", Format.program),
    (b"L\x00\x00\x00\x01\x14\x02\x00", Format.program),  # a Windows shortcut
    (b"#!", Format.program),
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heif", b"mif1", b"msf1", b"hevc"})
_INSTALLER = bytes.fromhex("84100c0000000000c000000000000046")
"""The class id of a Windows installer, which is an OLE file."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_TEXT_BYTES = 64 * 1024
_TAIL_BYTES = 2048


def told(content: bytes) -> Format:
    """Return what `content` is by its first bytes, for packed formats by what is inside."""
    if content[:2] == b"MZ" and _CONTROLS.search(content[:_TAIL_BYTES].decode("latin-1")):
        return Format.program
    if content[:4] == b"PK\x03\x04":
        return _packed(content)
    if content[4:8] == b"ftyp":
        return Format.heic if content[8:12] in _HEIC_BRANDS else Format.mp4
    if content[:4] == b"RIFF":
        return {b"WEBP": Format.webp, b"WAVE": Format.wav}.get(content[8:12], Format.other)
    found = next((one for start, one in _STARTS if content.startswith(start)), None)
    if found is Format.ole and _INSTALLER in content:
        return Format.program
    return found or _shapeless(content)


def is_program_name(name: str | None) -> bool:
    """Tell whether `name` ends as programs and scripts do; None is no name."""
    return _suffix_of(name) in _PROGRAM_NAMES


def suffix_of(found: Format) -> str:
    """Return the end of the name under which the archive keeps a file, without its dot."""
    return _SUFFIXES.get(found, found.value)


def differs(found: Format, *, name: str | None, mime: str | None) -> bool:
    """Tell whether the content is something else than name or MIME type promise."""
    expected = _EXPECTED.get(_suffix_of(name))
    if expected is not None and found not in expected:
        return True
    return (mime or "").lower().startswith("image/") and found not in IMAGES


def is_damaged(content: bytes, found: Format) -> bool:
    """Tell whether a file lacks what its format needs to be opened: its end, its check sums.

    It looks at the frame, not at the picture: what passes may still look wrong.
    """
    whole = _WHOLE.get(found)
    return not content if whole is None else not whole(content)


def _suffix_of(name: str | None) -> str:
    # Windows opens "a.exe." and "a.exe " as a.exe.
    return PurePosixPath((name or "").lower().rstrip(". ")).suffix.removeprefix(".")


def _packed(content: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return Format.zip
    if names & {"AndroidManifest.xml", "classes.dex"} or _is_java(names):
        return Format.program
    for main, found in (
        ("word/document.xml", Format.docx),
        ("xl/workbook.xml", Format.xlsx),
        ("ppt/presentation.xml", Format.pptx),
    ):
        if main in names:
            return found
    return Format.zip


def _is_java(names: set[str]) -> bool:
    return "META-INF/MANIFEST.MF" in names and any(name.endswith(".class") for name in names)


def _shapeless(content: bytes) -> Format:
    """Tell the formats that have no fixed first bytes."""
    if content[:2] == b"BM" and int.from_bytes(content[2:6], "little") == len(content):
        return Format.bmp
    if content[:1] == b"\xff" and content[1:2] in {b"\xfb", b"\xf3", b"\xf2"}:
        return Format.mp3
    head = content[:_TEXT_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _text(head, "utf-16")
    if _text(head, "utf-8") is Format.text:
        return Format.text
    return _text(head, "gb18030")


def _text(head: bytes, encoding: str) -> Format:
    # A character may be cut in two at the end of the head.
    for end in range(len(head), max(len(head) - 4, -1), -1):
        try:
            words = head[:end].decode(encoding)
        except UnicodeDecodeError:
            continue
        return Format.text if words and not _CONTROLS.search(words) else Format.other
    return Format.other


def _png_is_whole(content: bytes) -> bool:
    at = 8
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        end = at + 12 + length
        if end > len(content):
            return False
        expected = int.from_bytes(content[end - 4 : end], "big")
        if zlib.crc32(content[at + 4 : end - 4]) != expected:
            return False
        if content[at + 4 : at + 8] == b"IEND":
            return True
        at = end
    return False


def _ends_with(mark: bytes) -> Callable[[bytes], bool]:
    return lambda content: mark in content[-_TAIL_BYTES:]


def _webp_is_whole(content: bytes) -> bool:
    return int.from_bytes(content[4:8], "little") + 8 <= len(content)


def _zip_is_whole(content: bytes) -> bool:
    return zipfile.is_zipfile(io.BytesIO(content))


_WHOLE: dict[Format, Callable[[bytes], bool]] = {
    Format.jpeg: _ends_with(b"\xff\xd9"),
    Format.png: _png_is_whole,
    Format.gif: _ends_with(b";"),
    Format.webp: _webp_is_whole,
    Format.pdf: _ends_with(b"%%EOF"),
    **dict.fromkeys(_PACKED, _zip_is_whole),
}
