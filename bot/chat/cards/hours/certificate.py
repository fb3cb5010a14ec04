"""The certificate of a month's hours: choosing the month, the file, and the file's words."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.chat.cards.home import home_button
from bot.chat.cards.hours.buttons import CertificateMonths, IssueCertificate
from bot.chat.cards.hours.own import hours_button
from bot.chat.cards.hours.words import duration, kind_name, month_of
from bot.chat.cards.qr import qr_order
from bot.chat.making import Blueprint, Making, makes
from bot.chat.render import Voice, rows_of, to_plain
from bot.chat.screen import Button, Screen, Toast
from bot.chat.text import BLANK, Lines, T, Text
from bot.core.dates import last_day_of_month, local_day
from bot.features.certificates.models import Certificate
from bot.features.certificates.service import access_own, statement_of
from bot.features.certificates.signing import signed_text
from bot.features.hours.models import HourKind
from bot.features.making.service import FileOrder
from bot.render.errors import RenderError
from bot.render.limits import Job

KIND = "certificate"
"""The kind of file that a certificate is."""
MOST_MONTHS = 12
"""Months that are offered."""
_ACROSS = 2


def order_of(certificate: Certificate) -> FileOrder:
    """Return the order of the file."""
    return FileOrder(KIND, {"certificate": certificate.id})


def months_screen(
    months: Sequence[date], issued: Mapping[date, Sequence[Certificate]], today: date
) -> Screen:
    """Ask which month; what was issued before stands above, with what replaces it."""
    if not months:
        return Screen(T("certificates.nothing"), [[hours_button(), home_button()]])
    buttons = [
        Button(
            T("certificates.month_so_far", month=month_of(month))
            if _is_going_on(month, today)
            else month_of(month),
            IssueCertificate(month),
        )
        for month in months
    ]
    lines = [_issued(one, issued[one.month]) for month in months for one in issued.get(month, ())]
    return Screen(
        Lines(
            T("certificates.ask"),
            T("certificates.free"),
            *((BLANK, T("certificates.issued"), *lines) if lines else ()),
        ),
        [*rows_of(buttons, width=_ACROSS), [hours_button(), home_button()]],
    )


def started(certificate: Certificate, *, replaced: str | None) -> Screen:
    """Say that the certificate is under way; it follows as a message of its own."""
    ways = [[Button(T("certificates.again"), CertificateMonths()), home_button()]]
    file = Screen(
        Lines(
            T("certificates.caption", number=certificate.number, month=month_of(certificate.month)),
            None if replaced is None else T("certificates.replaces", number=replaced),
            T("certificates.how_short"),
        ),
        ways,
        order=order_of(certificate),
    )
    return Screen(
        T("certificates.started", number=certificate.number),
        ways,
        also=[file],
    )


def under_way() -> Toast:
    """Say that the same certificate is being made already."""
    return Toast(T("export.under_way"), alert=True)


def instead(making: Making, error: RenderError) -> Screen:
    """Return the certificate in words, under the same QR code. Raises NotFound as `draw` does."""
    del error
    certificate = _asked(making)
    statement = statement_of(making.view, certificate)
    return Screen(
        Lines(
            T("certificates.heading"),
            T("certificates.number", number=certificate.number),
            _body(making, certificate),
            *(
                T(
                    "hours.kind_and_time",
                    kind=kind_name(kind),
                    time=duration(certificate.totals.of(kind)),
                )
                for kind in HourKind
            ),
            T("certificates.apart"),
            None
            if statement.replaces is None
            else T("certificates.replaces", number=statement.replaces),
            T(
                "certificates.signature",
                issuer=certificate.issuer,
                day=_issued_on(making, certificate),
            ),
            T("certificates.how_short"),
        ),
        [[Button(T("certificates.again"), CertificateMonths()), home_button()]],
        order=qr_order(signed_text(statement, making.signer.sign)),
    )


@makes(KIND, Job.certificate, sent_as="document", instead=instead)
def draw(making: Making) -> Blueprint:
    """Say what the certificate holds. Raises NotFound for whom it does not belong to."""
    certificate, voice = _asked(making), _official(making)
    statement = statement_of(making.view, certificate)

    def say(text: Text) -> str:
        return to_plain(text, voice)

    notes = [T("certificates.apart")]
    if statement.replaces is not None:
        notes.append(T("certificates.replaces", number=statement.replaces))
    paper = {
        "title": say(T("certificates.title")),
        "number": say(T("certificates.number", number=certificate.number)),
        "body": say(_body(making, certificate)),
        "rows": [
            [
                say(kind_name(kind)),
                say(T(f"certificates.means_{kind.value}")),
                say(duration(certificate.totals.of(kind))),
            ]
            for kind in HourKind
        ],
        "notes": [say(note) for note in notes],
        "foot": [certificate.issuer, say(_issued_on(making, certificate))],
        "how": [
            say(T("certificates.how")),
            say(T("certificates.says_only", fingerprint=making.signer.fingerprint())),
        ],
        "qr": signed_text(statement, making.signer.sign),
        "qr_caption": say(T("certificates.scan")),
        "made": certificate.issued_at.isoformat(),
    }
    return Blueprint(say(T("certificates.file", number=certificate.number)), iter([paper]))


def _asked(making: Making) -> Certificate:
    return access_own(making.view, int(making.params["certificate"]), actor=making.actor)


def _official(making: Making) -> Voice:
    """Return the language of the campaign: whoever asks, the certificate is the office's paper."""
    config = making.config
    return Voice(language=config.languages.default, zone=config.time.zone_info)


def _body(making: Making, certificate: Certificate) -> Text:
    when = month_of(certificate.month)
    if certificate.until < last_day_of_month(certificate.month):
        when = T("certificates.until", month=when, day=certificate.until.day)
    return T(
        "certificates.body",
        name=making.actor.name,
        when=when,
        campaign=making.config.campaign.name,
    )


def _issued_on(making: Making, certificate: Certificate) -> Text:
    day = local_day(certificate.issued_at, making.config.time.zone_info)
    return T("certificates.day", year=str(day.year), month=day.month, day=day.day)


def _issued(one: Certificate, of_month: Sequence[Certificate]) -> Text:
    later = [other.number for other in of_month if other.replaces_id == one.id]
    if later:
        return T("certificates.line_replaced", number=one.number, later=later[0])
    return T("certificates.line", number=one.number)


def _is_going_on(month: date, today: date) -> bool:
    return month == today.replace(day=1)
