"""What can be asked about certificates."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from bot.db.work import View
from bot.features.certificates.models import Certificate


def certificates_of(view: View, person_id: int) -> Sequence[Certificate]:
    """Return all certificates of a person, for the person alone."""
    return view.session.scalars(
        select(Certificate).where(Certificate.person_id == person_id).order_by(Certificate.id)
    ).all()


def by_month(view: View, person_id: int, months: Sequence[date]) -> dict[date, list[Certificate]]:
    """Return a person's certificates of some months; the last of a month is the one that holds."""
    found = view.session.scalars(
        select(Certificate)
        .where(Certificate.person_id == person_id, Certificate.month.in_(months))
        .order_by(Certificate.id)
    )
    grouped: dict[date, list[Certificate]] = {}
    for one in found:
        grouped.setdefault(one.month, []).append(one)
    return grouped
