"""The feature that what the office decides about many posts belongs to."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.flips import screens
from bot.chat.cards.flips.screens import UndoFlip
from bot.chat.feature import Feature
from bot.chat.screen import Answer
from bot.features.flips.service import undo

feature = Feature("flips")


@feature.press(UndoFlip, OFFICE_ONLY)
def take_back(call: Call, pressed: UndoFlip) -> Answer:
    """Take a decision back."""
    done = undo(call.work, actor=call.actor, flip_id=pressed.flip_id, config=call.config)
    return screens.undone(call, done)
