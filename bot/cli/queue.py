"""`queue`: what could not be handled, sent or fetched, and trying it again."""

import argparse
import sys

from bot.cli.options import clock_of, settings_of, with_store
from bot.cli.say import say
from bot.core.errors import BusinessError
from bot.db.store import Store
from bot.db.work import Work
from bot.features.archive.service import list_given_up, requeue_files
from bot.features.inbox.queue import list_dead, requeue_dead
from bot.features.outbox.queue import list_failed, requeue

_PAGE = 100
_IN, _OUT, _FILE = "in", "out", "file"


class NotAQueueId(BusinessError):
    """What was given is none of the ids that `queue list` shows."""

    key = "cli.not_a_queue_id"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|requeue")
    actions.add_parser("list")
    again = actions.add_parser("requeue")
    again.add_argument("ids", nargs="+", metavar="in:N|out:N|file:N|all")


def main(options: argparse.Namespace) -> int:
    """List what was given up, without its words, or let it be tried again."""
    settings = settings_of(options)
    use = _list if options.action == "list" else lambda store: _requeue(store, options.ids)
    return with_store(settings, clock_of(options, settings), use)


def _list(store: Store) -> int:
    dead = store.read_now(lambda view: list_dead(view, most=_PAGE))
    failed = store.read_now(lambda view: list_failed(view, most=_PAGE))
    for letter in dead:
        say(
            sys.stdout,
            "cli.dead_letter",
            id=f"{_IN}:{letter.id}",
            at=f"{letter.received_at:%Y-%m-%d %H:%M}",
            chat=letter.chat_key,
            reason=letter.reason or "-",
        )
    for row in failed:
        say(
            sys.stdout,
            "cli.given_up",
            id=f"{_OUT}:{row.id}",
            at=f"{row.created_at:%Y-%m-%d %H:%M}",
            chat=row.chat_id,
            state=row.state,
            attempts=row.attempts,
            reason=row.error or "-",
        )
    files = store.read_now(lambda view: list_given_up(view, most=_PAGE))
    for file in files:
        say(
            sys.stdout,
            "cli.file_given_up",
            id=f"{_FILE}:{file.id}",
            at=f"{file.added_at:%Y-%m-%d %H:%M}",
            owner=f"{file.owner_kind}:{file.owner_ref}",
            attempts=file.attempts,
            reason=file.error or "-",
        )
    say(sys.stdout, "cli.queue_counts", dead=len(dead), failed=len(failed), files=len(files))
    return 0


def _requeue(store: Store, names: list[str]) -> int:
    if names == ["all"]:
        names = _all(store)
    ids: dict[str, list[int]] = {_IN: [], _OUT: [], _FILE: []}
    for name in names:
        kind, _, number = name.partition(":")
        if kind not in ids or not number.isdecimal():
            raise NotAQueueId(name=name)
        ids[kind].append(int(number))

    def again(work: Work) -> int:
        requeued = requeue_dead(work, ids[_IN]) + requeue(work, ids[_OUT])
        return requeued + requeue_files(work, ids[_FILE])

    say(sys.stdout, "cli.requeued", count=store.write_now(again))
    return 0


def _all(store: Store) -> list[str]:
    dead = store.read_now(lambda view: list_dead(view, most=_PAGE))
    failed = store.read_now(lambda view: list_failed(view, most=_PAGE))
    files = store.read_now(lambda view: list_given_up(view, most=_PAGE))
    return [
        *(f"{_IN}:{letter.id}" for letter in dead),
        *(f"{_OUT}:{row.id}" for row in failed),
        *(f"{_FILE}:{file.id}" for file in files),
    ]
