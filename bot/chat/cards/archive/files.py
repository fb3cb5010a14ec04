"""How the files of a document stand, a line for each thing that is worth saying (ARC-01)."""

from collections.abc import Sequence

from bot.chat.text import Clipped, Listed, Plain, T, Text
from bot.features.archive.formats import Format
from bot.features.archive.models import FileState
from bot.features.archive.queries import Standing

_NAME_UNITS = 40
_MOST_NAMES = 5

_UNKNOWN = T("archive.format_other")
_FORMATS: dict[Format, Text] = {
    Format.jpeg: T("archive.format_image", name="JPEG"),
    Format.png: T("archive.format_image", name="PNG"),
    Format.gif: T("archive.format_image", name="GIF"),
    Format.webp: T("archive.format_image", name="WebP"),
    Format.bmp: T("archive.format_image", name="BMP"),
    Format.tiff: T("archive.format_image", name="TIFF"),
    Format.heic: T("archive.format_image", name="HEIC"),
    Format.mp4: T("archive.format_media", name="MP4"),
    Format.ogg: T("archive.format_media", name="OGG"),
    Format.mp3: T("archive.format_media", name="MP3"),
    Format.wav: T("archive.format_media", name="WAV"),
    Format.pdf: Plain("PDF"),
    Format.docx: T("archive.format_word"),
    Format.xlsx: T("archive.format_sheet"),
    Format.pptx: T("archive.format_slides"),
    Format.ole: T("archive.format_office"),
    Format.rtf: T("archive.format_word"),
    Format.zip: T("archive.format_packed", name="ZIP"),
    Format.rar: T("archive.format_packed", name="RAR"),
    Format.sevenz: T("archive.format_packed", name="7z"),
    Format.text: T("archive.format_text"),
}


def file_lines(files: Sequence[Standing]) -> list[Text]:
    """Return what there is to say of the files: their names and numbers, and what is wrong."""
    named = [one for one in files if one.name]
    lines: list[Text] = [T("archive.names", names=_names(named))] if named else []
    return [*lines, *trouble_lines(files)]


def trouble_lines(files: Sequence[Standing]) -> list[Text]:
    """Return the index numbers of the files, and what is wrong with which."""
    lines: list[Text] = []
    numbers = [one.number for one in files if one.number is not None]
    if numbers:
        lines.append(T("archive.numbers", numbers=_numbers(numbers)))
    refused = [one for one in files if one.state is FileState.refused]
    if refused:
        lines.append(T("archive.refused", names=_names(refused)))
    failed = [one for one in files if one.state is FileState.failed and not one.too_big]
    if failed:
        lines.append(T("archive.failed", names=_names(failed)))
    too_big = [one for one in files if one.too_big]
    if too_big:
        lines.append(T("archive.too_big", names=_names(too_big)))
    damaged = [one for one in files if one.damaged]
    if damaged:
        lines.append(T("archive.damaged", names=_names(damaged)))
    lines += [
        T("archive.differs", name=name_text(one), what=_FORMATS.get(one.format, _UNKNOWN))
        for one in files
        if one.differs and one.format is not None
    ]
    return lines


def name_text(file: Standing) -> Text:
    """Return what the sender called a file, or what kind of thing it is where it has no name."""
    if file.name:
        return Clipped(file.name, _NAME_UNITS)
    return T("archive.unnamed_photo" if file.kind == "photo" else "archive.unnamed")


def _names(files: Sequence[Standing]) -> Text:
    shown = [name_text(one) for one in files[:_MOST_NAMES]]
    if len(files) > len(shown):
        return T("archive.names_more", names=Listed(shown), count=len(files))
    return Listed(shown)


def _numbers(numbers: Sequence[str]) -> Text:
    """Return one number whole, or the first and the last: they run without gaps."""
    ordered = sorted(numbers)
    if len(ordered) == 1:
        return Plain(ordered[0])
    return T("archive.numbers_span", first=ordered[0], last=ordered[-1], count=len(ordered))
