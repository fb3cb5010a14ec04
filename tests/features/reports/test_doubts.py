"""What is odd in many reports is what is odd in each of them (REP-18)."""

from decimal import Decimal

from sqlalchemy import select

from bot.db.work import View
from bot.features.reports.content import Value
from bot.features.reports.doubts import doubts
from bot.features.reports.models import Report
from bot.features.reports.queries import find_card
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.reading.dates import UNKNOWN, Precision, When
from bot.features.reports.suspects import Suspect, SuspectKind, suspects
from tests.features.reports.conftest import Office
from tests.support.people import counting

LEAFLETS = "leaflets_distributed"


def values(**given: str) -> tuple[Value, ...]:
    return tuple(
        Value(slug, Amount(Decimal(number), approx=False, raw=number))
        for slug, number in given.items()
    )


def fill(office: Office) -> None:
    """File reports with every kind of oddity, and plain ones of two units between them."""
    day = When(Precision.day, office.store.read_now(lambda view: view.now.date()), "")
    contact, other = office.contact(), office.contact("keji")
    for title, when, numbers in (
        ("演出", UNKNOWN, {LEAFLETS: "60"}),
        ("展览", UNKNOWN, {LEAFLETS: "6000"}),
        ("书画展览活动", day, {}),
        ("书画展览", day, {"boards_set": "2024"}),
        ("讲座", day, {"funds_wan": "685.18", "funds_district_wan": "700"}),
        ("清扫", UNKNOWN, {LEAFLETS: "80"}),
    ):
        office.file(contact, office.content(title=title, when=when, values=values(**numbers)))
    office.file(other, office.content("keji", title="书画展览", when=day))
    office.file(other, office.content("keji", title="培训", values=values(**{LEAFLETS: "6000"})))


def one_by_one(view: View, office: Office) -> dict[int, set[Suspect]]:
    found = {}
    for report_id in view.session.scalars(select(Report.id)).all():
        card = find_card(view, report_id)
        assert card is not None
        odd = suspects(view, office.config, card.content, report_id=report_id)
        if odd:
            found[report_id] = set(odd)
    return found


def test_many_at_once_are_judged_as_one_by_one(any_office: Office) -> None:
    office = any_office
    fill(office)
    together = office.store.read_now(lambda view: doubts(view, office.config, []))
    alone = office.store.read_now(lambda view: one_by_one(view, office))
    assert {key: set(odd) for key, odd in together.items()} == alone
    kinds = {suspect.kind for odd in together.values() for suspect in odd}
    assert kinds >= {
        SuspectKind.tenfold,
        SuspectKind.near_duplicate,
        SuspectKind.like_year,
        SuspectKind.part_exceeds_whole,
    }
    assert len(together) < 8, "plain reports are none of them"


def test_only_the_reports_that_are_asked_for_are_judged(any_office: Office) -> None:
    office = any_office
    fill(office)
    some = office.store.read_now(lambda view: doubts(view, office.config, [Report.id.in_([1, 3])]))
    assert set(some) == {3}


def test_three_statements_do_however_many_there_are(office: Office) -> None:
    def statements() -> int:
        def read(view: View) -> int:
            with counting(view) as seen:
                doubts(view, office.config, [])
            return len(seen.texts)

        return office.store.read_now(read)

    fill(office)
    few = statements()
    fill(office)
    fill(office)
    assert few == statements() == 3
