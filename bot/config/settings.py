"""Configuration and environment together: what one running process uses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError

from bot.config.installation import checked_database_url, checked_url
from bot.config.model import Config
from bot.config.problems import ConfigErrors, ConfigProblem
from bot.config.secret import Secret, TokenFileError, is_token, read_token_file
from bot.config.webhook import checked_listen

ENVIRONMENT = "environment"
"""Stands for the file's name in problems of environment variables."""
TELEGRAM_PER_SECOND = 30
"""Messages a second that Telegram allows a bot."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a process runs with: the file's settings, overridden by the environment's.

    `data_dir` is absolute. `token` None: none was given, enough for every command that does not
    talk to Telegram. `database_url` may hold a password, so it is in no `repr`. `listen` is where
    this process listens (host:port), None for nowhere.
    """

    config: Config = field(repr=False)
    data_dir: Path
    database_url: str = field(repr=False)
    base_url: str
    base_file_url: str
    proxy: str | None
    get_updates_proxy: str | None
    token: Secret | None
    listen: str | None = None

    @classmethod
    def from_env(cls, config: Config, environ: Mapping[str, str]) -> Self:
        """Return the settings of `config` under `environ`; a variable set to nothing is unset.

        Raises:
            ConfigErrors: with everything that is wrong in the environment.

        """
        reader = _Environment(environ)
        data_dir = _data_dir(config, reader)
        base_url = reader.address("TELEGRAM_BASE_URL", checked_url) or config.bot.base_url
        file_url = reader.address("TELEGRAM_BASE_FILE_URL", checked_url)
        database_url = reader.address("DATABASE_URL", checked_database_url)
        listen = reader.address("BOT_LISTEN", checked_listen)
        token = reader.token()
        _check_limits(config, base_url, reader)
        if reader.problems:
            raise ConfigErrors(reader.problems)
        return cls(
            config=config,
            data_dir=data_dir,
            database_url=database_url or config.bot.database_url or _sqlite(data_dir),
            base_url=base_url,
            base_file_url=file_url or config.bot.base_file_url,
            proxy=config.bot.proxy,
            get_updates_proxy=config.bot.get_updates_proxy or config.bot.proxy,
            token=token,
            listen=listen or config.webhook.listen,
        )

    @property
    def is_loopback(self) -> bool:
        """Tell whether the Bot API server is on this machine: only there may the clock be moved."""
        return is_loopback(self.base_url)

    def require_token(self) -> Secret:
        """Return the token.

        Raises:
            ConfigErrors: `token_missing`.

        """
        if self.token is None:
            raise ConfigErrors([_problem("BOT_TOKEN", "token_missing")])
        return self.token


def is_loopback(url: str) -> bool:
    """Tell whether `url` leads to this machine by its name or address alone, asking no resolver."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class _Environment:
    """Reads variables and gathers what is wrong with them."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.problems: list[ConfigProblem] = []

    def value(self, name: str) -> str | None:
        return self._environ.get(name, "").strip() or None

    def address(self, name: str, check: Callable[[str], str]) -> str | None:
        value = self.value(name)
        if value is None:
            return None
        try:
            return check(value)
        except PydanticCustomError as error:
            self.refuse(name, error.type)
            return None

    def token(self) -> Secret | None:
        given, file = self.value("BOT_TOKEN"), self.value("BOT_TOKEN_FILE")
        if given and file:
            self.refuse("BOT_TOKEN", "token_twice")
            return None
        name = "BOT_TOKEN_FILE" if file else "BOT_TOKEN"
        if file:
            try:
                given = read_token_file(Path(file))
            except TokenFileError as error:
                self.refuse(name, error.code, **error.data)
                return None
        if given is None:
            return None
        if not is_token(given):
            self.refuse(name, "bad_token")
            return None
        return Secret(given)

    def refuse(self, name: str, code: str, **data: object) -> None:
        self.problems.append(_problem(name, code, **data))


def _problem(name: str, code: str, **data: object) -> ConfigProblem:
    return ConfigProblem(ENVIRONMENT, None, name, code, data)


def _data_dir(config: Config, reader: _Environment) -> Path:
    given = reader.value("BOT_DATA_DIR")
    if given is not None:
        return Path(given).expanduser().absolute()
    folder = config.path.parent if config.path is not None else Path()
    return (folder / Path(config.bot.data_dir).expanduser()).absolute()


def _sqlite(data_dir: Path) -> str:
    return f"sqlite:///{data_dir / 'bot.db'}"


def _check_limits(config: Config, base_url: str, reader: _Environment) -> None:
    if config.limits.overall_per_second <= TELEGRAM_PER_SECOND or is_loopback(base_url):
        return
    file = str(config.path) if config.path is not None else "config.yaml"
    data = {"limit": TELEGRAM_PER_SECOND}
    key = "limits.overall_per_second"
    reader.problems.append(ConfigProblem(file, None, key, "limit_above_telegram", data))
