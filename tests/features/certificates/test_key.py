"""The key: made once, whole, for its owner only, and never in a log."""

import logging
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bot.features.certificates.errors import KeyDamaged, NoKey
from bot.features.certificates.key import (
    KEY_FILE,
    Signer,
    load_key,
    own_key,
    public_text,
    read_public,
)
from tests.support.config import ROOT

MAKE = """
import sys
from pathlib import Path
from bot.features.certificates.key import own_key, public_text
sys.stdin.readline()
print(public_text(own_key(Path(sys.argv[1])).public_key()))
"""


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_it_is_made_once_and_for_its_owner_only(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(NoKey):
        load_key(tmp_path)
    with caplog.at_level(logging.DEBUG):
        first = own_key(tmp_path).private_bytes_raw()
    assert own_key(tmp_path).private_bytes_raw() == load_key(tmp_path).private_bytes_raw() == first
    assert mode(tmp_path / KEY_FILE) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == [KEY_FILE]
    secret = (tmp_path / KEY_FILE).read_text(encoding="ascii").splitlines()[1]
    assert secret not in caplog.text
    assert secret not in repr(Signer(tmp_path))


def test_two_processes_that_start_at_once_make_one_key(tmp_path: Path) -> None:
    command = [sys.executable, "-c", MAKE, str(tmp_path)]
    processes = [
        subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for one in processes:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    said = {one.communicate()[0].strip() for one in processes}
    assert said == {public_text(load_key(tmp_path).public_key())}
    assert [one.name for one in tmp_path.iterdir()] == [KEY_FILE]


def test_a_key_that_others_could_read_is_closed_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own_key(tmp_path)
    (tmp_path / KEY_FILE).chmod(0o644)
    load_key(tmp_path)
    assert mode(tmp_path / KEY_FILE) == 0o600
    assert "others could read" in caplog.text


def test_a_damaged_key_is_never_replaced(tmp_path: Path) -> None:
    other = generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    for content in (b"", b"no key at all\n", other):
        (tmp_path / KEY_FILE).write_bytes(content)
        with pytest.raises(KeyDamaged):
            own_key(tmp_path)
        assert (tmp_path / KEY_FILE).read_bytes() == content


def test_the_public_half_is_read_as_it_is_written(tmp_path: Path) -> None:
    public = own_key(tmp_path).public_key()
    assert read_public(public_text(public)) == public
    for text in ("", "AAAA", "not base64 at all", public_text(public)[:-4]):
        with pytest.raises(ValueError, match=r".*"):
            read_public(text)
