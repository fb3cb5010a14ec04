"""The bot that notes nothing of what its jobs did: it does not know what was sent yesterday."""

import sys

from bot.__main__ import main
from bot.features.runs import service


def _claim_always(*_: object, **__: object) -> bool:
    return True


if __name__ == "__main__":
    service.claim = _claim_always
    sys.exit(main())
