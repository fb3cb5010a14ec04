"""The share of B1 and the weeks of D2 from reports, on SQLite and PostgreSQL."""

from datetime import date
from decimal import Decimal

from bot.config import Config, Weekday
from bot.db.work import View
from bot.features.coverage.measured import MonthShare, Series, ShareSeries, WeekSeries, measured
from bot.features.coverage.share import Verdict
from bot.features.coverage.targets import share_targets, week_targets
from bot.features.people.actor import Actor
from bot.features.reports.content import Value
from bot.features.reports.models import ReturnReason
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.reading.dates import Precision, When
from bot.features.reports.review import return_report
from tests.features.reports.conftest import Office
from tests.support.clock import SetClock
from tests.support.config import make_config
from tests.support.people import counting

MANY = 30


def value(metric: str, number: str, *, approx: bool = False) -> Value:
    return Value(metric, Amount(Decimal(number), approx=approx, raw=number))


def ads(office: Office, actor: Actor, themed: str, whole: str, *, approx: bool = False) -> int:
    values = (value("outdoor_ads_themed", themed, approx=approx), value("outdoor_ads", whole))
    return office.file(actor, office.content("chengguan", "B1", values=values))


def slogans(office: Office, actor: Actor, day: date | None, number: str) -> int:
    when = When(Precision.none) if day is None else When(Precision.day, day)
    values = (value("tv_slogans", number),)
    return office.file(actor, office.content("xinwen-zhongxin", "D2", when=when, values=values))


def read(office: Office) -> list[Series]:
    return office.store.read_now(lambda view: measured(view, office.config))


def months(office: Office) -> list[MonthShare]:
    [series] = [one for one in read(office) if isinstance(one, ShareSeries)]
    return list(series.months)


def weeks(office: Office) -> WeekSeries:
    [series] = [one for one in read(office) if isinstance(one, WeekSeries)]
    return series


def test_the_shipped_file_has_one_share_and_one_week(campaign: Config) -> None:
    [share], [week] = share_targets(campaign), week_targets(campaign)
    assert (share.task.id, share.part.slug, share.whole.slug) == (
        "B1",
        "outdoor_ads_themed",
        "outdoor_ads",
    )
    assert share.at_least == Decimal(20)
    assert (week.task.id, week.start, week.end) == ("D2", date(2024, 6, 10), None)
    assert [week.wanted.at_least, week.wanted.at_most] == [Decimal(1), Decimal(2)]
    assert campaign.obligation("O4").is_assumed("week_starts")
    assert campaign.metric("outdoor_ads").is_assumed("name")


def test_the_weeks_begin_on_the_configured_day() -> None:
    config = make_config(obligations={"O4": {"week_starts": "sunday"}})
    assert week_targets(config)[0].starts_on is Weekday.sunday


def test_a_month_takes_the_last_report_that_gives_both_numbers(any_office: Office) -> None:
    office = any_office
    actor = office.contact("chengguan")
    ads(office, actor, "10", "120")
    ads(office, actor, "24", "120")
    only_whole = office.content("chengguan", "B1", values=(value("outdoor_ads", "500"),))
    office.file(actor, only_whole)
    [june] = months(office)
    assert june.share is not None
    assert [june.share.part, june.share.whole] == [Decimal(24), Decimal(120)]
    assert june.verdict(Decimal(20)) is Verdict.met


def test_each_month_stands_for_itself(any_office: Office, clock: SetClock) -> None:
    office = any_office
    actor = office.contact("chengguan")
    ads(office, actor, "23", "120")
    clock.move(days=30)
    ads(office, actor, "24", "120", approx=True)
    june, july = months(office)
    assert (june.verdict(Decimal(20)), june.approx) == (Verdict.short, False)
    assert (july.verdict(Decimal(20)), july.approx) == (Verdict.met, True)


def test_what_was_returned_does_not_count(any_office: Office) -> None:
    office = any_office
    report_id = ads(office, office.contact("chengguan"), "24", "120")
    assert len(months(office)) == 1
    reviewer = office.coordinator()
    office.do(
        lambda work: return_report(
            work, report_id, version=1, reason=ReturnReason.numbers, actor=reviewer
        )
    )
    assert months(office) == []


def test_a_percentage_alone_is_told_and_loses_against_the_numbers(any_office: Office) -> None:
    office = any_office
    actor = office.contact("chengguan")
    told = office.content("chengguan", "B1", values=(value("outdoor_ad_share", "19.9999"),))
    office.file(actor, told)
    [june] = months(office)
    assert (june.share, june.told) == (None, Decimal("19.9999"))
    assert june.verdict(Decimal(20)) is Verdict.short
    ads(office, actor, "24", "120")
    assert months(office)[0].share is not None


def test_reports_of_one_week_are_added_and_undated_ones_named(
    any_office: Office, clock: SetClock
) -> None:
    office = any_office
    clock.move(days=28)
    actor = office.contact("xinwen-zhongxin")
    for day in (date(2024, 6, 10), date(2024, 6, 16), date(2024, 6, 17)):
        slogans(office, actor, day, "1")
    slogans(office, actor, None, "2")
    found = weeks(office)
    assert [(int(one.aired), one.state.value) for one in found.weeks] == [
        (2, "met"),
        (1, "met"),
        (0, "missed"),
        (0, "running"),
    ]
    assert found.undated == 1
    before = found.before(found.today)
    assert before is not None
    assert before.first == date(2024, 6, 24)


def test_other_tasks_numbers_are_none_of_it(any_office: Office) -> None:
    office = any_office
    actor = office.contact("kexie")
    values = (value("tv_slogans", "2"), value("outdoor_ads", "9"), value("outdoor_ads_themed", "9"))
    when = When(Precision.day, date(2024, 6, 3))
    office.file(actor, office.content("kexie", "C2", when=when, values=values))
    assert months(office) == []
    assert weeks(office).weeks == []


def test_one_statement_is_enough_for_any_number_of_reports(any_office: Office) -> None:
    office = any_office

    def cost(view: View) -> int:
        with counting(view) as statements:
            measured(view, office.config)
        return len(statements.texts)

    assert office.store.read_now(cost) == 1
    actor = office.contact("chengguan")
    for _ in range(MANY):
        ads(office, actor, "24", "120")
    assert office.store.read_now(cost) == 1


def test_tasks_without_a_number_to_reach_cost_nothing(any_office: Office) -> None:
    office = any_office

    def cost(view: View) -> int:
        with counting(view) as statements:
            assert measured(view, office.config, [office.config.task("C2")]) == []
        return len(statements.texts)

    assert office.store.read_now(cost) == 0
