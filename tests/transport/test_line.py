"""Updates wait in order inside a chat, and different chats go side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.inbox.service import Waiting
from bot.transport.line import Line


def row(row_id: int, chat: int) -> Waiting:
    return Waiting(id=row_id, chat_key=chat, raw="{}", starts=0)


def ids(rows: list[Waiting]) -> list[int]:
    return [each.id for each in rows]


def test_one_update_of_a_chat_is_in_work_at_a_time() -> None:
    line = Line(8)
    first, second = row(1, 5), row(2, 5)
    line.add([first, second])
    assert ids(line.next_rows()) == [1]
    line.start([first])
    assert line.next_rows() == []
    line.finish(first)
    assert ids(line.next_rows()) == [2]


def test_different_chats_go_side_by_side_up_to_the_limit() -> None:
    line = Line(2)
    line.add([row(1, 5), row(2, 6), row(3, 7)])
    assert ids(line.next_rows()) == [1, 2]


def test_a_chat_that_was_served_waits_behind_the_others() -> None:
    line = Line(1)
    first, second, other = row(1, 5), row(2, 5), row(3, 6)
    line.add([first, second, other])
    line.start([first])
    line.finish(first)
    assert ids(line.next_rows()) == [3]


def test_nothing_is_kept_of_a_chat_that_is_idle() -> None:
    line = Line(8)
    update = row(1, 5)
    line.add([update])
    line.start([update])
    line.finish(update)
    assert (len(line), line.in_work, line._queues, line._busy) == (0, 0, {}, set())


def test_a_row_is_not_added_twice() -> None:
    line = Line(8)
    update = row(1, 5)
    line.add([update])
    line.add([update])
    line.start([update])
    line.add([update])
    line.finish(update)
    assert line.next_rows() == []
    assert not line.holds(1)


def test_only_the_first_of_a_chat_can_start() -> None:
    line = Line(8)
    line.add([row(1, 5), row(2, 5)])
    with pytest.raises(ValueError, match="not the first"):
        line.start([row(2, 5)])


def test_fresh_rows_of_idle_chats_can_start_at_once() -> None:
    line = Line(3)
    busy = row(1, 5)
    line.add([busy])
    line.start([busy])
    fresh = [row(2, 5), row(3, 6), row(4, 6), row(5, 7), row(6, 8)]
    assert ids(line.opening().startable(fresh)) == [3, 5]


def test_fresh_rows_do_not_overtake_what_waits() -> None:
    line = Line(1)
    line.add([row(1, 5)])
    assert line.opening().startable([row(2, 6)]) == []


@given(
    st.lists(st.integers(1, 4), max_size=30),
    st.lists(st.integers(0, 7), max_size=80),
    st.integers(1, 4),
)
def test_whatever_finishes_when_each_chat_keeps_its_order(
    chats: list[int], choices: list[int], workers: int
) -> None:
    line = Line(workers)
    line.add(row(number, chat) for number, chat in enumerate(chats))
    started: list[Waiting] = []
    in_work: list[Waiting] = []
    for choice in [*choices, *[0] * (2 * len(chats))]:
        rows = line.next_rows()
        line.start(rows)
        started += rows
        in_work += rows
        assert len(in_work) <= workers
        assert len({each.chat_key for each in in_work}) == len(in_work)
        if in_work:
            line.finish(in_work.pop(choice % len(in_work)))
    assert sorted(ids(started)) == list(range(len(chats)))
    for chat in set(chats):
        of_chat = [each.id for each in started if each.chat_key == chat]
        assert of_chat == sorted(of_chat)
