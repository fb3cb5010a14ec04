"""Nothing is written and then forgotten in a registry."""

import pytest

from tests.architecture import registry_checks as checks
from tests.architecture.source import PACKAGES, ROOT, sample, sources

REGISTRY = """
from handlers import posts
from handlers.report import FEATURE as report
from handlers import left

FEATURES = (posts.FEATURE, report)
"""


@pytest.mark.parametrize("package", ["handlers", "jobs"])
def test_every_module_is_registered(package: str) -> None:
    names = checks.modules(ROOT / package)
    assert checks.unregistered(package, names, checks.registry_of(package)) == []


def test_every_kind_of_button_has_its_own_prefix() -> None:
    assert checks.prefixes_used_twice(sources(*PACKAGES)) == []


@pytest.mark.parametrize("name", ["notices", "left"])
def test_a_forgotten_module_is_caught(name: str) -> None:
    registry = sample(REGISTRY, "handlers/__init__.py")
    found = checks.unregistered("handlers", ["posts", "report", name], registry)
    assert found == [f"handlers/{name} is not in handlers/__init__.py"]


def test_a_prefix_used_twice_is_caught() -> None:
    button = '@callback("post")\nclass Open: ...'
    found = checks.prefixes_used_twice([sample(button, "handlers/a.py"), sample(button, "b.py")])
    assert found == ["'post': handlers/a.py:1 and b.py:1"]
