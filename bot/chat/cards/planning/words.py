"""How planned posts are said."""

from collections.abc import Sequence

from bot.chat.text import Listed, T, Text
from bot.features.posts.board import Staffing
from bot.features.posts.drafting import Group
from bot.features.posts.models import Post
from bot.features.posts.series import RolePart


def parts_text(parts: Sequence[RolePart]) -> Text:
    """Return how many people a post takes, by role where it has several."""
    return Listed([_part(part) for part in parts])


def group_parts(group: Group) -> list[RolePart]:
    """Return how many people a post to be takes."""
    return [RolePart(one.role, one.minimum, one.capacity) for one in group]


def staffing(post: Post, how: Staffing) -> Text:
    """Return how a post stands, understaffed ones apart from those that are only not full."""
    figures = {"taken": post.taken, "capacity": post.capacity}
    if how is Staffing.understaffed:
        lacking = post.minimum - post.taken
        return T("planning.understaffed", lacking=lacking, minimum=post.minimum, **figures)
    if how is Staffing.not_full:
        return T("planning.not_full", free=post.capacity - post.taken, **figures)
    return T("planning.full", **figures) if how is Staffing.full else T("planning.begun", **figures)


def _part(part: RolePart) -> Text:
    values = {"minimum": part.minimum, "capacity": part.capacity}
    range_ = part.minimum > 1 and part.minimum != part.capacity
    people = (
        T("planning.from_to", **values) if range_ else T("planning.people", capacity=part.capacity)
    )
    return people if part.role is None else T("planning.role_part", role=part.role, people=people)
