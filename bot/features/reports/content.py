"""What a report says, free of database and Telegram; as JSON it is the draft's answers."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Self

from bot.features.reports.reading.amounts import Amount, Bound
from bot.features.reports.reading.dates import UNKNOWN, Precision, When

NO_TASK = "00"
"""Stands for 其他: an activity of none of the unit's tasks; also its series of numbers."""


@dataclass(frozen=True)
class Value:
    """A number under a metric's slug."""

    metric: str
    amount: Amount


@dataclass(frozen=True)
class Partner:
    """A unit of the register, or only a name; `name` is shown for both."""

    name: str
    unit_id: int | None = None


@dataclass(frozen=True)
class Photo:
    """A photo, or another file beside the text, that Telegram holds.

    `kind` is photo, video, voice, audio, or document for anything that was sent as a file
    (ARC-02). `name`, `size_bytes` and `mime` are None where Telegram does not say, and in a report
    that was read back: the archive keeps them.
    """

    kind: str
    file_id: str
    unique_id: str
    name: str | None = None
    size_bytes: int | None = None
    mime: str | None = None

    @property
    def is_picture(self) -> bool:
        """Whether it shows the activity: a photo, or an image that was sent as a file."""
        image = (self.mime or "").lower().startswith("image/")
        return self.kind == "photo" or (self.kind == "document" and image)


@dataclass(frozen=True)
class Content:
    """What is reported.

    `task_id` None is 其他. `people` is 参加人数; None where nobody counted. `values` are the other
    numbers, each metric once. `links` stand for files that are too large for Telegram (ARC-02).
    """

    unit_id: int
    task_id: str | None
    title: str
    when: When = UNKNOWN
    place: str | None = None
    partners: tuple[Partner, ...] = ()
    people: Amount | None = None
    values: tuple[Value, ...] = ()
    text: str | None = None
    photos: tuple[Photo, ...] = field(default=())
    links: tuple[str, ...] = field(default=())

    def plain(self) -> dict[str, Any]:
        """Return this as JSON data; what was not given is left out."""
        given = {
            "unit": self.unit_id,
            "task": self.task_id or NO_TASK,
            "title": self.title,
            "date": when_to_plain(self.when),
            "place": self.place,
            "partners": [partner_to_plain(one) for one in self.partners],
            "people": None if self.people is None else amount_to_plain(self.people),
            "values": [value_to_plain(one) for one in self.values],
            "text": self.text,
            "photos": [photo_to_plain(one) for one in self.photos],
            "links": list(self.links),
        }
        return {name: value for name, value in given.items() if value is not None}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """Read back what `plain` wrote; unit, task and title must be there (KeyError).

        None stands for what was not given.
        """
        when, people = data.get("date"), data.get("people")
        return cls(
            unit_id=data["unit"],
            task_id=None if data["task"] == NO_TASK else data["task"],
            title=data["title"],
            when=UNKNOWN if when is None else when_of(when),
            place=data.get("place"),
            partners=tuple(partner_of(one) for one in data.get("partners", ())),
            people=None if people is None else amount_of(people),
            values=tuple(value_of(one) for one in data.get("values", ())),
            text=data.get("text"),
            photos=tuple(photo_of(one) for one in data.get("photos", ())),
            links=tuple(data.get("links") or ()),
        )


def when_to_plain(when: When) -> dict[str, Any]:
    """Return `when` as JSON data."""
    day = None if when.day is None else when.day.isoformat()
    return {"precision": when.precision.value, "day": day, "text": when.text}


def when_of(data: Mapping[str, Any]) -> When:
    """Read back what `when_to_plain` wrote."""
    day = None if data["day"] is None else date.fromisoformat(data["day"])
    return When(Precision(data["precision"]), day, data["text"])


def amount_to_plain(amount: Amount) -> dict[str, Any]:
    """Return `amount` as JSON data, its value as text so that it stays exact."""
    return {
        "value": f"{amount.value:f}",
        "approx": amount.approx,
        "bound": None if amount.bound is None else amount.bound.value,
        "raw": amount.raw,
    }


def amount_of(data: Mapping[str, Any]) -> Amount:
    """Read back what `amount_to_plain` wrote."""
    bound = None if data["bound"] is None else Bound(data["bound"])
    return Amount(Decimal(data["value"]), approx=data["approx"], raw=data["raw"], bound=bound)


def value_to_plain(value: Value) -> dict[str, Any]:
    """Return `value` as JSON data."""
    return {"metric": value.metric, **amount_to_plain(value.amount)}


def value_of(data: Mapping[str, Any]) -> Value:
    """Read back what `value_to_plain` wrote."""
    return Value(data["metric"], amount_of(data))


def partner_to_plain(partner: Partner) -> dict[str, Any]:
    """Return `partner` as JSON data."""
    return {"name": partner.name, "unit": partner.unit_id}


def partner_of(data: Mapping[str, Any]) -> Partner:
    """Read back what `partner_to_plain` wrote."""
    return Partner(data["name"], data["unit"])


def photo_to_plain(photo: Photo) -> dict[str, Any]:
    """Return `photo` as JSON data."""
    return asdict(photo)


def photo_of(data: Mapping[str, Any]) -> Photo:
    """Read back what `photo_to_plain` wrote."""
    return Photo(**data)
