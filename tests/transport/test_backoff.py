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


def fail(outage: Outage, *chats: int, at: float = START) -> list[float]:
    """Let a call to each of the chats fail, one after the other; return the pauses."""
    return [
        outage.failed(chat, started_at=at + n, now=at + n + 0.5) for n, chat in enumerate(chats)
    ]


def test_one_message_that_fails_again_and_again_is_no_outage() -> None:
    outage = Outage(SURE)
    assert fail(outage, *[1] * 20) == [0] * 20
    assert not outage.is_suspected


def test_failures_of_three_chats_in_a_row_are_one() -> None:
    outage = Outage(SURE)
    pauses = fail(outage, 1, 2, 3)
    assert outage.is_suspected
    assert pauses[:2] == [0, 0]
    assert 0 < pauses[2] <= 1


def test_an_answer_between_them_clears_the_suspicion() -> None:
    outage = Outage(SURE)
    fail(outage, 1, 2)
    outage.answered()
    assert fail(outage, 3, 4, at=START + 10) == [0, 0]
    assert not outage.is_suspected


def test_calls_from_before_the_pause_do_not_lengthen_it() -> None:
    outage = Outage(SURE)
    fail(outage, 1, 2, 3)
    assert outage.failed(4, started_at=START, now=START + 11) == 0


def test_each_round_that_fails_lengthens_the_pause() -> None:
    outage = Outage(Backoff(first_s=1.0, most_s=30.0))
    fail(outage, 1, 2, 3)
    longest = [fail(outage, 1, at=START + 100 * n)[0] for n in range(1, 40)]
    assert 2 < max(longest) <= 30


def test_one_answer_ends_it() -> None:
    outage = Outage(SURE)
    fail(outage, 1, 2, 3)
    outage.answered()
    assert not outage.is_suspected
    assert fail(outage, 1, at=START + 50) == [0]
