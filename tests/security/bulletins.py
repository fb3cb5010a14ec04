"""Bulletins in the house: a draft with an item, and an issued one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.db.work import Work
from bot.features.bulletins.models import Bulletin, BulletinItem, BulletinState
from bot.features.people.actor import Actor

FIRST, LAST = date(2024, 5, 1), date(2024, 5, 31)


@dataclass(frozen=True)
class BulletinThings:
    """The draft, its item with the report behind it, and the issued one."""

    draft: int
    item: int
    report: int
    issued: int


def furnish_bulletins(
    work: Work, office: Actor, reports: Sequence[int], words: str
) -> BulletinThings:
    """Put a draft and an issued bulletin into the database."""
    found = []
    for state in (BulletinState.draft, BulletinState.issued):
        one = Bulletin(
            state=state,
            title=f"{words}简报",
            foreword=f"{words}导语",
            first=FIRST,
            last=LAST,
            version=1,
            created_by=office.person_id,
            created_at=work.now,
        )
        work.session.add(one)
        work.session.flush()
        item = BulletinItem(
            bulletin_id=one.id,
            report_id=reports[0],
            section="C",
            typical=False,
            unit_name="区科协",
            title=f"{words}活动",
            text=f"{words}正文",
        )
        work.session.add(item)
        work.session.flush()
        found.append((one, item))
    (draft, item), (issued, _) = found
    issued.year, issued.serial, issued.issued_on = 2023, 1, LAST
    work.session.flush()
    return BulletinThings(draft.id, item.id, item.report_id, issued.id)
