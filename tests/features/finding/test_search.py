"""Searching on both databases: what holds, and what it costs."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.config import Config, Form, Frequency
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.archive.service import Incoming
from bot.features.deadlines.filing import Where, confirm_done
from bot.features.documents.service import file_document
from bot.features.finding.conditions import Kind
from bot.features.finding.queries import Results, search
from bot.features.finding.words import read_search
from bot.features.obligations.service import Order
from bot.features.obligations.service import make as ask_for
from bot.features.people.actor import Actor
from bot.features.reports.content import Content, Photo
from bot.features.reports.reading.dates import Precision, When
from bot.features.reports.rules import date_limits
from bot.features.reports.service import file_report
from bot.features.units.queries import register
from tests.support.bot import unit_id_of
from tests.support.clock import SetClock
from tests.support.months import file_month
from tests.support.people import counting, load, make

Find = Callable[..., Results]


@pytest.fixture
def actor(any_store: Store, campaign: Config) -> Actor:
    load(any_store, campaign)
    return make(any_store, Role.contact, unit="kexie")


@pytest.fixture
def find(any_store: Store, campaign: Config) -> Find:
    """Return a function that finds as the office does, or as somebody of `unit`."""

    def read(text: str, unit: str | None = None, page: int = 1, size: int = 8) -> Results:
        def look(view: View) -> Results:
            limits = date_limits(campaign, view.now)
            wanted = read_search(text, campaign, register(view), limits)
            units = None if unit is None else (unit_id_of(view, unit),)
            return search(view, campaign, wanted, unit_ids=units, page=page, size=size)

        return any_store.read_now(look)

    return read


def file(store: Store, campaign: Config, actor: Actor, title: str, **given: object) -> None:
    def content(view: View) -> Content:
        fields = {"unit_id": unit_id_of(view, "kexie"), "task_id": "C2", "title": title, **given}
        return Content(**fields)  # type: ignore[arg-type]  # as each test gives them

    store.write_now(lambda work: file_report(work, campaign, content(work), actor=actor))


def titles(results: Results) -> list[str]:
    return [row.title for row in results.rows]


def test_words_are_looked_for_in_title_text_place_and_file_names(
    any_store: Store, campaign: Config, actor: Actor, find: Find, clock: SetClock
) -> None:
    photo = Photo("document", "f", "u", name="Sign-In 签到表.xlsx")
    for title, given in (
        ("甲 Training", {}),
        ("乙", {"text": "举行了training"}),
        ("丙", {"place": "TRAINING 中心"}),
        ("丁", {"photos": (photo,)}),
    ):
        file(any_store, campaign, actor, title, **given)
        clock.move(minutes=1)
    assert titles(find("training")) == ["丙", "乙", "甲 Training"]
    assert titles(find("签到表")) == ["丁"]
    assert titles(find("sign-in 丁")) == ["丁"]
    assert titles(find("training 签到表")) == []


@pytest.mark.parametrize("sign", ["%", "_", "\\", "'", '"', "%%", "_好"])
def test_every_sign_stands_for_itself(
    any_store: Store, campaign: Config, actor: Actor, find: Find, sign: str
) -> None:
    file(any_store, campaign, actor, f"有{sign}的")
    file(any_store, campaign, actor, "没有的")
    assert titles(find(sign)) == [f"有{sign}的"]


def test_times_hold_for_days_months_and_what_has_no_day(
    any_store: Store, campaign: Config, actor: Actor, find: Find, clock: SetClock
) -> None:
    file(any_store, campaign, actor, "五月的", when=When(Precision.day, date(2024, 5, 31)))
    clock.move(minutes=1)
    file(any_store, campaign, actor, "六月的", when=When(Precision.day, date(2024, 6, 1)))
    clock.move(minutes=1)
    file(any_store, campaign, actor, "不详的")
    assert titles(find("6月")) == ["不详的", "六月的"]
    assert titles(find("5月31日")) == ["五月的"]
    assert titles(find("2023年")) == []


def test_months_are_found_with_reports_the_newest_first(
    any_store: Store, campaign: Config, actor: Actor, find: Find, clock: SetClock
) -> None:
    file(any_store, campaign, actor, "科普进社区")
    clock.move(minutes=1)
    any_store.write_now(
        lambda work: file_month(
            work,
            Where("O2", "2024-06", unit_id_of(work, "kexie")),
            actor=actor,
            config=campaign,
            news="本月科普进社区三次",
        )
    )
    found = find("科普进社区")
    assert [row.kind for row in found.rows] == [Kind.filing, Kind.report]
    assert [row.kind for row in find("6月").rows] == [Kind.filing, Kind.report]
    assert [row.kind for row in find("科普进社区 C2").rows] == [Kind.report]
    assert find("科普进社区", unit="keji").total == 0


def test_pages_hold_everything_once_and_a_page_too_far_is_the_last(
    any_store: Store, campaign: Config, actor: Actor, find: Find
) -> None:
    for number in range(5):
        file(any_store, campaign, actor, f"活动{number}")
    pages = [titles(find("活动", page=page, size=2)) for page in (1, 2, 3)]
    assert sorted(title for page in pages for title in page) == [f"活动{n}" for n in range(5)]
    assert find("活动", page=99, size=2).page == 3


def test_a_search_takes_one_statement_however_much_is_found(
    any_store: Store, campaign: Config, actor: Actor
) -> None:
    def cost(view: View) -> int:
        limits = date_limits(campaign, view.now)
        wanted = read_search("C2 6月 活动 科协", campaign, register(view), limits)
        with counting(view) as counted:
            search(view, campaign, wanted, unit_ids=None, page=1, size=8)
        return len(counted.texts)

    file(any_store, campaign, actor, "活动")
    few = any_store.read_now(cost)
    for number in range(30):
        file(any_store, campaign, actor, f"活动{number}")
    assert (few, any_store.read_now(cost)) == (1, 1)


def test_a_units_document_is_found_by_its_name_and_its_files(
    any_store: Store, campaign: Config, actor: Actor, find: Find
) -> None:
    def write(work: Work) -> int:
        return file_document(
            work,
            campaign,
            "arrangement",
            unit_id_of(work, "kexie"),
            actor=actor,
            file=Incoming("id", "unique", "document", "2024年安排（定稿）.docx", 100),
            official_day=None,
        ).id

    document = any_store.write_now(write)
    for text in ("创建工作安排", "定稿", "科协 定稿", "6月 工作安排"):
        assert [(row.kind, row.id) for row in find(text).rows] == [(Kind.document, document)], text
    for text in ("定稿 没有的词", "C2 定稿", "5月 定稿"):
        assert find(text).rows == [], text
    assert find("定稿", unit="keji").rows == []


def test_what_was_asked_for_in_the_chat_is_found_by_its_name(
    any_store: Store, campaign: Config, actor: Actor, find: Find
) -> None:
    office = make(any_store, Role.coordinator)
    asked = {"form": Form.confirm, "who": ("kexie",), "frequency": Frequency.once}

    def write(work: Work) -> None:
        for name in ("国庆宣传回执", "别的回执"):
            order = Order(name, due=date(2024, 6, 20), **asked)  # type: ignore[arg-type]
            number = str(ask_for(work, order, actor=office, config=campaign).id)
            where = Where(number, "once", unit_id_of(work, "kexie"))
            confirm_done(work, where, actor=actor, config=campaign)

    any_store.write_now(write)
    [found] = find("国庆宣传").rows
    assert (found.kind, found.title) == (Kind.filing, "once")
    assert find("回执").total == 2
    assert find("回执", unit="keji").total == 0
