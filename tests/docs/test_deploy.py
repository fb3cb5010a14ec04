"""The examples of several processes can be used as they are."""

import configparser
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.architecture.source import ROOT, expect_none
from tests.docs.checks import unknown_variables
from tests.docs.test_docs import variables

DEPLOY = ROOT / "docs" / "deploy"
UNIT = DEPLOY / "wenming-bot@.service"
COMPOSE = DEPLOY / "compose.yaml"
TEXTS = [UNIT, COMPOSE, DEPLOY / "README.md"]


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    return found


def test_the_unit_runs_the_bot_once_a_port() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.read_string(UNIT.read_text(encoding="utf-8"))
    assert unit["Service"]["ExecStart"].endswith("-m bot run")
    assert "BOT_LISTEN=127.0.0.1:%i" in UNIT.read_text(encoding="utf-8")


def test_the_services_run_the_bot_on_one_database_and_one_data_directory() -> None:
    services = compose()["services"]
    bots = [service for name, service in services.items() if name.startswith("bot-")]
    assert len(bots) == 3
    for bot in bots:
        assert bot["command"][-1].endswith("-m bot run")
        assert bot["environment"]["DATABASE_URL"].startswith("postgresql://")
        assert bot["environment"]["BOT_LISTEN"].endswith(":8080")
        assert set(bot["depends_on"]) <= set(services)
    assert len({str(bot["volumes"]) for bot in bots}) == 1


def test_what_the_compose_file_mounts_and_installs_is_there() -> None:
    text = COMPOSE.read_text(encoding="utf-8")
    named = {volume.partition(":")[0] for volume in compose()["services"]["bot-1"]["volumes"]}
    assert named - {"."} <= set(compose()["volumes"])
    for name in re.findall(r"-r (\S+)", text):
        assert (ROOT / name).is_file(), name


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_only_variables_that_are_read_are_named(path: Path) -> None:
    ours = path.read_text(encoding="utf-8").replace("PYTHONDONTWRITEBYTECODE", "")
    expect_none([one for one in unknown_variables(ours, variables()) if "POSTGRES_" not in one])
