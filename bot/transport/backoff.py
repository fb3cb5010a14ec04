"""How long to wait before trying again."""

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Backoff:
    """Full jitter: a random wait up to `first_s`, doubled with every try and at most `most_s`.

    The jitter keeps many failed calls from coming back together.
    """

    first_s: float
    most_s: float

    def after(self, tries: int) -> float:
        """Return the seconds to wait after `tries` (at least 1) failures in a row."""
        longest = min(self.most_s, self.first_s * 2.0 ** min(tries - 1, 30))
        return random.uniform(0.0, longest)  # noqa: S311 - jitter, no secret
