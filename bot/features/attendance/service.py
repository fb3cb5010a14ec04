"""What can be done about attendance; each function is one step within a transaction."""

from bot.features.attendance.checking import (
    Checked,
    Point,
    check_in_by_code,
    check_in_by_link,
    check_in_by_location,
    check_out,
    count_companions,
)
from bot.features.attendance.roll import (
    Code,
    Mark,
    access_post_to_lead,
    end_as_planned,
    end_at_close,
    mark,
    mark_all_here,
    set_present,
    show_code,
)

__all__ = [
    "Checked",
    "Code",
    "Mark",
    "Point",
    "access_post_to_lead",
    "check_in_by_code",
    "check_in_by_link",
    "check_in_by_location",
    "check_out",
    "count_companions",
    "end_as_planned",
    "end_at_close",
    "mark",
    "mark_all_here",
    "set_present",
    "show_code",
]
