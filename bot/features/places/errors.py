"""What the register of places refuses (VOL-10).

BusinessError
 ├─ PlaceExists   a place of that name is in the register
 ├─ NoName        no text, or too long a one, to name a place
 └─ NoKind, NoCrowd, NoPosition   what was given is none
"""

from bot.core.errors import BusinessError


class PlaceExists(BusinessError):
    """A place called `name` is there already; how it is written makes no difference."""

    key = "places.error.exists"

    def __init__(self, *, place_id: int, name: str) -> None:
        """Keep which one it is."""
        super().__init__(name=name)
        self.place_id = place_id


class NoName(BusinessError):
    """A place is named by letters or digits, at most `most` UTF-16 units."""

    key = "places.error.name"


class NoKind(BusinessError):
    """The kind was to be one of the buttons."""

    key = "places.error.kind"


class NoCrowd(BusinessError):
    """When it is busy is said in at most `most` UTF-16 units."""

    key = "places.error.crowd"


class NoPosition(BusinessError):
    """A position is a location message."""

    key = "places.error.position"
