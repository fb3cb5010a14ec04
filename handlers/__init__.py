"""What each kind of user can say and press: one module or package a feature."""

from bot.chat.feature import Feature
from handlers import (
    archive,
    before,
    coverage,
    deadlines,
    digest,
    drafts,
    export,
    fallback,
    flips,
    inviting,
    language,
    minors,
    notices,
    people,
    posts,
    privacy,
    register,
    reports,
    reviewing,
    staff,
    start,
    tasks,
    teams,
    totals,
    units,
)

FEATURES: tuple[Feature, ...] = (
    start.feature,
    posts.feature,
    before.feature,
    flips.feature,
    notices.feature,
    reports.feature,
    reviewing.feature,
    archive.feature,
    deadlines.feature,
    register.feature,
    digest.feature,
    totals.feature,
    export.feature,
    tasks.feature,
    coverage.feature,
    inviting.feature,
    staff.feature,
    units.feature,
    teams.feature,
    people.feature,
    minors.feature,
    language.feature,
    privacy.feature,
    drafts.feature,
    fallback.feature,
)
"""All features; the order is the order in which they are asked, and that of the menus.

`fallback` takes what nobody else took and stays last.
"""
