"""Where a post stands, as a pin on the map: coordinates go through Telegram only (VOL-03)."""

from collections.abc import Mapping, Sequence

from bot.config import Config
from bot.features.outbox.payload import PIN, Attachment
from bot.features.places.models import Place
from bot.features.posts.models import Post

_MOST = 3


def pins(config: Config, posts: Sequence[Post], places: Mapping[int, Place]) -> list[Attachment]:
    """Return the pins of the places of `posts`, each once; none where nobody set one."""
    ids = dict.fromkeys(post.place_id for post in posts if post.place_id is not None)
    found = [places[number] for number in ids if number in places]
    return [pin for place in found[:_MOST] if (pin := pin_of(config, place)) is not None]


def pin_of(config: Config, place: Place) -> Attachment | None:
    """Return the pin of a place; None where nobody set one."""
    if place.latitude is None or place.longitude is None:
        return None
    return Attachment(
        PIN,
        name=place.name,
        address=f"{config.campaign.city}{config.campaign.district}",
        latitude=place.latitude,
        longitude=place.longitude,
    )
