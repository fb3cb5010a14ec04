"""Whose files the archive holds: an owner is found by kind and number, so kinds must differ."""

from bot.features.deadlines.filing import SUBMISSION_OWNER
from bot.features.documents.service import DOCUMENT_OWNER
from bot.features.register.service import OFFICIAL_OWNER
from bot.features.reports.files import ARCHIVE_OWNER
from bot.features.textfiles.service import TEXTFILE_OWNER


def test_no_two_kinds_of_owner_are_called_the_same() -> None:
    kinds = [ARCHIVE_OWNER, SUBMISSION_OWNER, DOCUMENT_OWNER, OFFICIAL_OWNER, TEXTFILE_OWNER]
    assert len(set(kinds)) == len(kinds)
