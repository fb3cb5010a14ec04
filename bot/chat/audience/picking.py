"""What an audience can be picked from, kind by kind: buttons for a page of each."""

from collections.abc import Sequence
from datetime import timedelta

from bot.chat.call import Call
from bot.chat.cards.deadlines.words import title
from bot.chat.cards.notices.words import section_text, task_text
from bot.chat.cards.posts.words import label
from bot.chat.text import Plain, T, Text
from bot.core.roles import Role
from bot.features.deadlines.board import boards
from bot.features.notices.audience import Part, PartKind
from bot.features.notices.queries import recent_posts
from bot.features.units.models import UnitKind
from bot.features.units.queries import answering_units, register

ROLES = (
    Role.contact,
    Role.unit_head,
    Role.volunteer,
    Role.post_lead,
    Role.team_lead,
    Role.supervisor,
    Role.coordinator,
)
PICKED_FROM = (
    PartKind.unit,
    PartKind.group,
    PartKind.section,
    PartKind.task,
    PartKind.team,
    PartKind.post,
    PartKind.missing,
)
"""The kinds that have a list of their own, in the order of their buttons."""

_POSTS_SINCE = timedelta(days=7)
_MOST_POSTS = 60

Options = Sequence[tuple[Part, Text]]


def options(call: Call, kind: PartKind) -> Options:
    """Return what can be picked of `kind`, each with its words; a fixed number of statements."""
    config = call.config
    match kind:
        case PartKind.unit:
            units = answering_units(call.work)
            return [(Part(kind, str(unit.id)), Plain(unit.name)) for unit in units]
        case PartKind.group:
            groups = [
                unit
                for unit in register(call.work)
                if unit.kind is UnitKind.group and unit.closed_at is None
            ]
            return [(Part(kind, str(unit.id)), Plain(unit.name)) for unit in groups]
        case PartKind.section:
            return [(Part(kind, one.id), section_text(config, one.id)) for one in config.sections]
        case PartKind.task:
            return [(Part(kind, one.id), task_text(config, one.id)) for one in config.tasks]
        case PartKind.team:
            return [(Part(kind, one.slug), Plain(one.name)) for one in config.volunteer_teams]
    return _posts(call) if kind is PartKind.post else _missing(call)


def _posts(call: Call) -> Options:
    found = recent_posts(call.work, since=call.now - _POSTS_SINCE, most=_MOST_POSTS)
    return [
        (
            Part(PartKind.post, str(post.id)),
            T("notices.post", day=post.starts_at, post=label(post, call.config)),
        )
        for post in found
    ]


def _missing(call: Call) -> Options:
    return [
        (
            Part(PartKind.missing, f"{board.deadline.obligation.id}.{board.deadline.period}"),
            T("notices.missing_units", title=title(board.deadline), units=len(board.missing)),
        )
        for board in reversed(boards(call.work, call.config))
        if board.missing
    ]
