"""Every conversation is walked with bad input."""

from handlers import FEATURES
from tests.handlers.ways import WAYS


def test_every_conversation_has_a_way() -> None:
    flows = {flow.name for feature in FEATURES for flow in feature.conversations}
    assert flows == WAYS.keys()
