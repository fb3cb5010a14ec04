"""The buttons of finding and of completeness."""

from dataclasses import dataclass

from bot.chat.callback import callback


@callback("fd.p")
@dataclass(frozen=True)
class FoundPage:
    """Shows a page of what the search `version` of its reader found."""

    version: int
    page: int


@callback("fd.o")
@dataclass(frozen=True)
class OpenFound:
    """Shows a report that was found, with its files, and the way back to the page."""

    report_id: int
    version: int
    page: int


@callback("ar.c")
@dataclass(frozen=True)
class ShowCompleteness:
    """Shows a page of how complete the reports on each task are."""

    page: int
