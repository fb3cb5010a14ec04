"""Filing a month in a test as a contact does it: words, if any, then what the card shows."""

from collections.abc import Mapping

from bot.config import Config
from bot.db.work import Work
from bot.features.deadlines.filing import Filed, Where
from bot.features.months.assembling import Month, assemble
from bot.features.months.filing import month_slot, submit_month
from bot.features.months.models import Section
from bot.features.months.prose import write_words
from bot.features.people.actor import Actor


def file_month(
    work: Work, where: Where, *, actor: Actor, config: Config, news: str | None = None
) -> Filed:
    """File the month of `where` as it stands, after adding `news` to its 工作动态."""
    if news is not None:
        write_words(work, where, Section.news, news, actor=actor, config=config)
    mark = assemble(work, config, month_slot(work, config, where)).mark
    return submit_month(work, where, actor=actor, config=config, mark=mark, write=unwritten)


def unwritten(month: Month) -> Mapping[Section, str]:
    """Assemble no words: what a month says is for the cards to try."""
    del month
    return {}
