"""Which files are worth looking into: what they are called decides nothing else."""

import pytest

from bot.features.archive.service import MOST_BYTES, Incoming
from bot.features.textfiles.errors import DocumentTooBig, NoText
from bot.features.textfiles.rules import check_document, is_readable, is_text_file

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def file(
    name: str | None, mime: str | None = None, *, kind: str = "document", size: int | None = 10
) -> Incoming:
    return Incoming("id", "unique", kind, name=name, size_bytes=size, mime=mime)


@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ("总结.docx", None),
        ("总结.DOCX", "application/octet-stream"),
        ("总结.docx. ", None),
        ("总结.docm", None),
        ("总结.doc", "application/msword"),
        ("总结.wps", None),
        ("总结.txt", "application/pdf"),
        ("6.1总结", DOCX),
        (None, "text/plain"),
    ],
)
def test_documents_and_texts_are_read(name: str | None, mime: str | None) -> None:
    assert is_readable(file(name, mime))
    assert is_text_file(file(name, mime))
    check_document(file(name, mime))


@pytest.mark.parametrize(
    ("name", "mime"),
    [("总结.pdf", None), ("总结.pdf", "text/plain"), (None, "application/pdf"), ("总结.RTF", None)],
)
def test_other_texts_are_refused_by_their_kind(name: str | None, mime: str | None) -> None:
    assert is_text_file(file(name, mime))
    with pytest.raises(NoText):
        check_document(file(name, mime))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("表.xlsx", "document"),
        ("照片.jpg", "document"),
        ("程序.exe", "document"),
        (None, "document"),
        ("录音.txt", "voice"),
        ("录像.pdf", "video"),
    ],
)
def test_what_holds_no_words_is_none_of_them(name: str | None, kind: str) -> None:
    assert not is_text_file(file(name, kind=kind))


def test_telegram_hands_out_no_more_than_twenty_megabytes() -> None:
    check_document(file("总结.docx", size=MOST_BYTES))
    check_document(file("总结.docx", size=None))
    with pytest.raises(DocumentTooBig) as caught:
        check_document(file("总结.docx", size=MOST_BYTES + 1))
    assert caught.value.data == {"most": 20}
