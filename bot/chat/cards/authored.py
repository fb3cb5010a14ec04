"""What the copy of a person's data holds of what they wrote for their unit or office."""

from bot.chat.call import Call
from bot.chat.cards.documents.screens import slot_name
from bot.chat.mydata import DataPart, exact, my_data
from bot.chat.text import T
from bot.features.deadlines.board import filed_by
from bot.features.documents.queries import documents_by
from bot.features.notices.queries import written_by
from bot.features.obligations.queries import with_made
from bot.features.register.queries import registered_by
from bot.features.reports.queries import submitted_by


@my_data(50)
def own_reports(call: Call) -> DataPart:
    """Tell which activities the actor reported; the words belong to the unit."""
    zone = call.config.time.zone_info
    return DataPart(
        T("mydata.reports"),
        [
            T("mydata.report_row", at=exact(at, zone), number=number, title=title)
            for at, number, title in submitted_by(call.work, call.actor.person_id)
        ],
    )


@my_data(51)
def own_filings(call: Call) -> DataPart:
    """Tell which plans and months the actor filed; the words belong to the unit."""
    zone = call.config.time.zone_info
    known = with_made(call.work, call.config)
    return DataPart(
        T("mydata.filings"),
        [
            T(
                "mydata.filing_row",
                at=exact(at, zone),
                name=known.obligation(obligation).name,
                period=period,
            )
            for at, obligation, period in filed_by(call.work, call.actor.person_id)
        ],
    )


@my_data(53)
def own_documents(call: Call) -> DataPart:
    """Tell which other documents the actor filed; they belong to the unit."""
    zone = call.config.time.zone_info
    return DataPart(
        T("mydata.documents"),
        [
            T(
                "mydata.document_row",
                at=exact(at, zone),
                name=slot_name(call.config, slot),
                file=file or "",
            )
            for at, slot, file in documents_by(call.work, call.actor.person_id)
        ],
    )


@my_data(52)
def own_notices(call: Call) -> DataPart:
    """Tell which notices the actor sent."""
    zone = call.config.time.zone_info
    return DataPart(
        T("mydata.notices"),
        [
            T("mydata.notice_row", at=exact(at, zone), number=str(number), text=text)
            for at, number, text in written_by(call.work, call.actor.person_id)
        ],
    )


@my_data(54)
def own_registered(call: Call) -> DataPart:
    """Tell which official documents the actor registered; they belong to the office."""
    zone = call.config.time.zone_info
    return DataPart(
        T("mydata.official"),
        [
            T("mydata.official_row", at=exact(at, zone), title=title)
            for at, title in registered_by(call.work, call.actor.person_id)
        ],
    )
