"""Nothing is written and then forgotten in a registry."""

import pytest

from tests.architecture import registry_checks as checks
from tests.architecture.source import PACKAGES, ROOT, expect_none, sample, sources

REGISTRY = """
from handlers import posts
from handlers.report import FEATURE as report
from handlers import left

FEATURES = (posts.FEATURE, report)
"""


@pytest.mark.parametrize("package", ["handlers", "jobs"])
def test_every_module_is_registered(package: str) -> None:
    names = checks.modules(ROOT / package)
    expect_none(checks.unregistered(package, names, checks.registry_of(package)))


def test_every_kind_of_button_has_its_own_prefix() -> None:
    expect_none(checks.prefixes_used_twice(sources(*PACKAGES)))


def test_every_fact_is_told() -> None:
    expect_none(checks.untold_facts(sources(*PACKAGES)))


def test_every_module_of_cards_is_used() -> None:
    expect_none(checks.cards_left_out(sources(*PACKAGES)))


@pytest.mark.parametrize("name", ["notices", "left"])
def test_a_forgotten_module_is_caught(name: str) -> None:
    registry = sample(REGISTRY, "handlers/__init__.py")
    found = checks.unregistered("handlers", ["posts", "report", name], registry)
    assert found == [f"handlers/{name} is not in handlers/__init__.py"]


def test_a_prefix_used_twice_is_caught() -> None:
    button = '@callback("post")\nclass Open: ...'
    found = checks.prefixes_used_twice([sample(button, "handlers/a.py"), sample(button, "b.py")])
    assert found == ["'post': handlers/a.py:1 and b.py:1"]


def test_a_fact_that_nobody_tells_is_caught() -> None:
    facts = sample("class PlaceFreed(Fact): ...\nclass PostMoved(Fact): ...", "bot/features/a.py")
    card = sample("@tells(PlaceFreed)\ndef tell(desk, fact): ...", "bot/chat/cards/a.py")
    assert checks.untold_facts([facts, card]) == ["bot/features/a.py:2: nobody tells PostMoved"]


def test_cards_that_nothing_imports_are_caught() -> None:
    used = sample("", "bot/chat/cards/posts.py")
    forgotten = sample("", "bot/chat/cards/reports.py")
    handler = sample("from bot.chat.cards import posts", "handlers/posts.py")
    found = checks.cards_left_out([used, forgotten, handler])
    assert found == ["bot/chat/cards/reports.py: imported nowhere"]
