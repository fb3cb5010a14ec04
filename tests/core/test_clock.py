"""The campaign's clock, and the file that moves it."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.clock import FileClock, SystemClock, write_clock_file

MORNING = datetime.fromisoformat("2024-06-03T09:00:00+08:00")


def test_the_file_says_the_time_and_it_goes_on_from_there(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    write_clock_file(path, MORNING)
    an_hour_ago = path.stat().st_mtime - 3600
    os.utime(path, (an_hour_ago, an_hour_ago))
    now = FileClock(path).now()
    assert timedelta(hours=1) <= now - MORNING < timedelta(hours=1, minutes=5)
    assert now.tzinfo is UTC


def test_a_changed_file_moves_the_clock(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    write_clock_file(path, MORNING)
    clock = FileClock(path)
    before = clock.now()
    write_clock_file(path, MORNING + timedelta(days=7))
    assert clock.now() - before >= timedelta(days=6, hours=23)


def test_moving_the_campaign_does_not_move_real_time(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    write_clock_file(path, MORNING)
    clock, system = FileClock(path), SystemClock()
    assert abs(clock.real_now() - system.real_now()) < timedelta(minutes=1)
    assert clock.monotonic() <= system.monotonic()


def test_a_time_without_an_offset_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    path.write_text("2024-06-03T09:00:00", encoding="ascii")
    with pytest.raises(ValueError, match="offset"):
        FileClock(path).now()
    with pytest.raises(ValueError, match="offset"):
        write_clock_file(path, MORNING.replace(tzinfo=None))
