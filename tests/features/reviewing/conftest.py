"""The office of the reports' tests, for the queue."""

from tests.features.reports.conftest import any_office, office

__all__ = ["any_office", "office"]
