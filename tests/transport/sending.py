"""Words that the tests of the sender share."""

from collections.abc import Awaitable, Callable

from bot.features.outbox.models import State
from bot.sandbox.client import SimCall, SimClient, SimPerson
from bot.transport.sender import Sender
from tests.transport.harness import TestStore

People = Callable[[int], Awaitable[list[SimPerson]]]
StartSender = Callable[..., Awaitable[Sender]]

SENDS = {"sendMessage", "sendPhoto", "sendDocument", "sendMediaGroup"}


def all_are(store: TestStore, ids: list[int], state: State) -> Callable[[], bool]:
    """Return a check that all the rows are in one state."""
    return lambda: set(store.states(ids)) == {state}


async def sends(sim: SimClient) -> list[SimCall]:
    """Return the calls that send something, in the order in which they came."""
    return [call for call in await sim.calls() if call.method in SENDS]
