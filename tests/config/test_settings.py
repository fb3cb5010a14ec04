"""The environment goes before the file, and brings the token."""

from pathlib import Path

import pytest

from bot.config import Config, ConfigErrors, ConfigProblem, Secret, Settings, is_loopback
from tests.support.config import make_config

TOKEN = "987654321:" + "AbCdEfGhIjKlMnOpQrStUvWxYz012345678"


@pytest.fixture(scope="module")
def config() -> Config:
    return make_config()


def refusals(config: Config, environ: dict[str, str]) -> list[ConfigProblem]:
    with pytest.raises(ConfigErrors) as refused:
        Settings.from_env(config, environ)
    return list(refused.value.problems)


def test_without_an_environment_the_file_decides(config: Config) -> None:
    settings = Settings.from_env(config, {})
    assert settings.base_url == "https://api.telegram.org/bot"
    assert settings.base_file_url == "https://api.telegram.org/file/bot"
    assert settings.data_dir == Path("data").absolute()
    assert settings.database_url == f"sqlite:///{Path('data').absolute()}/bot.db"
    assert settings.proxy is None
    assert settings.token is None


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    config = make_config(
        bot={
            "data_dir": "/var/lib/other",
            "database_url": "postgresql://file@db/x",
            "base_url": "https://file.example/bot",
            "base_file_url": "https://file.example/file/bot",
        }
    )
    settings = Settings.from_env(
        config,
        {
            "BOT_TOKEN": TOKEN,
            "DATABASE_URL": "postgresql://bot:hunter2@db/campaign",
            "BOT_DATA_DIR": str(tmp_path),
            "TELEGRAM_BASE_URL": "http://127.0.0.1:8081/bot",
            "TELEGRAM_BASE_FILE_URL": "http://127.0.0.1:8081/file/bot",
        },
    )
    assert settings.token == Secret(TOKEN)
    assert settings.require_token().reveal() == TOKEN
    assert settings.database_url == "postgresql://bot:hunter2@db/campaign"
    assert settings.data_dir == tmp_path
    assert settings.base_url == "http://127.0.0.1:8081/bot"
    assert settings.base_file_url == "http://127.0.0.1:8081/file/bot"


def test_the_file_decides_where_the_environment_is_silent() -> None:
    config = make_config(bot={"database_url": "postgresql://file@db/x", "data_dir": "/var/lib/bot"})
    settings = Settings.from_env(config, {"DATABASE_URL": "", "BOT_DATA_DIR": " "})
    assert settings.database_url == "postgresql://file@db/x"
    assert settings.data_dir == Path("/var/lib/bot")


def test_a_folder_in_the_file_is_relative_to_the_file(tmp_path: Path) -> None:
    config = make_config()
    config.remember_path(tmp_path / "config.yaml")
    assert Settings.from_env(config, {}).data_dir == tmp_path / "data"


def test_the_proxy_for_updates_is_the_other_proxy_unless_it_has_its_own() -> None:
    one = make_config(bot={"proxy": "socks5://127.0.0.1:1080"})
    assert Settings.from_env(one, {}).get_updates_proxy == "socks5://127.0.0.1:1080"
    both = make_config(bot={"proxy": "http://a:1", "get_updates_proxy": "http://b:2"})
    assert Settings.from_env(both, {}).get_updates_proxy == "http://b:2"


def test_settings_show_neither_token_nor_database_password(config: Config) -> None:
    settings = Settings.from_env(
        config, {"BOT_TOKEN": TOKEN, "DATABASE_URL": "postgresql://bot:hunter2@db/x"}
    )
    assert TOKEN not in repr(settings)
    assert "hunter2" not in repr(settings)


def test_the_token_may_come_from_a_file_of_the_owner(config: Config, tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text(TOKEN, "utf-8")
    path.chmod(0o600)
    assert Settings.from_env(config, {"BOT_TOKEN_FILE": str(path)}).token == Secret(TOKEN)


def test_a_token_file_that_others_read_is_refused_in_a_clear_sentence(
    config: Config, tmp_path: Path
) -> None:
    path = tmp_path / "token"
    path.write_text(TOKEN, "utf-8")
    path.chmod(0o644)
    (problem,) = refusals(config, {"BOT_TOKEN_FILE": str(path)})
    assert str(problem) == (
        "environment: BOT_TOKEN_FILE: others may read the token file (mode 0644); "
        "run chmod 600 on it"
    )


def test_two_tokens_are_refused(config: Config) -> None:
    (problem,) = refusals(config, {"BOT_TOKEN": TOKEN, "BOT_TOKEN_FILE": "/nowhere"})
    assert problem.code == "token_twice"


def test_everything_wrong_in_the_environment_is_named_at_once(config: Config) -> None:
    found = refusals(
        config,
        {
            "BOT_TOKEN": "my secret word",
            "DATABASE_URL": "mysql://bot:hunter2@db/x",
            "TELEGRAM_BASE_URL": "127.0.0.1:8081",
        },
    )
    assert {(one.key, one.code) for one in found} == {
        ("BOT_TOKEN", "bad_token"),
        ("DATABASE_URL", "bad_database_url"),
        ("TELEGRAM_BASE_URL", "bad_url"),
    }
    assert "secret word" not in repr(found)
    assert "hunter2" not in repr(found)


def test_a_token_is_only_asked_for_by_what_needs_it(config: Config) -> None:
    with pytest.raises(ConfigErrors) as refused:
        Settings.from_env(config, {}).require_token()
    assert refused.value.problems[0].code == "token_missing"


def test_telegram_s_own_limit_is_passed_only_on_this_machine() -> None:
    config = make_config(limits={"overall_per_second": 5000})
    (problem,) = refusals(config, {})
    assert (problem.code, problem.key) == ("limit_above_telegram", "limits.overall_per_second")
    local = Settings.from_env(config, {"TELEGRAM_BASE_URL": "http://127.0.0.1:8081/bot"})
    assert local.is_loopback


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://127.0.0.1:8081/bot", True),
        ("http://127.8.8.8/bot", True),
        ("http://[::1]:8081/bot", True),
        ("http://localhost:8081/bot", True),
        ("https://api.telegram.org/bot", False),
        ("http://127.0.0.1.example.com/bot", False),
        ("http://localhost.example.com/bot", False),
        ("http://127.0.0.1@example.com/bot", False),
        ("http://0.0.0.0/bot", False),
        ("http://10.0.0.1/bot", False),
        ("", False),
    ],
)
def test_only_this_machine_is_loopback(url: str, loopback: bool) -> None:
    assert is_loopback(url) is loopback
