"""The bot with unfinished conversations in memory: they end with the process."""

import sys

from sqlalchemy import delete

from bot.__main__ import main
from bot.app import BotApp
from bot.features.drafts.models import Draft

_begin = BotApp._begin


async def _begin_with_nothing_in_mind(self: BotApp) -> None:
    await self.store.write(lambda work: work.session.execute(delete(Draft)))
    await _begin(self)


if __name__ == "__main__":
    BotApp._begin = _begin_with_nothing_in_mind  # type: ignore[method-assign]
    sys.exit(main())
