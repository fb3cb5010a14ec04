"""Messages that are there already are changed and taken away."""

from bot.features.outbox.models import Kind, State
from bot.sandbox.client import SimClient
from tests.transport.harness import TestStore
from tests.transport.running import until
from tests.transport.sending import People, StartSender, all_are


async def test_a_change_edits_the_message_of_its_row(
    store: TestStore, start_sender: StartSender, people: People
) -> None:
    (anna,) = await people(1)
    (row_id,) = store.put(1, words="10 of 20")
    (edit,) = store.put(1, kind=Kind.edit, target_id=row_id, words="20 of 20")
    await start_sender()
    message = await anna.expect("20 of 20")
    assert message.edited
    await until(all_are(store, [edit], State.sent))
    assert store.row(edit).message_id == store.row(row_id).message_id == message.id


async def test_a_change_that_changes_nothing_is_a_success(
    store: TestStore, start_sender: StartSender, people: People
) -> None:
    await people(1)
    (row_id,) = store.put(1, words="same")
    (edit,) = store.put(1, kind=Kind.edit, target_id=row_id, words="same")
    await start_sender()
    await until(all_are(store, [row_id, edit], State.sent))


async def test_a_change_of_a_message_that_is_gone_comes_as_a_new_one(
    store: TestStore, sim: SimClient, start_sender: StartSender, people: People
) -> None:
    (anna,) = await people(1)
    (edit,) = store.put(1, kind=Kind.edit, target_message_id=4711, words="new card")
    await start_sender()
    message = await anna.expect("new card")
    assert not message.edited
    await until(all_are(store, [edit], State.sent))


async def test_a_deletion_takes_the_message_away(
    store: TestStore, start_sender: StartSender, people: People
) -> None:
    (anna,) = await people(1)
    (row_id,) = store.put(1, words="recalled")
    (deletion,) = store.put(1, kind=Kind.delete, target_id=row_id)
    await start_sender()
    await until(all_are(store, [deletion], State.sent))
    assert [message.text for message in await anna.messages() if message.from_bot] == []
