"""What one request of the Bot API can carry."""

import pytest

from bot.features.outbox.payload import Attachment, Payload
from bot.features.outbox.split import parts, plain_html

PHOTO = Attachment("photo", file_id="p")
DOCUMENT = Attachment("document", file_id="d")
STICKER = Attachment("sticker", file_id="s")
BUTTONS = [[{"text": "打开", "data": "x"}]]


def test_words_alone_stay_one_message() -> None:
    payload = Payload(html="words", buttons=BUTTONS)
    assert parts(payload) == [payload]


def test_words_and_buttons_stay_under_a_single_photo() -> None:
    payload = Payload(html="words", buttons=BUTTONS, files=[PHOTO])
    assert parts(payload) == [payload]


def test_words_stay_under_an_album_without_buttons() -> None:
    payload = Payload(html="words", files=[PHOTO, PHOTO])
    assert parts(payload) == [payload]


def test_buttons_follow_an_album_with_the_words() -> None:
    album, words = parts(Payload(html="words", buttons=BUTTONS, files=[PHOTO, PHOTO]))
    assert (album.html, album.buttons, list(album.files)) == ("", (), [PHOTO, PHOTO])
    assert (words.html, words.buttons, list(words.files)) == ("words", BUTTONS, [])


def test_a_text_too_long_for_a_caption_follows_its_file() -> None:
    file, words = parts(Payload(html="字" * 1025, files=[DOCUMENT]))
    assert (file.html, list(file.files)) == ("", [DOCUMENT])
    assert (words.html, list(words.files)) == ("字" * 1025, [])


def test_only_what_the_reader_sees_counts_for_a_caption() -> None:
    payload = Payload(html="<b>" + "&amp;" * 1024 + "</b>", files=[DOCUMENT])
    assert parts(payload) == [payload]


def test_a_sticker_carries_no_words() -> None:
    sticker, words = parts(Payload(html="words", files=[STICKER]))
    assert (sticker.html, words.html) == ("", "words")


def test_photos_and_documents_go_in_albums_of_their_own() -> None:
    payload = Payload(html="words", files=[PHOTO, PHOTO, DOCUMENT, DOCUMENT])
    kinds = [[file.kind for file in part.files] for part in parts(payload)]
    assert kinds == [["photo", "photo"], ["document", "document"], []]


def test_an_album_has_at_most_ten_files() -> None:
    sizes = [len(part.files) for part in parts(Payload(html="words", files=[PHOTO] * 23))]
    assert sizes == [10, 10, 3, 0]


def test_files_without_words_need_no_further_message() -> None:
    sizes = [len(part.files) for part in parts(Payload(html="", files=[PHOTO] * 12))]
    assert sizes == [10, 2]


def test_silence_and_protection_hold_for_every_part() -> None:
    payload = Payload(html="w", buttons=BUTTONS, files=[PHOTO, PHOTO], silent=True, protected=True)
    assert all(part.silent and part.protected for part in parts(payload))


def test_buttons_under_an_album_without_words_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="need words"):
        parts(Payload(html="", buttons=BUTTONS, files=[PHOTO, PHOTO]))


def test_plain_html_keeps_the_words_and_stays_html() -> None:
    assert plain_html('<b>1 &lt; 2</b> <a href="x">&amp; so on</a>') == "1 &lt; 2 &amp; so on"
