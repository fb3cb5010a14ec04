"""Places of the register for tests."""

from bot.db.work import Work
from bot.features.places.models import Place
from bot.features.posts.models import Post


def put_on_map(work: Work, post_id: int, latitude: float, longitude: float) -> int:
    """Let the place where a post stands have coordinates; return the place's id.

    Publishing a post has put its place into the register.
    """
    post = work.session.get_one(Post, post_id)
    assert post.place_id is not None
    place = work.session.get_one(Place, post.place_id)
    place.latitude, place.longitude = latitude, longitude
    work.session.flush()
    return place.id
