"""`key` and `verify` as an admin, or anybody else, types them."""

import io
import stat
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.features.certificates.key import KEY_FILE, fingerprint, own_key, public_text
from bot.features.certificates.signing import Statement, signed_text
from bot.features.hours.rules import Totals
from tests.support.config import ROOT

Run = Callable[..., tuple[int, str, str]]
STATEMENT = Statement("2024-06-0017", "2024-06", Totals(150, 60, 0), "区文明办", "2024-06-0012")


@pytest.fixture
def text(data_dir: Path) -> str:
    """Return a certificate of this installation."""
    data_dir.mkdir()
    return signed_text(STATEMENT, own_key(data_dir).sign)


def test_the_public_key_is_printed_and_the_private_one_is_not(run: Run, data_dir: Path) -> None:
    status, out, _ = run("key")
    key = own_key(data_dir)
    assert status == 0
    assert public_text(key.public_key()) in out
    assert fingerprint(key.public_key()) in out
    assert key.private_bytes_raw().hex() not in out
    assert run("key")[1] == out


def test_a_genuine_certificate_is_told_in_a_sentence(run: Run, text: str) -> None:
    status, out, _ = run("verify", text)
    assert status == 0
    assert "真实有效：证明 2024-06-0017（2024-06），现场签到签退 2小时30分" in out
    assert "它替代 2024-06-0012。" in out


def test_a_file_standard_input_and_a_key_do_as_well(
    run: Run, text: str, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "code.txt").write_text(f"{text}\n", encoding="utf-8")
    assert run("verify", str(tmp_path / "code.txt"))[0] == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert run("verify")[0] == 0
    public = public_text(own_key(data_dir).public_key())
    (data_dir / KEY_FILE).unlink()
    assert run("verify", text, "--key", public, config=tmp_path / "none.yaml")[0] == 0
    assert not (data_dir / KEY_FILE).exists()


@pytest.mark.parametrize("given", ["WM1.x.y", "nothing", "/", "WM2.a.b"])
def test_anything_else_is_no_certificate(run: Run, text: str, given: str) -> None:
    status, out, err = run("verify", given)
    assert (status, out) == (1, "")
    assert "这不是一张时长证明的文字" in err


def test_a_forged_one_and_a_foreign_one_are_refused(run: Run, text: str, tmp_path: Path) -> None:
    other = signed_text(STATEMENT, own_key(tmp_path).sign)
    head, contents, signature = text.split(".")
    changed = ".".join([head, contents[:-2] + ("AA" if contents[-2:] != "AA" else "BB"), signature])
    for given in (other, changed):
        status, out, err = run("verify", given)
        assert (status, out) == (1, "")
        assert "验证不通过" in err


def test_without_a_key_it_says_what_to_do(run: Run, text: str, data_dir: Path) -> None:
    (data_dir / KEY_FILE).unlink()
    status, _, err = run("verify", text)
    assert status == 1
    assert "--key" in err
    assert run("verify", text, "--key", "x")[0] == 1


def test_a_damaged_key_is_told(run: Run, text: str, data_dir: Path) -> None:
    (data_dir / KEY_FILE).write_bytes(b"x")
    status, _, err = run("key")
    assert status == 1
    assert "签名密钥损坏" in err


def test_the_page_is_the_one_of_the_documents_with_the_key_in_it(
    run: Run, data_dir: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    assert run("key", "--page", str(page))[0] == 0
    public = public_text(own_key(data_dir).public_key())
    empty = (ROOT / "docs" / "verify.html").read_text(encoding="utf-8")
    assert (ROOT / "bot" / "cli" / "verify.html").read_text(encoding="utf-8") == empty
    assert page.read_text(encoding="utf-8") == empty.replace('value=""', f'value="{public}"', 1)
    assert public in page.read_text(encoding="utf-8")


def test_the_key_comes_back_with_a_backup(run: Run, data_dir: Path, tmp_path: Path) -> None:
    run("invite", "--role", "admin")
    run("key")
    kept = (data_dir / KEY_FILE).read_bytes()
    saved = tmp_path / "saved"
    assert run("backup", str(saved))[0] == 0
    with tarfile.open(saved) as archive:
        assert archive.getmember(KEY_FILE).mode & 0o077 == 0
    (data_dir / KEY_FILE).unlink()
    own_key(data_dir)
    assert run("restore", str(saved), "--force")[0] == 0
    assert (data_dir / KEY_FILE).read_bytes() == kept
    assert stat.S_IMODE((data_dir / KEY_FILE).stat().st_mode) == 0o600
