"""The step that asks partners: units that older reports name are asked, nobody has confirmed."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.db import migrate
from bot.db.engine import command_engine
from bot.features.models import MODEL_MODULES

BEFORE = "0005"
NOW = "2024-06-03 01:00:00"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database."""
    assert MODEL_MODULES
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    found: str = request.getfixturevalue("postgres_url")
    return found


def do(url: str, *statements: str) -> list[tuple[object, ...]]:
    engine = command_engine(url)
    with engine.begin() as connection:
        results = [connection.execute(sa.text(one)) for one in statements]
        rows = [tuple(row) for row in results[-1]] if results[-1].returns_rows else []
    engine.dispose()
    return rows


def test_units_that_older_reports_name_are_asked(url: str) -> None:
    migrate.upgrade(url, BEFORE)
    do(
        url,
        "INSERT INTO person (id, telegram_id, name, language, created_at, menu_stale)"
        f" VALUES (1, 1, '王老师', 'zh_CN', '{NOW}', false)",
        *(
            "INSERT INTO unit (id, slug, name, kind, position, in_config, opened_at)"
            f" VALUES ({number}, 'u{number}', '单位{number}', 'unit', {number}, true, '{NOW}')"
            for number in (1, 2, 3)
        ),
        "INSERT INTO report (id, number, year, series, serial, unit_id, title, date_precision,"
        " date_text, status, version, month, typical, submitted_by, filed_at, submitted_at)"
        f" VALUES (1, '2024-00-001', 2024, '00', 1, 1, '义诊', 'none', '', 'accepted', 1,"
        f" '2024-06-01', false, 1, '{NOW}', '{NOW}')",
        # a partner that is named twice, a name, the reporting unit itself
        *(
            "INSERT INTO report_partner (report_id, position, unit_id, name)"
            f" VALUES (1, {position}, {unit}, {name})"
            for position, unit, name in (
                (0, 2, "NULL"),
                (1, 2, "NULL"),
                (2, "NULL", "'县农业局'"),
                (3, 1, "NULL"),
            )
        ),
    )
    migrate.upgrade(url)
    asked = "SELECT report_id, unit_id, state, answered_by FROM partner_answer"
    assert do(url, asked) == [(1, 2, "pending", None)]
    migrate.downgrade(url, BEFORE)
    assert do(url, "SELECT count(*) FROM report_partner") == [(4,)]
