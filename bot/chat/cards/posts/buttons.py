"""The buttons of posts."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.chat.callback import callback
from bot.features.posts.models import Post
from bot.features.posts.rules import move_stamp

LINK = "post"
"""The prefix of the links that show a post."""


@callback("po.d", shows=True)
@dataclass(frozen=True)
class PostsOn:
    """Shows a page of a day's posts; `day` None is the next day that has any."""

    day: date | None
    page: int


@callback("po.c")
@dataclass(frozen=True)
class PostsCalendar:
    """A cell of the calendar of posts (`bot.chat.calendar`)."""

    cell: str


@callback("po.w", shows=True)
@dataclass(frozen=True)
class PostPlaces:
    """Shows a page of the places that have posts to come."""

    page: int


@callback("po.v", shows=True)
@dataclass(frozen=True)
class NearMe:
    """Asks for a location, to find posts near it."""


@callback("po.p", shows=True)
@dataclass(frozen=True)
class PostsAt:
    """Shows a page of the posts to come at the place of the post `like`."""

    like: int
    page: int


@callback("po.n", shows=True)
@dataclass(frozen=True)
class ShortPosts:
    """Shows a page of the posts of the next days that lack people."""

    page: int


@callback("po", shows=True)
@dataclass(frozen=True)
class ShowPost:
    """Shows a post."""

    post_id: int


@callback("po.s")
@dataclass(frozen=True)
class SignUp:
    """Takes a place, or the last turn in the line, of a post that is where it was published."""

    post_id: int


@callback("po.z")
@dataclass(frozen=True)
class SignUpMoved:
    """Does the same for a post that was moved; `seen` tells which place and time were shown."""

    post_id: int
    seen: int


@callback("po.x")
@dataclass(frozen=True)
class Leave:
    """Gives up the place, or the turn in the line."""

    post_id: int


@callback("po.y")
@dataclass(frozen=True)
class Swap:
    """Gives up the place at `from_id` for one at `to_id`."""

    to_id: int
    from_id: int


@callback("po.t")
@dataclass(frozen=True)
class TakeOffer:
    """Takes the place that is offered to a person."""

    post_id: int
    person_id: int


@callback("po.tn")
@dataclass(frozen=True)
class DeclineOffer:
    """Lets the place that is offered to a person go to the next in line."""

    post_id: int
    person_id: int


@callback("po.ta")
@dataclass(frozen=True)
class TakeThis:
    """Takes the place that the message with this button offers, by the step `step_id`."""

    post_id: int
    person_id: int
    step_id: int


@callback("po.td")
@dataclass(frozen=True)
class DeclineThis:
    """Lets the place go that the message with this button offers."""

    post_id: int
    person_id: int
    step_id: int


@callback("po.q", shows=True)
@dataclass(frozen=True)
class WhyThisTurn:
    """Shows why the person has the turn in the line that they have."""

    post_id: int


@callback("po.o", shows=True)
@dataclass(frozen=True)
class OtherPosts:
    """Shows posts near in time that the person could take instead."""

    post_id: int


@callback("po.a")
@dataclass(frozen=True)
class CannotCome:
    """Tells the lead, after the cut-off, that the person cannot come."""

    post_id: int


@callback("po.m", shows=True)
@dataclass(frozen=True)
class MyPosts:
    """Shows a page of the person's own posts to come."""

    page: int


@callback("po.mp", shows=True)
@dataclass(frozen=True)
class MyPastPosts:
    """Shows a page of the posts at which the person had a place."""

    page: int


@callback("po.r", shows=True)
@dataclass(frozen=True)
class Roster:
    """Shows a page of those who have a place or wait, to who answers for the post."""

    post_id: int
    page: int


@callback("po.rm")
@dataclass(frozen=True)
class RemovePerson:
    """Takes a person off a post; asks first unless `sure`."""

    post_id: int
    person_id: int
    sure: bool


@callback("po.k")
@dataclass(frozen=True)
class CancelPost:
    """Cancels a post; asks first unless `sure`."""

    post_id: int
    sure: bool


@callback("po.b")
@dataclass(frozen=True)
class Bring:
    """Comes with so many people, the person included."""

    post_id: int
    size: int


@callback("po.l")
@dataclass(frozen=True)
class PostLink:
    """Makes the message that leads others to a post, to be forwarded."""

    post_id: int


@callback("po.u", shows=True)
@dataclass(frozen=True)
class SignOthers:
    """Shows a page of the people whom the person may sign up for a post."""

    post_id: int
    page: int


@callback("po.f")
@dataclass(frozen=True)
class SignUpFor:
    """Signs somebody else up."""

    post_id: int
    person_id: int


@callback("po.g")
@dataclass(frozen=True)
class TakeOff:
    """Takes somebody off whom one may sign up."""

    post_id: int
    person_id: int


@callback("po.h")
@dataclass(frozen=True)
class SignUpAll:
    """Signs up everybody whom one may."""

    post_id: int


class Lowering(StrEnum):
    """What becomes of those for whom there would be no place."""

    keep = "k"
    ask = "a"
    put_out = "o"


@callback("po.e")
@dataclass(frozen=True)
class LowerPlaces:
    """Sets the number of places where more people have one; `seen` is whom the card has shown."""

    post_id: int
    capacity: int
    how: Lowering
    seen: int


def to_sign_up(post: Post) -> SignUp | SignUpMoved:
    """Return the button's data to sign up for a post as it is shown."""
    seen = move_stamp(post)
    return SignUpMoved(post.id, seen) if seen else SignUp(post.id)
