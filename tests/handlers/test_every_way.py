"""Every conversation is walked with bad input, or named here as one that is not."""

from handlers import FEATURES
from tests.handlers.test_bad_input import WAYS

NOT_WALKED = frozenset(
    {
        "checkin",
        "closing",
        "copyposts",
        "dutycard",
        "enrol",
        "flip",
        "houradd",
        "hourfix",
        "hourno",
        "hourwrong",
        "place",
        "placeedit",
        "postreport",
        "series",
        "teamplan",
        "template",
    }
)
"""Their bad input is tried by tests of their own, not by everything at every step."""


def test_every_conversation_has_a_way_or_is_named() -> None:
    flows = {flow.name for feature in FEATURES for flow in feature.conversations}
    assert flows == WAYS.keys() | NOT_WALKED
    assert not WAYS.keys() & NOT_WALKED
