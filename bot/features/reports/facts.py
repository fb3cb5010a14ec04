"""What happens to reports that somebody must hear of."""

from dataclasses import dataclass

from bot.core.facts import Fact


@dataclass(frozen=True)
class ReportSubmitted(Fact):
    """Version `version` of a report waits for its review."""

    report_id: int
    version: int


@dataclass(frozen=True)
class ReportSupplemented(Fact):
    """What a report lacked was added to version `version`."""

    report_id: int
    version: int


@dataclass(frozen=True)
class ReportAccepted(Fact):
    """A coordinator took the report (采用)."""

    report_id: int
    version: int


@dataclass(frozen=True)
class ReportsAccepted(Fact):
    """A coordinator took several reports at once; each contact hears of all theirs together."""

    report_ids: tuple[int, ...]


@dataclass(frozen=True)
class ReportReturned(Fact):
    """A coordinator sent the report back (退回), with a reason."""

    report_id: int
    version: int


@dataclass(frozen=True)
class ReportWithdrawn(Fact):
    """The contact took the report back before its review."""

    report_id: int
    version: int


@dataclass(frozen=True)
class PartnersNamed(Fact):
    """A report names units as partners that it did not name before; they are asked (ORG-08)."""

    report_id: int
    unit_ids: tuple[int, ...]


@dataclass(frozen=True)
class PartnerConfirmed(Fact):
    """A partner said that it took part."""

    report_id: int
    unit_id: int


@dataclass(frozen=True)
class PartnerDenied(Fact):
    """A partner said that it did not take part."""

    report_id: int
    unit_id: int


@dataclass(frozen=True)
class PartnerRemoved(Fact):
    """A correction names a partner no more; `credited` when the partner had confirmed."""

    report_id: int
    unit_id: int
    credited: bool
