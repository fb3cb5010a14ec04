"""Setting another time for what goes to many at one time, for all of them."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.config import Config
from bot.core.errors import BusinessError
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.posts.remindtimes import quiet_until
from bot.features.rehearsal.errors import GoneOut, NotMoved, PastThen, QuietThen, TooFarAhead
from bot.features.rehearsal.looking import MOST_DAYS, GroupKey, letters_of
from bot.features.rehearsal.senders import SENDERS
from bot.features.rehearsal.skipping import skipped_between
from bot.features.rehearsal.times import Choice, later

_MINUTE = timedelta(minutes=1)

RETIMED = frozenset(sender.kind for sender in SENDERS if sender.retime is not None)
"""The senders of which a person sets the time: notices, and the chasing of their receipts."""


def retime(work: Work, *, actor: Actor, config: Config, key: GroupKey, to: datetime) -> int:
    """Let a line of the calendar go out at `to`, for everybody; return to how many people it goes.

    An earlier time than its own is one as well, as long as it is to come; a line that is there
    already, by a second press, stays there. Raises NotAllowed, NotMoved where the time follows from
    a rule, GoneOut, PastThen, QuietThen, TooFarAhead.
    """
    actor.check(Role.coordinator)
    sender = next((one for one in SENDERS if one.kind == key.kind), None)
    if sender is None or sender.retime is None or sender.hold is None:
        raise NotMoved
    if not letters_of(work, config, key):
        if there := letters_of(work, config, replace(key, at=to)):
            return len(there)
        raise GoneOut
    sender.hold(work, key.name)
    letters = letters_of(work, config, key)
    if not letters:
        raise GoneOut
    _check(work, config, to)
    sender.retime(work, key.name, to)
    # Whoever it was cancelled for can be brought back until the new time.
    for row in skipped_between(work, key.at, key.at + _MINUTE):
        if row.kind == key.kind and any(name == key.name for name, *_ in row.about):
            row.due_at = to
    record(work, "send.retime", f"{key.kind}:{key.name}", actor_id=actor.person_id)
    return len(letters)


def line_choices(view: View, config: Config, key: GroupKey) -> list[Choice]:
    """Return the times that are offered for a line; what is refused is there with its reason."""
    return [Choice(to, _why_not(view, config, to)) for to in later(key.at)]


def _why_not(view: View, config: Config, to: datetime) -> BusinessError | None:
    try:
        _check(view, config, to)
    except BusinessError as error:
        return error
    return None


def _check(view: View, config: Config, to: datetime) -> None:
    if to <= view.now:
        raise PastThen
    if to >= view.now + timedelta(days=MOST_DAYS):
        raise TooFarAhead(days=MOST_DAYS)
    end = quiet_until(to, config)
    if end is not None:
        raise QuietThen(until=end)
