"""Everything that sends by the clock: each is asked by the rehearsal what it will send.

A new sender decides in functions that take a moment, claims what it sends through
`bot.features.runs`, and gets a line here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.config import Config
from bot.db.work import Work
from bot.features.closing import asking
from bot.features.deadlines.noting import MESSAGES
from bot.features.digests import sending as digests
from bot.features.drafts import foreseeing as drafts
from bot.features.meetings import evening
from bot.features.notices import planned as notices
from bot.features.posts import foreseeing as posts
from bot.features.posts import leadlists, remindsteps
from bot.features.receipts import chasing
from bot.features.rehearsal import moving
from bot.features.routines import asking as routines
from bot.features.runs.foresight import Foresight, Planned

OTHER = "other"
"""The kind of messages that no sender here accounts for: offers, what happened, and the like."""


@dataclass(frozen=True)
class Sender:
    """What sends by the clock.

    `foresee(view, config, until)` yields what it sends from the moment of `view` on, by the
    functions that its job uses. The keys of its messages in the outbox begin with one of
    `prefixes`. `hold(work, name)` keeps it from sending what is about `name` until the transaction
    is over; None where it claims each message. `retime(work, name, to)` sets another time for what
    is about `name`; None where the time follows from a rule.
    """

    kind: str
    prefixes: tuple[str, ...]
    foresee: Callable[[Foresight, Config, datetime], Iterator[Planned]]
    hold: Callable[[Work, str], object] | None = None
    retime: Callable[[Work, str, datetime], object] | None = None


SENDERS: tuple[Sender, ...] = (
    Sender(MESSAGES, ("reminder:",), moving.foresee),
    Sender(digests.DIGESTS, ("digest:",), digests.foresee),
    Sender(remindsteps.KIND, ("post-reminder:",), posts.foresee),
    Sender(leadlists.KIND, ("post-lead-list:",), posts.foresee_lists),
    Sender(chasing.KIND, ("notice:%:chase:",), chasing.foresee, chasing.hold, chasing.retime),
    Sender(notices.KIND, ("notice:",), notices.foresee, notices.hold, notices.retime),
    Sender(evening.KIND, ("meeting:%:day-before:",), evening.foresee, evening.hold),
    Sender(routines.KIND, ("routine:",), routines.foresee, routines.hold),
    Sender(asking.KIND, ("closing:", "post:%:close:"), asking.foresee),
    Sender(drafts.KIND, ("draft-offer:", "draft-expire:"), drafts.foresee),
)
"""All of them, in the order in which their messages are shown at one moment.

A message belongs to the first of them that knows the beginning of its key.
"""
