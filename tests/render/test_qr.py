"""A QR code as a picture: the right modules, a white frame, and a size that a phone shows."""

import io
from pathlib import Path

import pytest
import segno
from PIL import Image

from bot.chat.cards.qr import KIND, qr_order
from bot.chat.making import recipe_for
from bot.render.child.qr import LEAST_PIXELS, QUIET_ZONE
from bot.render.errors import MakerDied
from bot.render.limits import Job
from tests.render.test_tables import made

LINK = "https://t.me/wenming_bot?start=p17"
LONG = "WM1." + "x" * 300


def modules(content: bytes, expected: int) -> list[list[bool]]:
    """Return which modules of a picture are dark, read in the middle of each."""
    picture = Image.open(io.BytesIO(content)).convert("L")
    side = picture.width // expected
    dark = [
        [
            picture.getpixel((x * side + side // 2, y * side + side // 2)) == 0
            for x in range(expected)
        ]
        for y in range(expected)
    ]
    assert picture.width == picture.height == side * expected
    return dark


@pytest.mark.parametrize("text", [LINK, LONG, "签到 8341"])
async def test_the_picture_shows_the_code_with_a_white_frame(tmp_path: Path, text: str) -> None:
    content = await made(Job.qr, tmp_path, {"text": text})
    code = segno.make_qr(text, error="m", boost_error=True)
    expected = [[bool(one) for one in row] for row in code.matrix_iter(border=QUIET_ZONE)]
    assert modules(content, len(expected)) == expected
    assert not any(any(row) for row in expected[:QUIET_ZONE])
    assert Image.open(io.BytesIO(content)).width >= LEAST_PIXELS


async def test_another_text_is_another_picture(tmp_path: Path) -> None:
    first = await made(Job.qr, tmp_path, {"text": LINK})
    assert first == await made(Job.qr, tmp_path, {"text": LINK})
    assert first != await made(Job.qr, tmp_path, {"text": LINK + "8"})


async def test_what_no_code_holds_fails_and_kills_nothing(tmp_path: Path) -> None:
    with pytest.raises(MakerDied):
        await made(Job.qr, tmp_path, {"text": "长" * 3000})


def test_the_recipe_is_a_photo_with_words_for_where_there_is_none() -> None:
    recipe = recipe_for(KIND)
    assert (recipe.job, recipe.sent_as) == (Job.qr, "photo")
    assert recipe.instead is not None
    assert qr_order(LINK).params == {"text": LINK}
