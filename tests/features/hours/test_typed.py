"""How long somebody served, as people type it."""

import pytest

from bot.features.hours.errors import NoDuration
from bot.features.hours.typed import read_minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2", 120),
        ("1.5", 90),
        ("2小时", 120),
        ("1.5 小时", 90),
        ("1个小时", 60),
        ("两个小时", 120),
        ("1小时30分", 90),
        ("1小时30分钟", 90),
        ("1小时半", 90),
        ("一个半小时", 90),
        ("半小时", 30),
        ("半个小时", 30),
        ("90分钟", 90),
        ("90 分", 90),
        ("1:30", 90),
        ("1：05", 65),
        ("2h", 120),
        ("1h30m", 90),
        ("45 min", 45),
    ],
)
def test_a_duration_is_read_as_it_is_said(text: str, minutes: int) -> None:
    assert read_minutes(text) == minutes


@pytest.mark.parametrize(
    "text", ["", "很久", "一上午", "-2", "2-3小时", "小时", "1:75", "分钟", "1e3"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(NoDuration):
        read_minutes(text)
