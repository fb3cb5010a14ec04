"""The command line: `python -m bot COMMAND`."""

import argparse
import sys
from collections.abc import Callable, Sequence

from bot.cli import (
    archive,
    backup,
    check,
    demo,
    export,
    invite,
    key,
    migrate,
    queue,
    read,
    run,
    verify,
)
from bot.cli.options import add_common
from bot.cli.say import say, text
from bot.config import ConfigErrors
from bot.core.errors import BusinessError
from bot.db.lock import AlreadyRunning
from bot.transport.errors import TokenRefused

_Options = Callable[[argparse.ArgumentParser], None]
_Main = Callable[[argparse.Namespace], int]

_COMMANDS: dict[str, tuple[_Options, _Main]] = {
    "run": (run.add_options, run.main),
    "demo": (demo.add_options, demo.main),
    "check": (check.add_options, check.main),
    "migrate": (migrate.add_options, migrate.main),
    "invite": (invite.add_options, invite.main),
    "queue": (queue.add_options, queue.main),
    "read": (read.add_options, read.main),
    "archive": (archive.add_options, archive.main),
    "export": (export.add_options, export.main),
    "key": (key.add_options, key.main),
    "verify": (verify.add_options, verify.main),
    "backup": (backup.add_backup_options, backup.backup),
    "restore": (backup.add_restore_options, backup.restore),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command and return its exit status: 0 done, 1 could not, 2 used wrongly."""
    parser = argparse.ArgumentParser(prog="python -m bot", description=text("cli.description"))
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (add_options, _) in _COMMANDS.items():
        command = commands.add_parser(name, help=text(f"cli.help_{name}"))
        add_common(command)
        add_options(command)
    options = parser.parse_args(arguments)
    try:
        return _COMMANDS[options.command][1](options)
    except ConfigErrors as errors:
        for problem in errors.problems:
            sentence = text(problem.message_key, **problem.data)
            sys.stderr.write(f"{problem.place}: {sentence}\n")
    except BusinessError as error:
        say(sys.stderr, error.key, **error.data)
    except AlreadyRunning as error:
        say(sys.stderr, "cli.already_running", path=error.path)
    except TokenRefused:
        say(sys.stderr, "cli.token_refused")
    return 1


if __name__ == "__main__":
    sys.exit(main())
