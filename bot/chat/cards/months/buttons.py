"""What the buttons of the month carry."""

from dataclasses import dataclass

from bot.chat.callback import callback

EXPLAIN = "explain"
"""The conversation that files a 情况说明 until a day."""


@callback("mo.s")
@dataclass(frozen=True)
class SubmitMonth:
    """Files the month as the card shows it; `mark` says what that was."""

    unit_id: int
    obligation: str
    period: str
    mark: str


@callback("mo.u")
@dataclass(frozen=True)
class UpdateMonth:
    """Files the month again with the activities that were reported since."""

    unit_id: int
    obligation: str
    period: str


@callback("mo.w")
@dataclass(frozen=True)
class WithdrawMonth:
    """Takes a filing back before its review."""

    submission_id: int


@callback("mo.a", shows=True)
@dataclass(frozen=True)
class ShowWhole:
    """Shows a page of the month's whole text as it stands now."""

    unit_id: int
    obligation: str
    period: str
    page: int = 1


@callback("mo.f", shows=True)
@dataclass(frozen=True)
class ShowFiledText:
    """Shows a page of the whole text of a version as it was filed."""

    submission_id: int
    page: int = 1


@callback("mo.n", shows=True)
@dataclass(frozen=True)
class ShowFigures:
    """Shows a page of the figures of a version, each a button that opens its sources."""

    submission_id: int
    page: int = 1


@callback("mo.o", shows=True)
@dataclass(frozen=True)
class ShowSources:
    """Shows a page of the reports behind a figure of a version."""

    total_id: int
    page: int = 1


@callback("mo.v", shows=True)
@dataclass(frozen=True)
class ShowVersions:
    """Shows a page of the versions of a filing: who, when, what changed."""

    submission_id: int
    page: int = 1


@callback("mo.t", shows=True)
@dataclass(frozen=True)
class ShowTypical:
    """Shows a page of the month's activities, to choose the examples among them."""

    unit_id: int
    obligation: str
    period: str
    page: int = 1


@callback("mo.m")
@dataclass(frozen=True)
class MarkTypical:
    """Makes an activity an example, or no longer one; then the list is shown again."""

    unit_id: int
    obligation: str
    period: str
    report_id: int
    typical: bool
    page: int


@callback("mo.d", shows=True)
@dataclass(frozen=True)
class DistrictFigures:
    """Shows a page of what the months of all units come to."""

    obligation: str
    period: str
    page: int = 1


@callback("mo.r", shows=True)
@dataclass(frozen=True)
class DistrictSources:
    """Shows a page of the reports behind a figure of all units."""

    obligation: str
    period: str
    metric: str
    page: int = 1
