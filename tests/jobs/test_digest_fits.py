"""The digest stays one message: what does not fit under its picture is told in less detail."""

import pytest

from bot.chat.cards.digests import message
from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.features.outbox.models import OutboxRow, State
from jobs.digest import job
from tests.jobs.test_digest import MONDAY, digests, report
from tests.jobs.ticking import Ticking, shanghai
from tests.support.clock import SetClock
from tests.support.people import load, make


def sent_with_room_for(
    store: Store, config: Config, clock: SetClock, monkeypatch: pytest.MonkeyPatch, most: int
) -> OutboxRow:
    """Return the office's digest of a week with a report where a caption holds so much."""
    load(store, config)
    ticking = Ticking(store, config, job)
    office = make(store, Role.coordinator)
    clock.at = shanghai("06-12T10:00")
    report(ticking, make(store, Role.contact, unit="kexie"), 60)
    clock.at = MONDAY
    monkeypatch.setattr(message, "CAPTION_UNITS", most)
    ticking.tick()
    [row] = [row for row in digests(store) if row.person_id == office.person_id]
    return row


def test_what_fits_is_told_whole(
    store: Store, campaign: Config, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = sent_with_room_for(store, campaign, clock, monkeypatch, 1024)
    assert "完整 0/18 · 按时 0/18" in row.payload["html"]
    assert "等，另有 13 个" in row.payload["html"]
    assert row.state is State.held


def test_what_does_not_fit_is_told_with_fewer_names(
    store: Store, campaign: Config, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = sent_with_room_for(store, campaign, clock, monkeypatch, 380)
    assert "完整 0/18" not in row.payload["html"]
    assert "等，另有 15 个" in row.payload["html"]
    assert row.state is State.held


def test_what_never_fits_goes_whole_and_without_a_picture(
    store: Store, campaign: Config, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = sent_with_room_for(store, campaign, clock, monkeypatch, 20)
    assert "完整 0/18 · 按时 0/18" in row.payload["html"]
    assert row.state is State.pending
