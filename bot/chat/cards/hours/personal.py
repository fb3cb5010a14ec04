"""What the copy of a person's data holds of hours."""

from bot.chat.call import Call
from bot.chat.cards.hours.words import duration, kind_name, month_of
from bot.chat.mydata import DataPart, exact, my_data
from bot.chat.text import T
from bot.features.certificates.queries import certificates_of
from bot.features.hours.book import everything_of
from bot.features.hours.pending import asked_by


@my_data(41)
def own_hours(call: Call) -> DataPart:
    """Tell every row of the ledger about the actor."""
    zone = call.config.time.zone_info
    return DataPart(
        T("hours.data_title"),
        [
            T(
                "hours.data_row",
                at=exact(one.at, zone),
                day=one.day.isoformat(),
                kind=kind_name(one.kind),
                sign="-" if one.minutes < 0 else "",
                time=duration(abs(one.minutes)),
                reason=one.reason or "",
            )
            for one in everything_of(call.work, call.actor.person_id)
        ],
    )


@my_data(42)
def own_requests(call: Call) -> DataPart:
    """Tell which hours the actor asked for."""
    zone = call.config.time.zone_info
    return DataPart(
        T("hours.data_requests"),
        [
            T("hours.data_request", at=exact(one.at, zone), words=one.words)
            for one in asked_by(call.work, call.actor.person_id)
        ],
    )


@my_data(43)
def own_certificates(call: Call) -> DataPart:
    """Tell which certificates were issued to the actor."""
    zone = call.config.time.zone_info
    return DataPart(
        T("certificates.data_title"),
        [
            T(
                "certificates.data_row",
                at=exact(one.issued_at, zone),
                number=one.number,
                month=month_of(one.month),
            )
            for one in certificates_of(call.work, call.actor.person_id)
        ],
    )
