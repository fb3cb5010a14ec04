"""The bot with two words after /help that it cannot digest: one raises, one ends the process."""

import os
import sys
from dataclasses import replace

from bot.__main__ import main
from bot.chat.call import Call
from bot.chat.feature import Run
from bot.chat.screen import Answer
from handlers.start import feature

RAISES = "raises-9f27"
EXITS = "exits-51c3"
STATUS = 77


def _poisoned(run: Run) -> Run:
    def digest(call: Call, words: str) -> Answer:
        answer = run(call, words)
        if words == RAISES:
            raise RuntimeError(f"cannot digest {words}")
        if words == EXITS:
            os._exit(STATUS)
        return answer

    return digest


if __name__ == "__main__":
    feature.commands[:] = [
        replace(command, run=_poisoned(command.run)) if command.name == "help" else command
        for command in feature.commands
    ]
    sys.exit(main())
