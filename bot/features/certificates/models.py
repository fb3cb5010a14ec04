"""The tables of certificates."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, UtcDateTime
from bot.features.hours.rules import Totals


class Certificate(Base):
    """The hours of one person in one month as they stood when it was issued; never changed.

    `number` is unique and without gaps within a month (2024-06-0017): the month in which was
    served, and `serial` from 1. `until` is the last day that is counted: the month's last one once
    the month is over. Where the hours were corrected since, a new one says which it replaces
    (`replaces_id`); the old one stays verifiable. `issuer` is who issued it, as it was called then.
    """

    __tablename__ = "certificate"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    month: Mapped[date]
    serial: Mapped[int]
    until: Mapped[date]
    signed: Mapped[int]
    confirmed: Mapped[int]
    added: Mapped[int]
    issuer: Mapped[str] = mapped_column(String(120))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), unique=True)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("signed >= 0 AND confirmed >= 0 AND added >= 0", name="minutes"),
        CheckConstraint("signed + confirmed + added > 0", name="some"),
        Index("uq_certificate_serial", "month", "serial", unique=True),
        Index("ix_certificate_person", "person_id", "month", "id"),
    )

    @property
    def totals(self) -> Totals:
        """The minutes by kind."""
        return Totals(signed=self.signed, confirmed=self.confirmed, added=self.added)


class CertificateSeries(Base):
    """The last serial number of a month; it is taken in the transaction that issues."""

    __tablename__ = "certificate_series"

    month: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int]
