"""What can be wrong with a configuration, said so that the place is found at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.config.secret import masked
from bot.core.errors import BusinessError

TEXTS: Mapping[str, str] = {
    # the file
    "config.file_missing": "cannot read the file: {reason}",
    "config.file_too_large": "the file is larger than {limit} MB; is it a config.yaml?",
    "config.not_utf8": "the text is not UTF-8; save the file as UTF-8",
    "config.syntax": "YAML cannot be read here: {reason}",
    "config.fullwidth_colon": "a full-width colon or a missing space after ':'; write 'key: value'",
    "config.tab": "a tab is used as indent; use spaces",
    "config.alias": "YAML anchors and aliases are not used here; write the value out",
    "config.duplicate_key": "the key {name} was given before, in line {first_line}",
    "config.needs_quotes": "YAML reads {value} as something else than text; put it in quotes",
    "config.bad_text": "the text holds control characters",
    # shape
    "config.unknown_key": "there is no setting {name}",
    "config.unknown_key_near": "there is no setting {name}; did you mean {nearest}?",
    "config.missing_key": "{name} is missing",
    "config.not_mapping": "a block of 'key: value' lines is expected",
    "config.not_list": "a list is expected",
    "config.not_text": "a text is expected; put it in quotes if it looks like a number",
    "config.not_number": "a number is expected",
    "config.not_whole_number": "a whole number is expected",
    "config.not_boolean": "true or false is expected",
    # values
    "config.blank": "the value is empty",
    "config.too_long": "the text is longer than {limit} characters",
    "config.too_many": "there are more than {limit} entries",
    "config.too_small": "the number must be {limit} or more",
    "config.not_above": "the number must be more than {limit}",
    "config.too_large": "the number must be {limit} or less",
    "config.bad_name": "{value} is no short name: letters a-z, digits, '-' or '_', a letter first",
    "config.not_one_of": "{value} is not one of {allowed}",
    "config.bad_date": "{value} is no date; write it as 2024-06-10",
    "config.bad_month": "{value} is no month; write it as 2024-06",
    "config.bad_time": "{value} is no time of day; write it as '09:00', in quotes",
    "config.bad_due_day": "{value} is no due day; write 1 to 31, last, last-workday, "
    "start+3 or end+5 (working days), a weekday, or a day of the year as 12-20",
    "config.due_day_of_other": "{value} is no due day of what is owed {frequency}; write {allowed}",
    "config.due_of_other": "due is for what is owed once; what is owed {frequency} has a due_day",
    "config.information_not_monthly": "the form information is for what is owed monthly",
    "config.bad_zone": "{value} is no time zone; write it as Asia/Shanghai",
    "config.bad_step": "{value} is no reminder step; write it as T-7 (days before), T-0 or "
    "T+2 (days after)",
    "config.steps_not_falling": "the steps must fall, each once: T-7, T-3, T-1, T-0",
    "config.step_twice": "the step {value} is given twice",
    "config.step_after_escalation": "the step {value} comes when the unit head was told already, "
    "{limit} days after the deadline",
    "config.bad_url": "this is no address; write it as http://… or https://…",
    "config.bad_proxy": "this is no proxy address; write it as http://…, https://… or socks5://…",
    "config.bad_database_url": "the database must be sqlite:///… or postgresql://…",
    "config.bad_listen": "this is no address to listen on; write it as 127.0.0.1:8080",
    "config.webhook_not_https": "Telegram brings updates to https://… addresses only",
    "config.webhook_without_listen": "a webhook needs listen, the address where updates come in",
    "config.invalid": "the value is refused: {reason}",
    # sense
    "config.unknown_reference": "{section} has no {value}",
    "config.unknown_reference_near": "{section} has no {value}; did you mean {nearest}?",
    "config.duplicate_name": "{value} was given before, in line {first_line}",
    "config.end_before_start": "the end {end} is before the start {start}",
    "config.phases_overlap": "the phase starts on {start}, before the phase {other} has ended",
    "config.members_of_no_group": "only a unit of kind group has members",
    "config.reminder_without_due": "the obligation {value} has no due date to remind of",
    "config.assumed_unknown": "assumed names {value}, which this entry does not hold",
    "config.unknown_place": "{value} names no place in this file",
    "config.default_not_available": "the default language {value} is not among the available ones",
    # secrets and the environment
    "config.token_in_config": "a bot token does not belong here: use BOT_TOKEN or BOT_TOKEN_FILE, "
    "and ask @BotFather for a new token, this one has been written down",
    "config.password_in_config": "a password does not belong here: give it in the environment "
    "(DATABASE_URL, HTTPS_PROXY)",
    "config.token_missing": "BOT_TOKEN or BOT_TOKEN_FILE is needed",
    "config.token_twice": "BOT_TOKEN and BOT_TOKEN_FILE are both set; keep one",
    "config.bad_token": "this is no bot token; @BotFather gives it as digits, a colon and letters",
    "config.token_file_unreadable": "the token file cannot be read: {reason}",
    "config.token_file_not_regular": "the token file is no regular file",
    "config.token_file_mode": "others may read the token file (mode {mode}); run chmod 600 on it",
    "config.token_file_empty": "the token file is empty",
    "config.limit_above_telegram": "Telegram allows {limit} messages a second; more is only for a "
    "server on this machine",
}
"""Plain English under the key `config.CODE`, which names the same sentence in the catalogues."""


@dataclass(frozen=True, slots=True)
class ConfigProblem:
    """One thing that is wrong: where it is, and what it is as a code with data.

    `line` counts from 1; None means that the place is no line of a file (an environment variable).
    `key` is the path of the setting, such as `tasks.C2.responsible[0]`; empty for the whole file.
    No field ever holds a token or a password.
    """

    file: str
    line: int | None
    key: str
    code: str
    data: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Hide secrets that came in with a value."""
        object.__setattr__(self, "key", masked(self.key))
        clean = {
            name: masked(value) if isinstance(value, str) else value
            for name, value in self.data.items()
        }
        object.__setattr__(self, "data", clean)

    @property
    def message_key(self) -> str:
        """The key of the sentence in the catalogues."""
        return f"config.{self.code}"

    @property
    def text(self) -> str:
        """The sentence in plain English."""
        return TEXTS[self.message_key].format(**self.data)

    @property
    def place(self) -> str:
        """The place as `file:line: key`, as far as each is known."""
        start = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{start}: {self.key}" if self.key else start

    def __str__(self) -> str:
        """Return place and sentence in one line."""
        return f"{self.place}: {self.text}"


class ConfigErrors(BusinessError):
    """The configuration is refused; `problems` are all that was found, in the file's order."""

    key = "config.refused"

    def __init__(self, problems: Iterable[ConfigProblem]) -> None:
        """Keep `problems` sorted by file and line."""
        self.problems = tuple(sorted(problems, key=lambda one: (one.file, one.line or 0, one.key)))
        super().__init__(count=len(self.problems))

    def __str__(self) -> str:
        """Return every problem, a line each."""
        return "\n".join(str(problem) for problem in self.problems)
