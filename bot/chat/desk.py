"""Where messages are written: for cards that render facts, and for jobs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.render import Voice, payload
from bot.chat.screen import Screen
from bot.config import Config
from bot.core.dates import start_of
from bot.db.work import Work
from bot.features.making.service import enqueue_with_file
from bot.features.outbox.many import enqueue_many
from bot.features.outbox.models import Lane, OutboxRow
from bot.features.outbox.service import Outgoing, enqueue, enqueue_edit
from bot.features.people.actor import with_telegram
from bot.features.people.models import Person

_NEVER_HELD = frozenset({Lane.interactive, Lane.alarm})


@dataclass(frozen=True)
class Letter:
    """What one person is sent; `key` is unique for person and cause."""

    person_id: int
    screen: Screen
    key: str
    topic: str | None = None


@dataclass
class Desk:
    """A transaction in which messages are written, each in its reader's language.

    `bot_username` is for deep links.
    """

    work: Work
    config: Config
    bot_username: str

    @property
    def now(self) -> datetime:
        """The campaign's time of this transaction."""
        return self.work.now

    def voice(self, language: str) -> Voice:
        """Return how to speak to a reader of `language`."""
        return Voice(language=language, zone=self.config.time.zone_info)

    def send(
        self,
        person_id: int,
        screen: Screen,
        *,
        lane: Lane,
        key: str,
        not_before: datetime | None = None,
        topic: str | None = None,
        once: bool = False,
    ) -> OutboxRow | None:
        """Put a message to a person into the outbox, once for each `key`.

        None when it is there already, or when the person cannot be reached: blocked the bot, was
        forgotten. Quiet hours hold everything but replies and alarms.
        """
        person = self.work.session.get(Person, person_id)
        if person is None or person.telegram_id is None or person.unreachable_at is not None:
            return None
        held = not_before if lane in _NEVER_HELD else self.after_quiet(not_before)
        message = Outgoing(
            chat_id=person.telegram_id,
            person_id=person_id,
            payload=payload(screen, self.voice(person.language), event=True),
            lane=lane,
            dedupe_key=key,
            not_before=held,
            context=screen.context,
            topic=topic,
            once=once,
        )
        if screen.order is not None:
            return enqueue_with_file(self.work, message, screen.order, person_id=person_id)
        return enqueue(self.work, message)

    def broadcast(
        self,
        person_ids: Sequence[int],
        screen: Screen,
        *,
        lane: Lane,
        key: str,
        topic: str,
        once: bool = False,
        disturbs: bool = False,
    ) -> int:
        """Put the same message to many people into the outbox, each under `key:person`.

        Returns how many were not there already. Forgotten people are left out; whom Telegram
        refuses is for the sender to find out, so that every recipient is accounted for. Quiet
        hours hold it back unless a person decided that it `disturbs`. A `once` message whose
        outcome is unknown is not sent again.
        """
        people = with_telegram(self.work, person_ids)
        spoken = {
            language: payload(screen, self.voice(language), event=True)
            for language in {person.language for person in people}
        }
        held = None if disturbs or lane in _NEVER_HELD else self.after_quiet(None)
        return enqueue_many(
            self.work,
            [
                Outgoing(
                    chat_id=person.telegram_id or 0,
                    person_id=person.id,
                    payload=spoken[person.language],
                    lane=lane,
                    dedupe_key=f"{key}:{person.id}",
                    not_before=held,
                    context=screen.context,
                    topic=topic,
                    once=once,
                )
                for person in people
            ],
        )

    def send_each(self, letters: Sequence[Letter], *, lane: Lane) -> int:
        """Put a message of their own to each of many people into the outbox, in two statements.

        Returns how many rows were not there already. Who cannot be reached is left out, and quiet
        hours hold everything but replies and alarms, as with `send`.
        """
        people = {
            person.id: person
            for person in with_telegram(self.work, {letter.person_id for letter in letters})
            if person.unreachable_at is None
        }
        held = None if lane in _NEVER_HELD else self.after_quiet(None)
        return enqueue_many(
            self.work,
            [
                Outgoing(
                    chat_id=person.telegram_id or 0,
                    person_id=person.id,
                    payload=payload(letter.screen, self.voice(person.language), event=True),
                    lane=lane,
                    dedupe_key=letter.key,
                    not_before=held,
                    context=letter.screen.context,
                    topic=letter.topic,
                )
                for letter in letters
                if (person := people.get(letter.person_id)) is not None
            ],
        )

    def edit(self, row: OutboxRow, screen: Screen, *, key: str) -> None:
        """Change the message that `row` sends, or has sent, into `screen`."""
        person = None if row.person_id is None else self.work.session.get(Person, row.person_id)
        language = self.config.languages.default if person is None else person.language
        message = Outgoing(
            chat_id=row.chat_id,
            person_id=row.person_id,
            payload=payload(screen, self.voice(language), event=True),
            lane=Lane.interactive,
            dedupe_key=key,
        )
        enqueue_edit(self.work, message, dedupe_key=key, target_id=row.id)

    def after_quiet(self, moment: datetime | None) -> datetime | None:
        """Return `moment` (None: now), or the end of the quiet hours that it falls into."""
        zone = self.config.time.zone_info
        start, end = self.config.time.quiet_hours.start, self.config.time.quiet_hours.end
        local = (moment or self.now).astimezone(zone)
        clock_time = local.time()
        if start <= end:
            quiet, days = start <= clock_time < end, 0
        else:
            quiet = clock_time >= start or clock_time < end
            days = 1 if clock_time >= start else 0
        if not quiet:
            return moment
        return start_of(local.date() + timedelta(days=days), zone, end)
