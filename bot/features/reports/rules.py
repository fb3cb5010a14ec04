"""Decisions about reports that need nothing but their facts."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from bot.config import Config
from bot.core.dates import last_day_of_month, local_day
from bot.features.reports.models import ReportStatus
from bot.features.reports.reading import result
from bot.features.reports.reading.dates import Limits, Precision, When

WITHDRAW_MINUTES = 10
"""Long enough to notice a slip on the receipt, short enough that a coordinator's review is rarely
of something that is gone."""
MOST_TITLE = 100
MOST_PLACE = 100
MOST_PARTNER_NAME = 60
MOST_TEXT_UNITS = 4096
"""UTF-16 units of one Telegram message: the paragraph comes in one and is shown in one."""
MOST_PHOTOS = 10
"""Photos and other files together: Telegram's album."""
MOST_LINKS = 5
MOST_LINK = 500
MOST_VALUES = 30
MOST_PARTNERS = 15
MOST_REASON = 300

PEOPLE_METRIC = result.PEOPLE_METRIC

COUNTED = (ReportStatus.submitted, ReportStatus.accepted)
"""Reports that count: those that wait and those that were taken."""

_NUMBER = re.compile(r"(?:(\d{4})\s*-?\s*)?([A-Za-z][A-Za-z0-9._]*|00)\s*-\s*(\d{1,6})")


def number_of(year: int, series: str, serial: int) -> str:
    """Return a report's number, such as 2024-C2-017."""
    return f"{year}-{series}-{serial:03d}"


def read_number(text: str, *, year: int) -> tuple[int, str, int] | None:
    """Return year, series and serial that `text` means; without a year it is `year`.

    2024-C2-017, No. 2024-c2-17 and C2-17 are numbers; None for what is none.
    """
    match = _NUMBER.search(text)
    return None if match is None else (int(match[1] or year), match[2], int(match[3]))


def read_link(text: str) -> str | None:
    """Return the https address that `text` is; None for anything else.

    No name and password, no white space, no sign that a reader does not see: what the card shows
    is where it leads.
    """
    link = text.strip()
    if len(link) > MOST_LINK or any(unicodedata.category(char)[0] in "CZ" for char in link):
        return None
    try:
        parts = urlsplit(link)
        host, named = parts.hostname, parts.username or parts.password
    except ValueError:
        return None
    is_host = host is not None and "." in host.strip(".")
    return link if parts.scheme == "https" and is_host and not named else None


def may_be_withdrawn(status: ReportStatus, submitted_at: datetime, now: datetime) -> bool:
    """Tell whether a report can still be withdrawn: for ten minutes, before its review."""
    recent = now < submitted_at + timedelta(minutes=WITHDRAW_MINUTES)
    return status is ReportStatus.submitted and recent


def is_open_for_change(status: ReportStatus) -> bool:
    """Tell whether its unit may change the report and file it again."""
    return status in {ReportStatus.returned, ReportStatus.withdrawn}


def date_limits(config: Config, now: datetime) -> Limits:
    """Return the days that reports may be of: from the year before the campaign until today."""
    begins = min(phase.start for phase in config.phases)
    today = local_day(now, config.time.zone_info)
    return Limits(first=date(begins.year - 1, 1, 1), today=today)


def month_of(config: Config, moment: datetime) -> date:
    """Return the first day of the campaign-local month of `moment`."""
    return local_day(moment, config.time.zone_info).replace(day=1)


def month_counted(config: Config, when: When, moment: datetime) -> date:
    """Return the first day of the month in which an activity counts (REP-02).

    That is its own month where the day or the month is known, so that what is reported late still
    belongs to the month in which it was held. What has no month, or is from before the campaign,
    counts in the month of `moment`, in which it is first filed: nothing is lost.
    """
    filed = month_of(config, moment)
    if when.day is None or when.precision not in {Precision.day, Precision.month}:
        return filed
    held = when.day.replace(day=1)
    begins = min(phase.start for phase in config.phases).replace(day=1)
    return held if begins <= held <= filed else filed


def place_in_time(when: When, month: date) -> tuple[date, int]:
    """Return by what the activities of `month` are put in order (REP-09).

    What is known to the day stands on its day; what is vague stands at the end of its period, the
    vaguer the later.
    """
    match when.precision, when.day:
        case Precision.day, date() as day:
            return day, 0
        case Precision.month, date() as day:
            return last_day_of_month(day), 1
        case Precision.year, date() as day:
            return day.replace(month=12, day=31), 2
    return last_day_of_month(month), 3
