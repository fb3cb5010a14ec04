"""What the sandbox answers: shapes shared by all its parts, and refusals in Telegram's words."""

from typing import Any

JsonObject = dict[str, Any]


class Refused(Exception):
    """The Bot API refuses a call: an HTTP status, Telegram's words, and what the client may do.

    Not a business fact of the bot: it never leaves the sandbox except as JSON.
    """

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        """Keep the status `code`, the `description` and Telegram's response `parameters`."""
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> JsonObject:
        """Return the JSON object that Telegram would send."""
        body: JsonObject = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(words: str, **parameters: int) -> Refused:
    """Return a 400 refusal with Telegram's prefix."""
    return Refused(400, f"Bad Request: {words}", **parameters)


def forbidden(words: str) -> Refused:
    """Return a 403 refusal with Telegram's prefix."""
    return Refused(403, f"Forbidden: {words}")


def stricter(words: str) -> Refused:
    """Return a 400 refusal for what Telegram would let pass and the sandbox does not."""
    return Refused(400, f"Bad Request: sandbox: {words}")


def not_offered(words: str) -> Refused:
    """Return a loud 501 for what the sandbox does not do."""
    return Refused(501, f"Not Implemented: sandbox: {words}")


def too_many_requests(retry_after_s: int) -> Refused:
    """Return a 429 that asks to wait `retry_after_s` seconds."""
    return Refused(
        429, f"Too Many Requests: retry after {retry_after_s}", retry_after=retry_after_s
    )


class Impossible(Exception):
    """The person's side asked for something that no person could do; told as JSON `error`."""

    def __init__(self, status: int, error: str, **data: Any) -> None:
        """Keep the HTTP `status`, the `error` sentence and further `data` for the reader."""
        super().__init__(error)
        self.status = status
        self.error = error
        self.data = data
