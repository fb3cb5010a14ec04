"""The buttons of bulletins."""

from dataclasses import dataclass
from datetime import date

from bot.chat.callback import callback

RETITLE = "bulltitle"
"""The conversation that gives a draft another title."""
INTRODUCE = "bullfore"
"""The conversation that gives a draft a foreword."""
REWORD = "bullitem"
"""The conversation that gives an item other words."""


@callback("bu.l", shows=True)
@dataclass(frozen=True)
class ListBulletins:
    """Shows a page of the bulletins; `month` None is all of them."""

    page: int
    month: date | None


@callback("bu.n", shows=True)
@dataclass(frozen=True)
class AskPeriod:
    """Asks which days a new bulletin is about."""


@callback("bu.b")
@dataclass(frozen=True)
class BeginBulletin:
    """Begins a draft about these days, or opens the one that there is."""

    first: date
    last: date


@callback("bu", shows=True)
@dataclass(frozen=True)
class OpenBulletin:
    """Shows a draft or an issued bulletin."""

    bulletin_id: int


@callback("bu.m", shows=True)
@dataclass(frozen=True)
class ShowMaterial:
    """Shows a page of the reports that can stand in a draft."""

    bulletin_id: int
    page: int


@callback("bu.t")
@dataclass(frozen=True)
class PutReport:
    """Puts a report into a draft, or takes it out."""

    bulletin_id: int
    report_id: int
    page: int
    chosen: bool


@callback("bu.a")
@dataclass(frozen=True)
class PutPage:
    """Puts a whole page of reports into a draft, or takes them out."""

    bulletin_id: int
    page: int
    chosen: bool


@callback("bu.i", shows=True)
@dataclass(frozen=True)
class ListItems:
    """Shows a page of what stands in a draft."""

    bulletin_id: int
    page: int


@callback("bu.o", shows=True)
@dataclass(frozen=True)
class OpenItem:
    """Shows an item with its words."""

    item_id: int


@callback("bu.r")
@dataclass(frozen=True)
class RemoveItem:
    """Takes an item out of its draft."""

    item_id: int


@callback("bu.d")
@dataclass(frozen=True)
class MakeBulletin:
    """Orders the Word file, of a draft for a look."""

    bulletin_id: int


@callback("bu.q")
@dataclass(frozen=True)
class AskIssue:
    """Asks once more before a draft gets its number."""

    bulletin_id: int


@callback("bu.ok")
@dataclass(frozen=True)
class IssueBulletin:
    """Issues the draft as it was shown: its `version`."""

    bulletin_id: int
    version: int


@callback("bu.c")
@dataclass(frozen=True)
class CorrectBulletin:
    """Begins a draft that corrects an issued bulletin."""

    bulletin_id: int


@callback("bu.x")
@dataclass(frozen=True)
class AskDrop:
    """Asks once more before a draft is given up."""

    bulletin_id: int


@callback("bu.xx")
@dataclass(frozen=True)
class DropBulletin:
    """Gives up a draft."""

    bulletin_id: int


@callback("bu.v", shows=True)
@dataclass(frozen=True)
class ReadBulletin:
    """Shows a page of a bulletin's words."""

    bulletin_id: int
    page: int


@callback("bu.p")
@dataclass(frozen=True)
class PutItem:
    """Puts an item to place `at` of its chapter."""

    item_id: int
    at: int


@callback("bu.w")
@dataclass(frozen=True)
class MakePaper:
    """Has the Word file of an issued bulletin made again where it was lost."""

    bulletin_id: int
