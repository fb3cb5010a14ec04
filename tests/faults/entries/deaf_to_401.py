"""The bot that takes a refused token for a refused message."""

import sys

from bot.__main__ import main
from bot.transport.errors import Refused

if __name__ == "__main__":
    Refused.is_token_refused = property(lambda _: False)  # type: ignore[method-assign,assignment]
    sys.exit(main())
