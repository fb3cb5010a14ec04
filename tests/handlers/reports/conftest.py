"""Who sends documents."""

import pytest

from bot.db.work import Work
from bot.features.archive.service import Incoming
from bot.features.deadlines.filing import Where, file_plan
from bot.features.people.actor import find_actor
from bot.sandbox.client import SimPerson
from tests.support.bot import RunningBot, unit_id_of


@pytest.fixture
async def contact(bot: RunningBot) -> SimPerson:
    """Return a contact whose unit has filed its plan, so that a file can only be read."""
    person = await bot.contact()

    def file(work: Work) -> None:
        actor = find_actor(work, person.id)
        assert actor is not None
        where = Where("O1", "once", unit_id_of(work, "kexie"))
        plan = Incoming("plan", "plan", "document", name="方案.docx", size_bytes=4)
        file_plan(work, where, actor=actor, config=bot.config, file=plan, official_day=None)

    await bot.write(file)
    return person
