"""Secrets are never shown, and come only from the environment or a file of the owner's alone."""

import copy
import logging
import os
import pickle
from pathlib import Path

import pytest

from bot.config import ConfigProblem, Secret
from bot.config.secret import TokenFileError, is_token, masked, read_token_file

TOKEN = "987654321:" + "AbCdEfGhIjKlMnOpQrStUvWxYz012345678"


def test_a_secret_shows_itself_in_no_text(caplog: pytest.LogCaptureFixture) -> None:
    secret = Secret(TOKEN)
    logging.getLogger("test").warning("%s %r", secret, {"token": secret})
    shown = [repr(secret), str(secret), f"{secret}", f"{secret!r:>20}", caplog.text, str([secret])]
    assert TOKEN not in "".join(shown)
    assert secret.reveal() == TOKEN


def test_a_secret_is_not_copied_to_other_places() -> None:
    for leave in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            leave(Secret(TOKEN))
    assert not hasattr(Secret(TOKEN), "__dict__")


def test_secrets_compare_by_what_they_hide() -> None:
    assert Secret(TOKEN) == Secret(TOKEN)
    assert Secret(TOKEN) != Secret("1:a")
    assert Secret(TOKEN) != TOKEN
    assert len({Secret(TOKEN), Secret(TOKEN)}) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            f"url https://api.telegram.org/bot{TOKEN}/getMe",
            "url https://api.telegram.org/bot***/getMe",
        ),
        ("postgresql://bot:p@ss:word@db/x", "postgresql://bot:***@db/x"),
        ("redis://:word@db", "redis://:***@db"),
        ("http://127.0.0.1:7890/path@x", "http://127.0.0.1:7890/path@x"),
        ("12:30 nothing here", "12:30 nothing here"),
    ],
)
def test_tokens_and_passwords_are_masked_in_a_text(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_a_problem_holds_no_secret_that_came_with_a_value() -> None:
    problem = ConfigProblem("f", 1, f"a.{TOKEN}", "bad_date", {"value": f"x {TOKEN}"})
    assert TOKEN not in repr(problem) + str(problem)


@pytest.mark.parametrize("text", [TOKEN, "1:x", "42:TEST-token_1"])
def test_what_has_the_form_of_a_token_is_one(text: str) -> None:
    assert is_token(text)


@pytest.mark.parametrize("text", ["", "abc", "abc:def", "12:", "12:a b", f"{TOKEN}\n", "bot12:abc"])
def test_what_has_another_form_is_no_token(text: str) -> None:
    assert not is_token(text)


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    path = tmp_path / "token"
    path.write_text(f"{TOKEN}\n", "utf-8")
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_file_that_only_its_owner_reads_is_used(token_file: Path, mode: int) -> None:
    token_file.chmod(mode)
    assert read_token_file(token_file) == TOKEN


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o602, 0o777])
def test_a_file_that_others_may_use_is_refused(token_file: Path, mode: int) -> None:
    token_file.chmod(mode)
    with pytest.raises(TokenFileError) as refused:
        read_token_file(token_file)
    assert (refused.value.code, refused.value.data) == ("token_file_mode", {"mode": f"{mode:04o}"})
    assert TOKEN not in str(refused.value)


def test_a_folder_is_no_token_file(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with pytest.raises(TokenFileError) as refused:
        read_token_file(tmp_path)
    assert refused.value.code == "token_file_not_regular"


def test_a_pipe_is_no_token_file_and_does_not_hold_the_start(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0o600)
    with pytest.raises(TokenFileError) as refused:
        read_token_file(pipe)
    assert refused.value.code == "token_file_not_regular"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TokenFileError) as refused:
        read_token_file(tmp_path / "none")
    assert refused.value.code == "token_file_unreadable"


def test_an_empty_file_is_refused(token_file: Path) -> None:
    token_file.write_text(" \n", "utf-8")
    with pytest.raises(TokenFileError) as refused:
        read_token_file(token_file)
    assert refused.value.code == "token_file_empty"
