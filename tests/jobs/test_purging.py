"""What was handled long ago is forgotten, and nothing else."""

from functools import partial

from sqlalchemy import func, select, update

from bot.chat.desk import Desk
from bot.config import Config
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.inbox.models import InboxRow
from bot.features.inbox.service import Received, receive, settle_now
from bot.features.outbox.models import Lane, OutboxRow, State
from bot.features.outbox.payload import Payload
from bot.features.outbox.service import Outgoing, enqueue, enqueue_edit
from jobs import purging
from tests.support.clock import SetClock


def count(view: View) -> int:
    return view.session.scalar(select(func.count()).select_from(InboxRow)) or 0


def purge(store: Store, campaign: Config) -> None:
    slices = store.read_now(lambda view: purging.due(view, campaign))

    def carry_out(work: Work, part: purging.Slice) -> None:
        purging.carry_out(Desk(work, campaign, "bot"), part)

    for part in slices:
        store.write_now(partial(carry_out, part=part))


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


def enqueue_all(store: Store, *, lane: Lane, name: str, count: int) -> None:
    """Put messages into the outbox as sent, each of them changed once."""

    def write(work: Work) -> None:
        for number in range(count):
            message = Outgoing(1, Payload(html="x"), lane, f"{name}:{number}")
            row = enqueue(work, message)
            assert row is not None
            key = f"{name}:{number}:change"
            enqueue_edit(work, message, dedupe_key=key, target_id=row.id)
        work.session.flush()
        work.session.execute(update(OutboxRow).values(state=State.sent))

    store.write_now(write)


def keys(view: View) -> set[str]:
    return set(view.session.scalars(select(OutboxRow.dedupe_key)))


def test_replies_are_forgotten_and_what_the_office_told_is_kept(
    store: Store, campaign: Config, clock: SetClock
) -> None:
    enqueue_all(store, lane=Lane.reminder, name="told", count=3)
    enqueue_all(store, lane=Lane.interactive, name="old", count=700)
    clock.move(days=campaign.retention.sent_replies_days, hours=1)
    enqueue_all(store, lane=Lane.interactive, name="new", count=2)
    purge(store, campaign)
    left = {key.split(":")[0] for key in store.read_now(keys)}
    assert left == {"told", "new"}
    assert not store.read_now(lambda view: purging.due(view, campaign))


def test_a_reply_that_was_not_sent_waits_on(
    store: Store, campaign: Config, clock: SetClock
) -> None:
    enqueue_all(store, lane=Lane.interactive, name="sent", count=1)
    message = Outgoing(1, Payload(html="x"), Lane.interactive, "waiting")
    store.write_now(lambda work: enqueue(work, message))
    clock.move(days=400)
    purge(store, campaign)
    assert store.read_now(keys) == {"waiting"}
