"""What a unit is credited with opens to the same reports by which it was rolled up (ORG-08)."""

from decimal import Decimal

import pytest

from bot.db.work import View
from bot.features.reports.content import Partner, Value
from bot.features.reports.reading.amounts import Amount
from bot.features.rollup.queries import Part, roll_up
from bot.features.rollup.scope import Scope
from bot.features.rollup.sources import figure_of
from tests.features.reports.conftest import Office
from tests.features.rollup.test_queries import accepted

LEAFLETS = "leaflets_distributed"


def leaflets(number: int) -> tuple[Value, ...]:
    return (Value(LEAFLETS, Amount(Decimal(number), approx=False, raw=f"{number}份")),)


@pytest.mark.parametrize(
    ("slug", "total", "reports"), [("kexie", 60, 1), ("keji", 65, 2), ("jiaoyu", 60, 1)]
)
def test_a_units_figure_opens_to_what_it_is_credited_with(
    office: Office, slug: str, total: int, reports: int
) -> None:
    partners = tuple(Partner(one, office.unit(one)) for one in ("keji", "jiaoyu"))
    joint = accepted(
        office, office.contact(), office.content(values=leaflets(60), partners=partners)
    )
    for one in ("keji", "jiaoyu"):
        office.confirm(joint, office.contact(one))
    accepted(office, office.contact("keji"), office.content("keji", values=leaflets(5)))
    unit_id = office.unit(slug)

    def read(view: View) -> tuple[Decimal, Decimal, int]:
        [rolled] = roll_up(view, office.config, Scope(), {Part.unit}).of(Part.unit, unit_id)
        figure = figure_of(view, office.config, LEAFLETS, Scope(unit_id=unit_id))
        assert figure is not None
        return rolled.value, figure.total.value, len(figure.total.sources)

    assert office.store.read_now(read) == (Decimal(total), Decimal(total), reports)
