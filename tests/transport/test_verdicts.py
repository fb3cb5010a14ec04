"""What an answer of Telegram means for a row."""

from datetime import timedelta

import pytest

from bot.features.outbox.claim import Claimed
from bot.features.outbox.models import Kind, Lane
from bot.features.outbox.outcome import (
    Failed,
    Moved,
    Outcome,
    Retry,
    SendAnew,
    SendPlain,
    Sent,
    Unknown,
    Unreachable,
)
from bot.features.outbox.payload import Payload
from bot.features.outbox.target import Target
from bot.transport.backoff import Backoff
from bot.transport.errors import NoAnswer, Refused
from bot.transport.verdicts import MOST_TRIES, Judge
from tests.transport.harness import NOON

JUDGE = Judge(Backoff(first_s=2.0, most_s=60.0))


def row(kind: Kind = Kind.send, *, attempts: int = 0, once: bool = False) -> Claimed:
    return Claimed(
        id=1,
        chat_id=5,
        kind=kind,
        lane=Lane.bulk,
        payload=Payload(html="x"),
        once=once,
        attempts=attempts,
        target=None if kind is Kind.send else Target(71, has_file=False),
    )


def refused(status: int, said: str, claimed: Claimed | None = None) -> Outcome:
    return JUDGE.refused(claimed or row(), Refused(status, said), now=NOON)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (403, "Forbidden: bot was kicked from the supergroup chat"),
        (400, "Bad Request: chat not found"),
        (400, "Bad Request: PEER_ID_INVALID"),
    ],
)
def test_a_chat_that_takes_nothing_is_unreachable(status: int, said: str) -> None:
    assert isinstance(refused(status, said), Unreachable)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_servers_trouble_is_tried_again(status: int) -> None:
    outcome = refused(status, "trouble")
    assert isinstance(outcome, Retry)
    assert outcome.counts
    assert NOON <= outcome.at <= NOON + timedelta(seconds=2)


def test_a_method_that_the_server_does_not_know_has_failed() -> None:
    assert isinstance(refused(501, "Not Implemented"), Failed)


def test_the_eighth_try_is_the_last() -> None:
    assert isinstance(refused(503, "", row(attempts=MOST_TRIES - 2)), Retry)
    assert isinstance(refused(503, "", row(attempts=MOST_TRIES - 1)), Failed)


def test_what_must_not_go_twice_is_not_repeated_when_it_may_have_gone() -> None:
    assert isinstance(refused(502, "", row(once=True)), Unknown)
    lost = NoAnswer("ReadTimeout", reached=True)
    assert isinstance(JUDGE.unanswered(row(once=True), lost, now=NOON), Unknown)


def test_what_must_not_go_twice_is_repeated_when_it_never_left() -> None:
    closed = NoAnswer("ConnectError", reached=False)
    assert isinstance(JUDGE.unanswered(row(once=True), closed, now=NOON), Retry)


def test_a_429_waits_as_long_as_told_and_is_no_attempt() -> None:
    error = Refused(429, "Too Many Requests: retry after 7", retry_after_s=7)
    outcome = JUDGE.refused(row(attempts=7, once=True), error, now=NOON)
    assert outcome == Retry(NOON + timedelta(seconds=7), str(error), counts=False)


def test_a_chat_that_moved_is_followed() -> None:
    error = Refused(400, "Bad Request: group chat was upgraded", moved_to=-1001)
    assert JUDGE.refused(row(), error, now=NOON) == Moved(-1001)


def test_a_change_that_changes_nothing_is_a_success() -> None:
    said = "Bad Request: message is not modified: specified new message content is the same"
    assert refused(400, said, row(Kind.edit)) == Sent(71)


@pytest.mark.parametrize(
    "said",
    [
        "Bad Request: message to edit not found",
        "Bad Request: message can't be edited",
        "Bad Request: MESSAGE_ID_INVALID",
        "Bad Request: there is no text in the message to edit",
    ],
)
def test_a_change_whose_message_is_gone_is_sent_anew(said: str) -> None:
    assert refused(400, said, row(Kind.edit)) == SendAnew()


def test_deleting_what_is_gone_is_a_success() -> None:
    assert refused(400, "Bad Request: message to delete not found", row(Kind.delete)) == Sent(None)


def test_unreadable_mark_up_goes_as_plain_text() -> None:
    said = "Bad Request: can't parse entities: Unsupported start tag"
    assert refused(400, said) == SendPlain()


@pytest.mark.parametrize(
    "said", ["Bad Request: message is too long", "Bad Request: message text is empty"]
)
def test_any_other_400_has_failed(said: str) -> None:
    assert refused(400, said) == Failed(f"400 {said}")
