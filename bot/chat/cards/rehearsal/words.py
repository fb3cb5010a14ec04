"""How what goes out is called, and why it goes out."""

import re
from collections.abc import Mapping
from datetime import datetime

from bot.chat.cards.deadlines.words import title_of
from bot.chat.text import Plain, T, Text, tn
from bot.config import Config
from bot.features.closing import asking
from bot.features.deadlines.ladder import HEAD
from bot.features.deadlines.noting import MESSAGES
from bot.features.digests.sending import DIGESTS
from bot.features.drafts import foreseeing as drafts
from bot.features.meetings import evening
from bot.features.notices import planned as notices
from bot.features.outbox.models import State
from bot.features.posts import leadlists, remindsteps
from bot.features.receipts import chasing
from bot.features.rehearsal.looking import GroupKey
from bot.features.rehearsal.models import SkipReason
from bot.features.rehearsal.senders import OTHER
from bot.features.routines import asking as routines

_STEP = re.compile(r"T([+-])(\d+)")

_KINDS: Mapping[str, Text] = {
    MESSAGES: T("rehearsal.kind_reminder"),
    DIGESTS: T("rehearsal.kind_digest"),
    remindsteps.KIND: T("rehearsal.kind_post"),
    leadlists.KIND: T("rehearsal.kind_list"),
    asking.KIND: T("rehearsal.kind_closing"),
    chasing.KIND: T("rehearsal.kind_chase"),
    evening.KIND: T("rehearsal.kind_meeting"),
    routines.KIND: T("routines.kind"),
    notices.KIND: T("rehearsal.kind_notice"),
    drafts.KIND: T("rehearsal.kind_draft"),
    OTHER: T("rehearsal.kind_other"),
}
_WHAT: Mapping[tuple[str, str], Text] = {
    (DIGESTS, "all"): T("rehearsal.kind_digest"),
    (remindsteps.KIND, "day"): T("rehearsal.post_day"),
    (remindsteps.KIND, "soon"): T("rehearsal.post_soon"),
    (leadlists.KIND, "list"): T("rehearsal.kind_list"),
    (asking.KIND, "ask"): T("rehearsal.closing_lead"),
    (asking.KIND, "office"): T("rehearsal.closing_office"),
    (drafts.KIND, drafts.OFFER): T("rehearsal.draft_offer"),
    (drafts.KIND, drafts.EXPIRE): T("rehearsal.draft_expire"),
    (evening.KIND, evening.REMIND): T("rehearsal.meeting_remind"),
    (evening.KIND, evening.CHASE): T("rehearsal.meeting_chase"),
}
_WHY: Mapping[str, Text] = {
    MESSAGES: T("rehearsal.why_reminder"),
    DIGESTS: T("rehearsal.why_digest"),
    remindsteps.KIND: T("rehearsal.why_post"),
    leadlists.KIND: T("rehearsal.why_list"),
    asking.KIND: T("rehearsal.why_closing"),
    chasing.KIND: T("rehearsal.why_chase"),
    evening.KIND: T("rehearsal.why_meeting"),
    routines.KIND: T("routines.why"),
    notices.KIND: T("rehearsal.why_notice"),
    drafts.KIND: T("rehearsal.why_draft"),
}
WAITING = frozenset({State.held, State.pending, State.sending})
"""The states of messages that are still to arrive."""
_STATES: Mapping[State, Text] = {
    State.held: T("rehearsal.state_waiting"),
    State.pending: T("rehearsal.state_waiting"),
    State.sending: T("rehearsal.state_waiting"),
    State.sent: T("rehearsal.state_sent"),
    State.blocked: T("rehearsal.state_blocked"),
    State.failed: T("rehearsal.state_failed"),
    State.cancelled: T("rehearsal.state_cancelled"),
    State.unknown: T("rehearsal.state_unknown"),
}
_REASONS: Mapping[SkipReason, Text] = {
    SkipReason.told: T("rehearsal.reason_told"),
    SkipReason.needless: T("rehearsal.reason_needless"),
    SkipReason.bad_time: T("rehearsal.reason_bad_time"),
}


def kind_text(kind: str) -> Text:
    """Return what a sender's messages are called together."""
    return _KINDS.get(kind, _KINDS[OTHER])


def what(config: Config, kind: str, name: str, step: str) -> Text:
    """Return what a message is about: 催报 6月创建宣传信息（提前2天）."""
    if kind == notices.KIND:
        return T("rehearsal.notice", number=name)
    if kind == chasing.KIND:
        return T("rehearsal.chase", number=name)
    if kind != MESSAGES:
        return _WHAT.get((kind, step), kind_text(kind))
    obligation, _, period = name.partition(":")
    title = title_of(config, obligation, period)
    if step == HEAD:
        return T("rehearsal.escalation", title=title)
    return T("rehearsal.reminder", title=title, step=_step_text(step))


def why(key: GroupKey) -> Text:
    """Return why messages of a line go out, and what stops them."""
    if key.step == HEAD:
        return T("rehearsal.why_escalation")
    return _WHY.get(key.kind, T("rehearsal.why_other"))


def state_text(state: State) -> Text:
    """Return how far a message has come."""
    return _STATES[state]


def reason_text(reason: SkipReason) -> Text:
    """Return why somebody cancelled a message."""
    return _REASONS[reason]


def clock(config: Config, moment: datetime) -> str:
    """Return the local time of day: 09:00."""
    return f"{moment.astimezone(config.time.zone_info):%H:%M}"


def person_text(name: str) -> Text:
    """Return a person's name, or that there is none."""
    return Plain(name) if name else T("rehearsal.nameless")


def _step_text(step: str) -> Text:
    found = _STEP.fullmatch(step)
    if found is None:
        return Plain(step)
    days = int(found[2])
    if found[1] == "+":
        return tn("rehearsal.step_after", days)
    return tn("rehearsal.step_before", days) if days else T("rehearsal.step_day")
