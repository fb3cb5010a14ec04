"""The office of the reports' tests, for the register."""

from tests.features.reports.conftest import any_office, office

__all__ = ["any_office", "office"]
