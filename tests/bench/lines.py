"""What a measurement prints: one JSON object a line."""

import json
import statistics
import sys
from collections.abc import Awaitable, Callable, Sequence

RUNS = 3


def line(
    bench: str,
    value: float,
    unit: str,
    *,
    ratio: float | None = None,
    against: str | None = None,
    **more: object,
) -> None:
    """Print one result; `ratio` is `value` over what `against` names, None without.

    `more` is what one must know beside the value.
    """
    shown = {
        "bench": bench,
        "value": round(value, 3),
        "unit": unit,
        "ratio": None if ratio is None else round(ratio, 3),
        "against": against,
        **more,
    }
    sys.stdout.write(json.dumps(shown) + "\n")
    sys.stdout.flush()


async def median_of(measure: Callable[[], Awaitable[float]], *, runs: int = RUNS) -> float:
    """Return the median of `runs` measurements."""
    return statistics.median([await measure() for _ in range(runs)])


def percentile(values: Sequence[float], part: float) -> float:
    """Return the value below which `part` (0 to 1) of `values` lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
