"""How a unit stands with a task, and how rows are spread over pictures (TASK-19)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.coverage.rules import Cell, cell_of, pages_of
from bot.features.deadlines.board import Standing

STANDINGS = st.none() | st.sampled_from(list(Standing))


@pytest.mark.parametrize(
    ("reports", "standing", "cell"),
    [
        (1, Standing.missing, Cell.done),
        (0, Standing.missing, Cell.none),
        (0, Standing.filed, Cell.none),
        (0, Standing.overdue, Cell.overdue),
        (0, Standing.no_activity, Cell.excused),
        (0, Standing.explained, Cell.excused),
        (0, None, Cell.foreign),
    ],
)
def test_a_cell_follows_from_reports_and_the_month(
    reports: int, standing: Standing | None, cell: Cell
) -> None:
    assert cell_of(reports, standing) is cell


@given(st.integers(min_value=1, max_value=99), STANDINGS)
def test_whoever_reported_is_done_whatever_else_is_late(
    reports: int, standing: Standing | None
) -> None:
    assert cell_of(reports, standing) is Cell.done


@given(STANDINGS)
def test_only_a_month_that_is_overdue_makes_a_cell_overdue(standing: Standing | None) -> None:
    assert (cell_of(0, standing) is Cell.overdue) is (standing is Standing.overdue)


@given(st.integers(min_value=0, max_value=600), st.integers(min_value=1, max_value=40))
def test_every_row_is_on_one_page_and_no_page_is_a_leftover(rows: int, most: int) -> None:
    pages = pages_of(rows, most=most)
    assert [row for first, last in pages for row in range(first, last)] == list(range(rows))
    sizes = {last - first for first, last in pages}
    assert all(0 < size <= most for size in sizes)
    assert not sizes or max(sizes) - min(sizes) <= 1
    assert len(pages) == -(-rows // most)
