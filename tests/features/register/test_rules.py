"""Reading titles and issuers (ARC-04)."""

import pytest

from bot.features.register.errors import NoIssuer, TooManyIssuers
from bot.features.register.rules import issuers_of, title_of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("《创建工作简报》", "创建工作简报"),
        ("  创建工作简报 ", "创建工作简报"),
        ("关于印发《方案》的通知", "关于印发《方案》的通知"),
        ("《关于印发《方案》的通知》", "关于印发《方案》的通知"),
        ("《甲》和《乙》", "《甲》和《乙》"),
        ("《》", ""),
        ("《没有合上", "《没有合上"),
    ],
)
def test_a_title_is_kept_without_the_signs_around_it(text: str, title: str) -> None:
    assert title_of(text) == title


def test_several_issuers_are_told_apart_and_each_is_there_once() -> None:
    assert issuers_of("区公安局、区文明办，区公安局 区创建办") == [
        "区公安局",
        "区文明办",
        "区创建办",
    ]


def test_no_issuer_and_too_many_are_refused() -> None:
    with pytest.raises(NoIssuer):
        issuers_of("、，；")
    with pytest.raises(TooManyIssuers) as caught:
        issuers_of("、".join(f"单位{n}" for n in range(11)))
    assert caught.value.data == {"count": 11, "most": 10}
