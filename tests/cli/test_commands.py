"""The commands as an admin types them."""

import json
import sqlite3
import stat
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import yaml

from bot.db.lock import ProcessLock
from tests.support.config import make_data

Run = Callable[..., tuple[int, str, str]]


def people_in(database: Path) -> int:
    with closing(sqlite3.connect(database)) as file:
        return int(file.execute("SELECT count(*) FROM invitation").fetchone()[0])


def test_check_says_on_one_screen_what_is_configured(run: Run) -> None:
    status, out, _ = run("check")
    assert status == 0
    assert "任务 18 项，指标 51 个，单位 21 个，报送要求 12 项" in out
    assert "系统设定：每月创建宣传信息几号交" in out
    assert len(out.splitlines()) <= 40


def test_check_names_every_mistake_with_its_line(run: Run, tmp_path: Path) -> None:
    data = make_data()
    data["tasks"][0]["responsible"] = ["nobody"]
    data["phases"][0]["end"] = "2024-13-01"
    broken = tmp_path / "config.yaml"
    broken.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    status, _, err = run("check", config=broken)
    assert status == 1
    assert "nobody" in err
    assert "2024-13-01" in err
    assert all(line.startswith(f"{broken}:") for line in err.splitlines())


def test_an_invitation_comes_from_the_shell(run: Run, data_dir: Path) -> None:
    status, out, _ = run("invite", "--role", "admin", "--json")
    told = json.loads(out)
    assert status == 0
    assert told["start"].startswith("/start ")
    assert len(told["code"]) == 22
    assert people_in(data_dir / "bot.db") == 1
    assert told["code"].encode() not in (data_dir / "bot.db").read_bytes()


def test_an_invitation_works_beside_a_running_bot(run: Run, data_dir: Path) -> None:
    run("migrate")
    with ProcessLock(data_dir / "bot.lock"):
        status, _, _ = run("invite", "--role", "contact", "--unit", "kexie", "--json")
    assert status == 0


def test_a_contact_without_a_unit_is_refused_in_one_sentence(run: Run) -> None:
    status, _, err = run("invite", "--role", "contact")
    assert status == 1
    assert len(err.splitlines()) == 1


def test_migrating_under_a_running_bot_is_refused(run: Run, data_dir: Path) -> None:
    data_dir.mkdir()
    with ProcessLock(data_dir / "bot.lock"):
        status, _, err = run("migrate")
    assert status == 1
    assert "已有一个进程占用" in err


def test_a_backup_brings_everything_back(run: Run, data_dir: Path, tmp_path: Path) -> None:
    run("invite", "--role", "admin")
    kept = data_dir / "files" / "ab" / "abc"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"a plan")
    saved = tmp_path / "saved"
    assert run("backup", str(saved))[0] == 0
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    run("invite", "--role", "admin")
    kept.unlink()
    assert run("restore", str(saved), "--force")[0] == 0
    assert people_in(data_dir / "bot.db") == 1
    assert kept.read_bytes() == b"a plan"


def test_a_restore_never_writes_over_a_database_unasked(
    run: Run, data_dir: Path, tmp_path: Path
) -> None:
    run("invite", "--role", "admin")
    run("backup", str(tmp_path / "saved"))
    run("invite", "--role", "admin")
    status, _, err = run("restore", str(tmp_path / "saved"))
    assert status == 1
    assert "--force" in err
    assert people_in(data_dir / "bot.db") == 2


@pytest.mark.parametrize("cut", [0, 10, 2000])
def test_a_damaged_backup_changes_nothing(
    run: Run, data_dir: Path, tmp_path: Path, cut: int
) -> None:
    run("invite", "--role", "admin")
    saved = tmp_path / "saved"
    run("backup", str(saved))
    saved.write_bytes(saved.read_bytes()[:cut])
    status, _, err = run("restore", str(saved), "--force")
    assert status == 1
    assert "不是完整的备份文件" in err
    assert people_in(data_dir / "bot.db") == 1


def _link(name: str) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = tarfile.SYMTYPE, "/etc/hostname"
    return member


@pytest.mark.parametrize(
    "member",
    [tarfile.TarInfo("../outside"), tarfile.TarInfo("/outside"), _link("bot.db")],
    ids=["above", "absolute", "a link"],
)
def test_a_backup_that_reaches_outside_is_refused(
    run: Run, data_dir: Path, tmp_path: Path, member: tarfile.TarInfo
) -> None:
    run("invite", "--role", "admin")
    saved = tmp_path / "saved"
    with tarfile.open(saved, "w:gz") as archive:
        archive.addfile(member)
    status, _, err = run("restore", str(saved), "--force")
    assert status == 1
    assert "不是完整的备份文件" in err
    assert people_in(data_dir / "bot.db") == 1
    assert not (tmp_path / "outside").exists()


def test_a_restore_under_a_running_bot_is_refused(run: Run, data_dir: Path, tmp_path: Path) -> None:
    run("invite", "--role", "admin")
    run("backup", str(tmp_path / "saved"))
    with ProcessLock(data_dir / "bot.lock"):
        status, _, err = run("restore", str(tmp_path / "saved"), "--force")
    assert status == 1
    assert "已有一个进程占用" in err


def test_a_simulated_clock_is_refused_away_from_this_machine(run: Run, tmp_path: Path) -> None:
    status, _, err = run("invite", "--role", "admin", "--clock-file", str(tmp_path / "clock"))
    assert status == 1
    assert "--clock-file" in err


def test_running_without_a_token_says_what_is_missing(run: Run) -> None:
    status, _, err = run("run")
    assert status == 1
    assert "BOT_TOKEN" in err


def test_an_empty_queue_says_so_and_a_wrong_id_is_named(run: Run) -> None:
    assert "未能处理 0 条" in run("queue", "list")[1]
    status, _, err = run("queue", "requeue", "12")
    assert status == 1
    assert "12 不是编号" in err
