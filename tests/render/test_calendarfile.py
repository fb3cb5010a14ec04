"""Calendar files: what a phone reads out of them, and the bytes that strict readers look at."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from bot.render.limits import Job
from tests.render.test_tables import made

ZONE = ZoneInfo("Asia/Shanghai")
HEAD = {
    "method": "PUBLISH",
    "name": "我的排班",
    "organizer": "区文明办",
    "zone": "Asia/Shanghai",
    "language": "zh_CN",
}
NOTE = "带水，帽子; 马甲\\现场发,\n第二行：" + "在路口东北角集合" * 30 + "🚦"


def event(**given: Any) -> dict[str, Any]:
    return {
        "uid": "post:7:12@sucheng",
        "sequence": 3,
        "status": "CONFIRMED",
        "stamp": "2024-06-03T01:00:00+00:00",
        "start": "2024-06-08T01:00:00+00:00",
        "end": "2024-06-08T02:30:00+00:00",
        "title": "楚街路口 · 道路口文明引导岗",
        "place": "楚街路口",
        "text": NOTE,
        "latitude": 33.95,
        "longitude": 118.29,
        "alarm_minutes": 120,
        **given,
    }


async def written(folder: Path, *events: dict[str, Any], **head: Any) -> bytes:
    return await made(Job.ics, folder, {**HEAD, **head}, *events)


def read(content: bytes) -> Any:
    """Return the calendar in `content`; its properties have types of the library's own."""
    return Calendar.from_ical(content)


async def test_what_was_put_in_is_read_out_again(tmp_path: Path) -> None:
    content = await written(tmp_path, event(), event(uid="post:8:12@sucheng", latitude=None))
    calendar = read(content)
    first, second = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "PUBLISH"
    assert (str(first["UID"]), int(first["SEQUENCE"])) == ("post:7:12@sucheng", 3)
    assert first.decoded("DTSTART") == datetime(2024, 6, 8, 9, tzinfo=ZONE)
    assert first.decoded("DTEND") == datetime(2024, 6, 8, 10, 30, tzinfo=ZONE)
    assert first["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert str(first["DESCRIPTION"]) == NOTE
    assert (first["GEO"].latitude, first["GEO"].longitude) == (33.95, 118.29)
    assert "GEO" not in second
    [alarm] = first.walk("VALARM")
    assert alarm.decoded("TRIGGER") == -timedelta(hours=2)


async def test_the_zone_is_written_down_and_is_eight_hours_ahead(tmp_path: Path) -> None:
    [zone] = read(await written(tmp_path, event())).walk("VTIMEZONE")
    assert str(zone["TZID"]) == "Asia/Shanghai"
    at = datetime(2024, 6, 8, 9, tzinfo=zone.to_tz())
    assert at.utcoffset() == timedelta(hours=8)


async def test_what_does_not_take_place_is_taken_out(tmp_path: Path) -> None:
    gone = event(status="CANCELLED", alarm_minutes=None)
    calendar = read(await written(tmp_path, gone, method="CANCEL"))
    [taken_out] = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "CANCEL"
    assert str(taken_out["STATUS"]) == "CANCELLED"
    assert not taken_out.walk("VALARM")


async def test_lines_are_short_in_bytes_and_end_as_the_standard_says(tmp_path: Path) -> None:
    content = await written(tmp_path, event())
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines), "each line break is CR LF"
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # a fold never splits a character
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert "DTSTART;TZID=Asia/Shanghai:20240608T090000\r\n" in unfolded
    assert "带水，帽子\\; 马甲\\\\现场发\\,\\n第二行" in unfolded


async def test_a_text_cannot_break_out_of_its_line(tmp_path: Path) -> None:
    sly = event(title="岗\r\nEND:VEVENT\r\nBEGIN:VEVENT", place="a\nATTENDEE:x")
    calendar = read(await written(tmp_path, sly))
    [only] = calendar.walk("VEVENT")
    assert "ATTENDEE" not in only
