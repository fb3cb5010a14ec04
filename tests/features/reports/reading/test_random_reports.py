"""Reports written at random from the lexicon are read back as they were meant (REP-07, REP-08)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from bot.config import Metric
from bot.features.reports.reading import figures, naming
from bot.features.reports.reading.paragraph import Reader, reader_of
from tests.features.reports.reading.conftest import TODAY
from tests.support.config import make_config

CONFIG = make_config()
DIGITS = "零一二三四五六七八九"
DECOYS = (
    "第二十五届科技之春宣传月",
    "纪念长征70 周年",
    "学习公民道德20 字行为规范",
    "按照“六个一”的标准",
    "唱响\u201a百首爱国歌曲\u201b",
    "落实2024年工作安排",
    "依据宿区文\u30142024\u301512号文件",
    "拨打热线0527-84368888",
    "走访发展大道88号3栋501室",
    "上午9:00集合",
    "气温40℃",
    "年满60岁的老人",
    "为期3天",
    "一是加强领导",
    "每户发放宣传册2本",
    "开展第3次志愿服务活动",
    "参加第2期培训班",
    "走访第5名选手",
)
# Names that mean a number only together with others, or in a way of their own.
LEFT_OUT = {"funds_yearly_wan", "patrol_team_size"}
METRICS = [one for one in CONFIG.metrics if one.slug not in LEFT_OUT]


@dataclass(frozen=True)
class Item:
    """A metric with its number and the words for both."""

    metric: Metric
    value: Decimal
    approx: bool
    words: str


def spelled(number: int) -> str:
    """Return a number below ten thousand in Chinese."""
    shown, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            shown += ("零" if zero and shown else "") + DIGITS[digit] + name
            zero = False
        else:
            zero = True
    return shown


@st.composite
def items(draw: st.DrawFn, metric: Metric) -> Item:
    name = metric.name.split("/")[0]
    if metric.counted_in == "%":
        number = draw(st.integers(1, 100))
        return Item(
            metric,
            Decimal(number),
            False,
            f"{name}{draw(st.sampled_from(['', '达', '达到']))}{number}%",
        )
    unit = metric.counted_in.split("/")[0]
    form = draw(st.sampled_from(["arabic", "spaced", "comma", "full", "spelled", "wan"]))
    number = draw(st.integers(1, 9999 if form == "spelled" else 99_999))
    value = Decimal(number)
    shown = {
        "arabic": str(number),
        "spaced": f"{number} ",
        "comma": f"{number:,}",
        "full": str(number).translate({48 + n: 0xFF10 + n for n in range(10)}),
        "spelled": spelled(number % 10_000),
        "wan": f"{number}万",
    }[form]
    if form == "wan" and unit != "万元":
        value *= 10_000
    if form in {"spelled", "wan"} and unit == "万元":
        shown = str(number)
    before, within, after = draw(
        st.sampled_from(
            [
                ("", "", ""),
                ("约", "", ""),
                ("", "余", ""),
                ("", "多", ""),
                ("", "", "左右"),
                ("近", "", ""),
            ]
        )
    )
    if unit == "起" and form == "spelled":
        shown = str(number)  # 一起 is together
    if number % 10 and form == "spelled":
        within = ""
    lead = draw(st.sampled_from(["", "共", "共计", "累计", "：", " "]))
    approx = bool(before or within or after)
    return Item(metric, value, approx, f"{name}{lead}{before}{shown}{within}{unit}{after}")


@st.composite
def reports(draw: st.DrawFn) -> tuple[str, list[Item]]:
    metrics = draw(st.lists(st.sampled_from(METRICS), min_size=1, max_size=5, unique=True))
    chosen = [draw(items(metric)) for metric in metrics]
    sentences = [one.words for one in chosen]
    for decoy in draw(st.lists(st.sampled_from(DECOYS), max_size=4)):
        sentences.insert(draw(st.integers(0, len(sentences))), decoy)
    return "。".join(sentences) + "。", chosen


def misread(reader: Reader, text: str, meant: Iterable[Item]) -> dict[str, Any]:
    """Return what was read or left out otherwise than meant, by metric."""
    found = {
        one.metric: (one.amount.value, one.amount.approx)
        for one in reader.read(text, today=TODAY).values
    }
    given_ = {one.metric.slug: (one.value, one.approx) for one in meant}
    return dict(found.items() ^ given_.items())


@settings(max_examples=150, deadline=None)
@given(reports())
def test_a_random_report_is_read_back(report: tuple[str, list[Item]]) -> None:
    text, meant = report
    assert misread(reader_of(CONFIG), text, meant) == {}


def finds_a_mistake(*, most: int) -> bool:
    """Tell whether one of `most` random reports is misread. The words are compiled anew."""
    reader = Reader(CONFIG)
    try:
        find(
            reports(),
            lambda report: bool(misread(reader, *report)),
            settings=settings(
                max_examples=most,
                deadline=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
    except NoSuchExample:
        return False
    return True


def no_decoys(text: str) -> list[tuple[int, int]]:
    return []


def keep_all(words: list[Any]) -> list[Any]:
    return list(words)


@pytest.mark.parametrize(
    ("module", "name", "broken"),
    [
        pytest.param(figures, "_decoys", no_decoys, id="decoys are numbers"),
        pytest.param(naming, "_not_held", keep_all, id="a name inside a name counts"),
    ],
)
def test_a_broken_rule_is_found(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, broken: Any
) -> None:
    monkeypatch.setattr(module, name, broken)
    assert finds_a_mistake(most=5000)


def test_the_rules_as_they_are_give_no_mistake_to_find() -> None:
    assert not finds_a_mistake(most=150)
