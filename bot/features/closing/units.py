"""Whose report comes of a post (VOL-09)."""

from bot.config import Config, Task
from bot.core.errors import NotFound
from bot.db.work import View
from bot.features.people.queries import contacts_of_units
from bot.features.posts.models import Post
from bot.features.tasks.queries import tasks_of_unit, units_of_task


def reporting_unit(view: View, config: Config, post: Post) -> int | None:
    """Return the unit that reports on a post; None where none of them has a contact.

    It is the post's own unit; else the first that answers for the task of the post's kind, then
    for the tasks of the other kinds (团区委, 区文明办), and has a contact.
    """
    wanted = [] if post.unit_id is None else [post.unit_id]
    for task in _tasks(config, post.kind):
        wanted += [unit.unit_id for unit in units_of_task(view, task)]
    contacts = contacts_of_units(view, wanted)
    return next((unit_id for unit_id in wanted if contacts.get(unit_id)), None)


def reported_task(view: View, config: Config, post: Post, unit_id: int) -> str | None:
    """Return under which task the unit reports the post; None for none of its own (其他)."""
    own = {task.id for task in tasks_of_unit(view, config, unit_id)}
    return next((task.id for task in _tasks(config, post.kind) if task.id in own), None)


def _tasks(config: Config, kind: str) -> list[Task]:
    """Return the task of a kind of post, and behind it those of the other kinds, each once."""
    slugs = [kind, *(one.slug for one in config.post_kinds)]
    found: dict[str, Task] = {}
    for slug in slugs:
        try:
            task = config.task(config.post_kind(slug).task)
        except NotFound:
            # A kind that was taken out of the configuration since.
            continue
        found.setdefault(task.id, task)
    return list(found.values())


def is_lecture(config: Config, kind: str) -> bool:
    """Tell whether people come to a kind of post to listen (VOL-07)."""
    try:
        return config.post_kind(kind).lecture
    except NotFound:
        return False
