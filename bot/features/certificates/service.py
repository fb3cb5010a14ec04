"""Issuing certificates: the same contents keep their number, others get the next one (VOL-12)."""

from datetime import date

from sqlalchemy import select, update

from bot.config import Config
from bot.core.dates import last_day_of_month, local_day
from bot.core.errors import NotFound
from bot.db.insert import insert_missing
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.certificates.errors import NoHours
from bot.features.certificates.models import Certificate, CertificateSeries
from bot.features.certificates.signing import Statement
from bot.features.hours.queries import month_totals
from bot.features.hours.rules import Totals
from bot.features.people.actor import Actor
from bot.features.posts.access import lock_person


def issue(work: Work, config: Config, *, actor: Actor, month: date) -> Certificate:
    """Return the certificate of the actor's hours in `month`; of this month up to today.

    While nothing changed since the last one it is that one. Otherwise it is a new one under the
    next number, which says which it replaces. Raises NoHours, also for a month to come.
    """
    first = month.replace(day=1)
    today = local_day(work.now, config.time.zone_info)
    until = min(last_day_of_month(first), today)
    lock_person(work, actor.person_id)
    totals = month_totals(work, actor.person_id, first, until=until)
    if first > today or totals == Totals():
        raise NoHours
    last = newest(work, actor.person_id, first)
    issuer = issuer_of(config)
    if last is not None and _says(last, totals, until, issuer):
        return last
    serial = _next_serial(work, first)
    certificate = Certificate(
        number=f"{first:%Y-%m}-{serial:04}",
        person_id=actor.person_id,
        month=first,
        serial=serial,
        until=until,
        signed=totals.signed,
        confirmed=totals.confirmed,
        added=totals.added,
        issuer=issuer,
        replaces_id=None if last is None else last.id,
        issued_at=work.now,
    )
    work.session.add(certificate)
    work.session.flush()
    record(
        work,
        "certificate.issue",
        f"certificate:{certificate.number}",
        actor_id=actor.person_id,
    )
    return certificate


def access_own(view: View, certificate_id: int, *, actor: Actor) -> Certificate:
    """Return a certificate of the actor's own. Raises NotFound."""
    found = view.session.get(Certificate, certificate_id)
    if found is None or found.person_id != actor.person_id:
        raise NotFound
    return found


def newest(view: View, person_id: int, month: date) -> Certificate | None:
    """Return the certificate of a person's month that nothing replaces; None without one."""
    return view.session.scalar(
        select(Certificate)
        .where(Certificate.person_id == person_id, Certificate.month == month)
        .order_by(Certificate.id.desc())
        .limit(1)
    )


def statement_of(view: View, certificate: Certificate) -> Statement:
    """Return what the certificate says to whoever verifies it: nothing about the person."""
    replaced = (
        None
        if certificate.replaces_id is None
        else view.session.get(Certificate, certificate.replaces_id)
    )
    return Statement(
        number=certificate.number,
        month=f"{certificate.month:%Y-%m}",
        totals=certificate.totals,
        issuer=certificate.issuer,
        replaces=None if replaced is None else replaced.number,
    )


def issuer_of(config: Config) -> str:
    """Return who issues certificates: the coordinating office, by its whole name if configured."""
    office = config.unit(config.campaign.coordinator)
    return office.expanded_name or office.name


def _says(last: Certificate, totals: Totals, until: date, issuer: str) -> bool:
    """Tell whether a certificate holds; a month that went on without hours changes nothing."""
    same = last.totals == totals and last.issuer == issuer
    return same and (last.until == until or until < last_day_of_month(last.month))


def _next_serial(work: Work, month: date) -> int:
    """Return the next serial of a month; who issues at once waits, who fails gives it back."""
    series = CertificateSeries
    insert_missing(work.session, series, [{"month": month, "last": 0}], key=["month"])
    return work.session.scalars(
        update(series)
        .where(series.month == month)
        .values(last=series.last + 1)
        .returning(series.last)
    ).one()
