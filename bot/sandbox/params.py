"""A Bot API call as it comes over HTTP: query, form, multipart or JSON, made one."""

import json
import mimetypes
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.sandbox.answers import JsonObject, Refused, bad_request, stricter
from bot.sandbox.files import MOST_UPLOAD_BYTES

_TRUE = frozenset({"true", "yes", "1"})
_MOST_FIELDS = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime: str
    content: bytes


class Params:
    """The parameters of one call, read with the types that the method expects."""

    __slots__ = ("files", "values")

    def __init__(self, values: JsonObject, files: dict[str, Upload]) -> None:
        """Take what came: texts from forms, values from JSON."""
        self.values = values
        self.files = files

    def check_known(self, method: str, known: frozenset[str]) -> None:
        """Refuse parameters that `method` does not have; stricter than Telegram."""
        for name in self.values:
            if name not in known:
                raise stricter(f"unknown parameter {name!r} for {method}")
        if self.files:
            self._check_uploads(method, known)

    def _check_uploads(self, method: str, known: frozenset[str]) -> None:
        attached = json.dumps(self.values)
        for name in self.files:
            if name not in known and f"attach://{name}" not in attached:
                raise stricter(f"unknown upload {name!r} for {method}")

    def text(self, name: str) -> str | None:
        """Return the parameter as text, None when it is missing."""
        value = self.values.get(name)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, (bool, int, float)):
            return json.dumps(value)
        raise stricter(f"parameter {name!r} must be a text")

    def integer(self, name: str) -> int | None:
        """Return the parameter as a whole number, None when it is missing or empty."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            raise stricter(f"parameter {name!r} must be a whole number") from None

    def number(self, name: str) -> float | None:
        """Return the parameter as a number, None when it is missing or empty."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return float(value)
        except (TypeError, ValueError):
            raise stricter(f"parameter {name!r} must be a number") from None

    def flag(self, name: str) -> bool:
        """Return the parameter as a truth value, False when it is missing."""
        return str(self.values.get(name, "")).lower() in _TRUE

    def structure(self, name: str) -> Any:
        """Return the parameter as JSON object or array, None when it is missing or empty."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            shown = name.replace("_", " ")
            raise bad_request(f"can't parse {shown} JSON object") from None

    def shown(self) -> JsonObject:
        """Return the parameters for the log of calls; files as name and size."""
        if not self.files:
            return self.values
        files = {
            name: {"file": each.name, "size": len(each.content)}
            for name, each in self.files.items()
        }
        return {**self.values, **files}


async def read_params(request: web.Request) -> Params:
    """Return the parameters of `request`; raises Refused when they cannot be read."""
    values: JsonObject = dict(request.query)
    files: dict[str, Upload] = {}
    if request.body_exists:
        try:
            await _read_body(request, values, files)
        except web.HTTPRequestEntityTooLarge:
            raise Refused(413, "Request Entity Too Large") from None
    return Params(values, files)


async def _read_body(request: web.Request, values: JsonObject, files: dict[str, Upload]) -> None:
    kind = request.content_type
    if kind == "multipart/form-data":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = _upload(value)
            else:
                values[name] = value if isinstance(value, str) else value.decode("utf-8")
        return
    body = await request.read()
    if len(body) > MOST_UPLOAD_BYTES:
        raise Refused(413, "Request Entity Too Large")
    if kind == "application/json":
        values.update((k, v) for k, v in _json_object(body).items() if v is not None)
    elif kind == "application/x-www-form-urlencoded":
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS
        )
        values.update(pairs)
    elif body:
        raise stricter(f"cannot read a body of type {kind}")


async def read_uploads(request: web.Request, values: JsonObject) -> list[Upload]:
    """Return the files of a form in order, names may repeat; its texts go into `values`."""
    uploads: list[Upload] = []
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads.append(_upload(value))
        else:
            values[name] = value if isinstance(value, str) else value.decode("utf-8")
    return uploads


def _upload(field: web.FileField) -> Upload:
    content = field.file.read()
    if len(content) > MOST_UPLOAD_BYTES:
        raise Refused(413, "Request Entity Too Large")
    guessed = mimetypes.guess_type(field.filename)[0]
    mime = field.content_type.partition(";")[0].strip()
    if mime == "application/octet-stream" and guessed is not None:
        mime = guessed
    return Upload(name=field.filename, mime=mime, content=content)


def _json_object(body: bytes) -> JsonObject:
    if not body:
        return {}
    try:
        value = json.loads(body)
    except ValueError:
        raise bad_request("can't parse JSON body") from None
    if not isinstance(value, dict):
        raise bad_request("the JSON body must be an object")
    return value
