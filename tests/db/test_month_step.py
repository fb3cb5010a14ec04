"""The step that keeps the month as data: what was filed before is in it, and back (REP-02)."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.db import migrate
from bot.db.engine import command_engine
from bot.features.models import MODEL_MODULES

BEFORE = "0001"
NOW = "2024-06-03 01:00:00"
FILINGS = [
    # a month with all its parts, a month of which there was nothing, a plan
    ("O2", "2024-06", 1, "submitted", "动态", "变化", "经验", "打算"),
    ("O2", "2024-07", 1, "no_activity", "没有安排", None, None, None),
    ("O1", "once", 1, "accepted", None, None, None, None),
]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database."""
    assert MODEL_MODULES
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    found: str = request.getfixturevalue("postgres_url")
    return found


def do(url: str, *statements: str, **values: object) -> list[tuple[object, ...]]:
    engine = command_engine(url)
    with engine.begin() as connection:
        results = [connection.execute(sa.text(one), values) for one in statements]
        rows = [tuple(row) for row in results[-1]] if results[-1].returns_rows else []
    engine.dispose()
    return rows


def test_a_month_that_was_filed_keeps_its_words_up_and_down(url: str) -> None:
    migrate.upgrade(url, BEFORE)
    do(
        url,
        "INSERT INTO person (id, telegram_id, name, language, created_at, menu_stale)"
        f" VALUES (1, 1, '王老师', 'zh_CN', '{NOW}', false)",
        "INSERT INTO unit (id, slug, name, kind, position, in_config, opened_at)"
        f" VALUES (1, 'kexie', '区科协', 'unit', 1, true, '{NOW}')",
    )
    for obligation, period, version, state, text, changes, experience, outlook in FILINGS:
        do(
            url,
            "INSERT INTO submission (obligation, unit_id, period, version, state, text, changes,"
            " experience, outlook, filed_at, filed_by) VALUES (:obligation, 1, :period, :version,"
            f" :state, :text, :changes, :experience, :outlook, '{NOW}', 1)",
            obligation=obligation,
            period=period,
            version=version,
            state=state,
            text=text,
            changes=changes,
            experience=experience,
            outlook=outlook,
        )
    migrate.upgrade(url)
    assert do(url, "SELECT section, own FROM month_section ORDER BY section") == [
        ("F2", "动态"),
        ("F3", "变化"),
        ("F4", "经验"),
        ("outlook", "打算"),
    ]
    assert do(url, "SELECT period, text FROM submission ORDER BY id") == [
        ("2024-06", None),
        ("2024-07", "没有安排"),
        ("once", None),
    ]
    migrate.downgrade(url, BEFORE)
    assert do(
        url,
        "SELECT obligation, period, version, state, text, changes, experience, outlook"
        " FROM submission ORDER BY id",
    ) == [tuple(one) for one in FILINGS]
