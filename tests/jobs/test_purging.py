"""What was handled long ago is forgotten, and nothing else."""

from sqlalchemy import func, select

from bot.chat.desk import Desk
from bot.config import Config
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.inbox.models import InboxRow
from bot.features.inbox.service import Received, receive, settle_now
from jobs import purging
from tests.support.clock import SetClock


def count(view: View) -> int:
    return view.session.scalar(select(func.count()).select_from(InboxRow)) or 0


def purge(store: Store, campaign: Config) -> None:
    slices = store.read_now(lambda view: purging.due(view, campaign))

    def carry_out(work: Work) -> None:
        purging.carry_out(Desk(work, campaign, "bot"), slices[0])

    for _ in slices:
        store.write_now(carry_out)


def keep(store: Store, numbers: range) -> None:
    def write(work: Work) -> None:
        updates = [Received(number, 1, "{}") for number in numbers]
        for row in receive(work, bot_id=1, updates=updates):
            settle_now(work, row.id)

    store.write_now(write)


def test_updates_are_forgotten_after_their_time_and_not_before(
    store: Store, campaign: Config, clock: SetClock
) -> None:
    keep(store, range(1200))
    clock.move(days=campaign.retention.inbox_done_days, hours=-1)
    purge(store, campaign)
    assert store.read_now(count) == 1200
    clock.move(hours=2)
    keep(store, range(2000, 2010))
    purge(store, campaign)
    assert store.read_now(count) == 10


def test_what_nobody_has_handled_is_never_forgotten(
    store: Store, campaign: Config, clock: SetClock
) -> None:
    def write(work: Work) -> None:
        receive(work, bot_id=1, updates=[Received(1, 1, "{}")])

    store.write_now(write)
    keep(store, range(2, 5))
    clock.move(days=400)
    purge(store, campaign)
    assert store.read_now(count) == 1
