"""From a screen to a payload: the one place where user text is escaped and lengths are checked."""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.chat.callback import pack
from bot.chat.formats import formatted_html
from bot.chat.screen import Button, Key, LinkButton, Screen, Style
from bot.chat.text import (
    Clipped,
    Counted,
    Formatted,
    Lines,
    Listed,
    Month,
    Plain,
    Span,
    Spelled,
    T,
    Text,
    Value,
)
from bot.core.text import CAPTION_UNITS, MESSAGE_UNITS, clipped, units
from bot.features.outbox.payload import PIN, Payload
from bot.i18n import catalogue, day, day_span, moment, month, number, spelled

_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Voice:
    """Whom a text is for: the reader's language, and the campaign's zone."""

    language: str
    zone: ZoneInfo


def to_html(text: Text, voice: Voice) -> str:  # noqa: C901, PLR0911 - one a kind of text
    """Return `text` as Telegram's HTML."""
    match text:
        case T():
            return _filled(catalogue(voice.language).text(text.key), text.values, voice)
        case Counted():
            values = {"count": text.count, **text.values}
            template = catalogue(voice.language).plural(text.key, text.count)
            return _filled(template, values, voice)
        case Lines():
            return "\n".join(to_html(part, voice) for part in text.parts)
        case Listed():
            between = text.between
            if between is None:
                between = catalogue(voice.language).text("format.list_between")
            return between.join(to_html(part, voice) for part in text.parts)
        case Plain():
            return html.escape(text.text, quote=False)
        case Formatted():
            return formatted_html(text)
        case Clipped():
            return html.escape(clipped(text.text, text.units), quote=False)
        case Span():
            return day_span(text.start, text.end, language=voice.language, zone=voice.zone)
        case Month():
            return month(text.day, language=voice.language)
        case Spelled():
            return spelled(text.number, language=voice.language)
    raise TypeError(text)


def to_plain(text: Text, voice: Voice) -> str:
    """Return `text` without any mark-up, for buttons and toasts."""
    return stripped(to_html(text, voice))


def stripped(marked: str) -> str:
    """Return Telegram's HTML as plain text."""
    return html.unescape(_TAG.sub("", marked))


def payload(screen: Screen, voice: Voice, *, event: bool = False) -> Payload:
    """Return `screen` as it is sent to a reader of `voice`.

    An `event`, or a screen that says it is one, stays when one of its buttons shows something.

    A text longer than Telegram allows is cut and loses its mark-up: a screen should page before.
    """
    return Payload(
        html=fitted(to_html(screen.text, voice), _most_units(screen)),
        buttons=[
            [_button(button, voice, on_event=event or screen.event) for button in row]
            for row in screen.rows
            if row
        ],
        reply_keyboard=None
        if screen.keys is None
        else [[_key(key, voice) for key in row] for row in screen.keys],
        files=list(screen.files),
        silent=screen.silent,
        protected=screen.protected,
    )


def _most_units(screen: Screen) -> int:
    under_a_file = not screen.apart and any(file.kind != PIN for file in screen.files)
    return CAPTION_UNITS if under_a_file or screen.order is not None else MESSAGE_UNITS


def fitted(marked: str, most_units: int) -> str:
    """Return HTML whose visible text is at most `most_units` UTF-16 units."""
    plain = stripped(marked)
    if units(plain) <= most_units:
        return marked
    return html.escape(clipped(plain, most_units), quote=False)


def _filled(template: str, values: Mapping[str, Value], voice: Voice) -> str:
    return template.format(**{name: _value(value, voice) for name, value in values.items()})


def _value(value: Value, voice: Voice) -> str:
    match value:
        case Text():
            return to_html(value, voice)
        case str():
            return html.escape(value, quote=False)
        case datetime():
            return moment(value, language=voice.language, zone=voice.zone)
        case date():
            return day(value, language=voice.language)
        case _:
            return number(value, language=voice.language)


def _button(button: Button | LinkButton, voice: Voice, *, on_event: bool) -> dict[str, str]:
    text = to_plain(button.text, voice)
    if isinstance(button, LinkButton):
        return {"text": text, "url": button.url}
    data = {"text": text, "data": pack(button.press, on_event=on_event)}
    return data if button.style is Style.plain else {**data, "style": button.style.value}


def _key(key: Key, voice: Voice) -> dict[str, str]:
    text = to_plain(key.text, voice)
    return {"text": text} if key.ask is None else {"text": text, "ask": key.ask.value}


def rows_of(
    buttons: Sequence[Button | LinkButton], *, width: int
) -> list[list[Button | LinkButton]]:
    """Return `buttons` in rows of `width`."""
    return [list(buttons[at : at + width]) for at in range(0, len(buttons), width)]
