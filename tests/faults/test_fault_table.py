"""What Telegram and the database do to a notice on its way, at small sizes, each with a control.

`make bench ARGS=faults` runs the same table at full size.
"""

from pathlib import Path

import pytest

from tests.faults.fault_table import SMALL, Fault, faults

pytestmark = pytest.mark.timeout(300)

# The kills have a file of their own, with two controls.
TABLE = [fault for fault in faults(SMALL) if fault.name != "kills"]


def _line(fault: Fault) -> object:
    marks = [pytest.mark.postgres] if fault.needs_postgres else []
    return pytest.param(fault, id=fault.name, marks=marks)


@pytest.mark.parametrize("fault", [_line(fault) for fault in TABLE])
async def test_a_notice_outlives_it(
    tmp_path: Path, fault: Fault, request: pytest.FixtureRequest
) -> None:
    _server_for(fault, request)
    found = await fault.run(tmp_path)
    assert (found.lost, found.broke) == (0, ())


@pytest.mark.parametrize("fault", [_line(fault) for fault in TABLE if fault.control])
async def test_without_its_guard_it_does_not(
    tmp_path: Path, fault: Fault, request: pytest.FixtureRequest
) -> None:
    _server_for(fault, request)
    assert fault.control is not None
    found = await fault.control(tmp_path)
    assert found.broke


def _server_for(fault: Fault, request: pytest.FixtureRequest) -> None:
    """See that PostgreSQL starts here at all: the trial has a server of its own."""
    if fault.needs_postgres:
        request.getfixturevalue("postgres_server")
