"""Files that were kept long enough are given up; by default none ever is."""

import pytest

from bot.config import Config
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.archive import service as archive
from bot.features.archive.examining import Findings
from bot.features.archive.formats import Format
from bot.features.archive.models import FileState, StoredFile
from bot.features.archive.service import Fetched, Incoming
from jobs.retention import job
from tests.jobs.ticking import Ticking
from tests.support.clock import SetClock
from tests.support.config import make_config

KEPT_A_YEAR = make_config(retention={"archive_years": 1})


def keep(store: Store, number: int) -> int:
    def write(work: Work) -> int:
        file = Incoming(f"f{number}", f"u{number}", "document", name="名单.docx")
        stored = archive.keep(work, file, owner_kind="report", owner_ref="1", added_by=None)
        found = Findings(Format.docx)
        archive.mark_fetched(work, stored.id, Fetched(f"{number:064d}", 1, found))
        return stored.id

    return store.write_now(write)


def state(store: Store, file_id: int) -> tuple[FileState, str | None]:
    def read(view: View) -> tuple[FileState, str | None]:
        file = view.session.get_one(StoredFile, file_id)
        return file.state, file.name

    return store.read_now(read)


def test_what_is_old_enough_goes_and_the_rest_stays(store: Store, clock: SetClock) -> None:
    old = keep(store, 1)
    clock.move(days=200)
    new = keep(store, 2)
    clock.move(days=167)
    ticking = Ticking(store, KEPT_A_YEAR, job)
    assert ticking.tick() == 1
    assert ticking.tick() == 0
    assert state(store, old) == (FileState.leaving, None)
    assert state(store, new) == (FileState.have, "名单.docx")


@pytest.mark.parametrize("days", [1, 36_500])
def test_nothing_goes_unless_it_is_configured(
    store: Store, clock: SetClock, campaign: Config, days: int
) -> None:
    keep(store, 1)
    clock.move(days=days)
    assert Ticking(store, campaign, job).tick() == 0
