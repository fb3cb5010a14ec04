"""What is said when a post is closed, free of database and Telegram."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.features.closing.errors import (
    MoreKnewThanAsked,
    NotACount,
    RemarkTooLong,
    TooManyPhotos,
)
from bot.features.closing.models import Counted
from bot.features.reports.content import Photo
from bot.features.reports.reading.amounts import Amount

MOST_PHOTOS = 9
MOST_REMARK = 500
"""Characters."""


@dataclass(frozen=True)
class Outcome:
    """What came of a post; everything may be missing."""

    counts: Mapping[Counted, Amount] = field(default_factory=dict)
    photos: tuple[Photo, ...] = ()
    remark: str | None = None


def check_outcome(outcome: Outcome) -> None:
    """Raise NotACount, MoreKnewThanAsked, TooManyPhotos or RemarkTooLong for what does not fit."""
    for amount in outcome.counts.values():
        if not amount.is_whole or amount.value < 0:
            raise NotACount(text=amount.raw)
    asked, knew = outcome.counts.get(Counted.asked), outcome.counts.get(Counted.knew)
    if knew is not None and (asked is None or knew.value > asked.value):
        raise MoreKnewThanAsked(
            asked=0 if asked is None else int(asked.value), knew=int(knew.value)
        )
    if len(outcome.photos) > MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)
    if outcome.remark is not None and len(outcome.remark) > MOST_REMARK:
        raise RemarkTooLong(most=MOST_REMARK)
