"""The buttons of the matrix."""

from dataclasses import dataclass
from datetime import date

from bot.chat.callback import callback


@callback("cv", shows=True)
@dataclass(frozen=True)
class ShowMatrix:
    """Shows how units stand with their tasks in the month that begins so; None: this month."""

    month: date | None


@callback("cv.g", shows=True)
@dataclass(frozen=True)
class ShowGaps:
    """Shows a page of what is missing in a month."""

    month: date
    page: int = 1


@callback("cv.p")
@dataclass(frozen=True)
class DrawSection:
    """Has a section's matrix up to a month drawn."""

    section: str
    month: date


@callback("cv.x")
@dataclass(frozen=True)
class MakeBook:
    """Has the whole matrix made into a workbook."""
