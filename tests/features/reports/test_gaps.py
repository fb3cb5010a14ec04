"""How complete reports are, counted by task, in one statement."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import View
from bot.features.people.actor import Actor
from bot.features.reports.content import Content, Photo
from bot.features.reports.gaps import Completeness, Lack, completeness, lacks_of
from bot.features.reports.models import Report
from bot.features.reports.reading.dates import Precision, When
from bot.features.reports.rules import read_link
from bot.features.reports.service import file_report
from tests.support.bot import unit_id_of
from tests.support.config import make_config
from tests.support.people import counting, load, make

WHOLE = {
    "text": "正文",
    "when": When(Precision.words, text="每周五"),
    "photos": (Photo("voice", "f", "u"),),
}


@pytest.fixture
def actor(any_store: Store, campaign: Config) -> Actor:
    load(any_store, campaign)
    return make(any_store, Role.contact, unit="kexie")


@pytest.fixture
def file(any_store: Store, campaign: Config, actor: Actor) -> Callable[..., Report]:
    def write(task: str | None, **given: object) -> Report:
        return any_store.write_now(
            lambda work: file_report(
                work,
                campaign,
                Content(unit_id_of(work, "kexie"), task, "科普", **given),  # type: ignore[arg-type]  # as each test gives them
                actor=actor,
            )
        )

    return write


def test_the_share_of_whole_reports_is_counted_by_task(
    any_store: Store, campaign: Config, file: Callable[..., Report]
) -> None:
    file("C2", **WHOLE)
    file("C2", **{**WHOLE, "text": None})
    file("C2", **{**WHOLE, "photos": ()})
    file(None, **WHOLE)
    found = any_store.read_now(lambda view: completeness(view, campaign))
    assert found == [Completeness("C2", 1, 3), Completeness(None, 1, 1)]
    assert [one.percent for one in found] == [33, 100]
    lenient = make_config(archive={"no_photo_wanted": ["C2"]})
    assert any_store.read_now(lambda view: completeness(view, lenient))[0].whole == 2


def test_one_report_is_asked_what_it_lacks(
    any_store: Store, campaign: Config, file: Callable[..., Report]
) -> None:
    bare = file("C2")
    whole = file("C2", **WHOLE)
    dated = file("C2", when=When(Precision.day, date(2024, 6, 1)), links=("https://a.example/b",))
    lacks = [
        any_store.read_now(lambda view, one=one: lacks_of(view, campaign, one))  # type: ignore[misc]  # bound now
        for one in (bare.id, whole.id, dated.id, 999)
    ]
    assert lacks == [(Lack.text, Lack.photo, Lack.date), (), (Lack.text,), ()]


def test_counting_takes_one_statement_however_many_there_are(
    any_store: Store, campaign: Config, file: Callable[..., Report]
) -> None:
    def cost(view: View) -> int:
        with counting(view) as counted:
            completeness(view, campaign)
        return len(counted.texts)

    for _ in range(20):
        file("C2")
    assert any_store.read_now(cost) == 1


@pytest.mark.parametrize("link", ["https://pan.example.com/s/1?a=b#c", "https://例子.example/x"])
def test_an_https_address_is_a_link(link: str) -> None:
    assert read_link(f" {link} ") == link


@pytest.mark.parametrize(
    "text",
    [
        "http://example.com",
        "https://",
        "https://localhost/x",
        "https://user@example.com/",
        "https://user:pass@example.com/",
        "https://exa mple.com/",
        "https://example.com/\u202egpj.exe",
        "javascript:alert(1)",
        "https://[broken",
        "https://example.com/" + "a" * 500,
        "",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert read_link(text) is None
