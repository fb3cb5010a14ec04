"""The calendar knows holidays from the first start on."""

from datetime import date

from bot.features.workdays.queries import day_kind
from tests.support.bot import RunningBot


async def test_the_dragon_boat_festival_is_known(bot: RunningBot) -> None:
    known = await bot.read(lambda view: day_kind(view, date(2024, 6, 10)))
    assert known is not None
    assert str(known) == "holiday"
