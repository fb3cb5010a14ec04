"""The buttons of planning posts."""

from dataclasses import dataclass
from datetime import date

from bot.chat.callback import callback

SERIES = "series"
"""The conversation that makes a series; begins with nothing, `t<template>` or `p<team's plan>`."""
COPY = "copyposts"
"""The conversation that copies; begins with `w<Monday to fill>` or `p<post>`."""
TEMPLATE = "template"
"""The conversation that names a template; begins with a batch."""


@callback("pb", shows=True)
@dataclass(frozen=True)
class ShowBoard:
    """Shows a page of the week from `monday` to the office; None is the present week."""

    monday: date | None
    page: int


@callback("pb.u", shows=True)
@dataclass(frozen=True)
class ShowUncovered:
    """Shows a page of the places without a post in the week from `monday`."""

    monday: date | None
    page: int


@callback("pb.d", shows=True)
@dataclass(frozen=True)
class ShowDrafts:
    """Shows a page of the drafts of posts."""

    page: int


@callback("pb.p")
@dataclass(frozen=True)
class PublishDraft:
    """Publishes a draft with all its roles; asks first unless `sure`."""

    post_id: int
    sure: bool


@callback("pb.b", shows=True)
@dataclass(frozen=True)
class ShowBatch:
    """Shows a batch of posts."""

    batch_id: int


@callback("pb.g")
@dataclass(frozen=True)
class PublishBatch:
    """Publishes the drafts of a batch; asks first unless `sure`."""

    batch_id: int
    sure: bool


@callback("pb.x")
@dataclass(frozen=True)
class UndoBatch:
    """Takes a batch back; asks first unless `sure`."""

    batch_id: int
    sure: bool


@callback("pb.k")
@dataclass(frozen=True)
class KeepAsDraft:
    """Keeps what a conversation has together as drafts of posts instead of publishing it."""

    flow: str
    draft_id: int


@callback("pb.t", shows=True)
@dataclass(frozen=True)
class ShowTemplates:
    """Shows the templates of series."""


@callback("pb.r")
@dataclass(frozen=True)
class RemoveTemplate:
    """Offers a template no more; asks first unless `sure`."""

    template_id: int
    sure: bool


@callback("pb.q", shows=True)
@dataclass(frozen=True)
class ShowPlans:
    """Shows the plans of teams that posts can be made for."""
