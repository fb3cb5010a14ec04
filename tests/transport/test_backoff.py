"""How long to wait, and when the server is taken to be away."""

from bot.transport.backoff import Backoff
from bot.transport.outage import Outage

START = 1000.0
SURE = Backoff(first_s=1.0, most_s=60.0)


def test_the_wait_is_random_below_a_doubling_bound() -> None:
    backoff = Backoff(first_s=2.0, most_s=60.0)
    for tries, bound in [(1, 2), (2, 4), (5, 32), (6, 60), (10_000, 60)]:
        waits = [backoff.after(tries) for _ in range(200)]
        assert min(waits) >= 0
        assert bound / 2 < max(waits) <= bound


def test_a_single_failure_is_no_outage() -> None:
    outage = Outage(SURE)
    assert outage.failed(started_at=START, now=START + 1) == 0
    outage.answered()
    assert outage.failed(started_at=START + 2, now=START + 3) == 0
    assert not outage.is_suspected


def test_three_failures_in_a_row_are_one() -> None:
    outage = Outage(SURE)
    pauses = [outage.failed(started_at=START + n, now=START + n + 0.5) for n in range(3)]
    assert outage.is_suspected
    assert pauses[:2] == [0, 0]
    assert 0 < pauses[2] <= 1


def test_calls_from_before_the_pause_do_not_lengthen_it() -> None:
    outage = Outage(SURE)
    for number in range(3):
        outage.failed(started_at=START + number, now=START + 10)
    assert outage.failed(started_at=START + 9, now=START + 11) == 0


def test_one_answer_ends_it() -> None:
    outage = Outage(SURE)
    for number in range(3):
        outage.failed(started_at=START + number, now=START + number)
    outage.answered()
    assert not outage.is_suspected
