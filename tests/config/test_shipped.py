"""The shipped config.yaml holds the whole campaign, word for word (SYS-02, TASK-00, TIME-01)."""

import re
from collections.abc import Iterator
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.config import Config, load_config
from bot.config.yamlfile import read_yaml
from tests.support.config import ROOT, SHIPPED, make_config, make_data

SOURCE = ROOT / "tests" / "data" / "source.txt"
"""The source document, line for line; lines that nothing refers to are empty, names are masked."""

QUOTING = {"quote", "assist_quote", "stated", "where", "example", "text"}
"""Keys whose value is said to stand in the source word for word."""


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config(SHIPPED)


@cache
def source_lines() -> tuple[str, ...]:
    return tuple(SOURCE.read_text("utf-8").split("\n"))


def quotes(value: Any, line: int | None = None) -> Iterator[tuple[int | None, str]]:
    """Yield every quotation in `value` with the line it claims, its own or the one around it."""
    if isinstance(value, dict):
        line = value.get("line", line)
        for key, inner in value.items():
            if key in QUOTING and isinstance(inner, str):
                yield line, inner
            elif key != "assumptions":
                yield from quotes(inner, line)
    elif isinstance(value, list):
        for inner in value:
            yield from quotes(inner, line)


def test_the_shipped_file_holds_the_whole_campaign(config: Config) -> None:
    counts = {
        "sections": len(config.sections),
        "tasks": len(config.tasks),
        "indicators": sum(len(task.indicators) for task in config.tasks),
        "units": len(config.units),
        "obligations": len(config.obligations),
        "post_kinds": len(config.post_kinds),
        "metrics": len(config.metrics),
        "focus": len(config.focus),
    }
    assert counts == {
        "sections": 4,
        "tasks": 18,
        "indicators": 51,
        "units": 21,
        "obligations": 12,
        "post_kinds": 9,
        "metrics": 75,
        "focus": 4,
    }


def test_the_tasks_stand_in_the_order_of_the_document(config: Config) -> None:
    assert [task.id for task in config.tasks] == [
        *("A1", "A2", "A3"),
        *("B1", "B2", "B3", "B4", "B5"),
        *("C1", "C2", "C3", "C4", "C5", "C6", "C7"),
        *("D1", "D2", "D3"),
    ]
    assert [one.id for one in config.obligations] == [f"O{number}" for number in range(1, 13)]


def test_every_quotation_stands_in_the_line_it_names() -> None:
    found = list(quotes(make_data()))
    wrong = [
        (line, text) for line, text in found if line is None or text not in source_lines()[line - 1]
    ]
    assert wrong == []
    assert len(found) > 200


def test_every_name_of_a_responsible_unit_stands_in_the_line_it_names(config: Config) -> None:
    for unit in config.units:
        assert unit.line is not None
        assert unit.name in source_lines()[unit.line - 1]


def test_every_title_of_a_task_stands_in_the_line_it_names(config: Config) -> None:
    titles = [(task.line, task.title) for task in config.tasks]
    titles += [(section.line, section.title) for section in config.sections]
    for line, title in titles:
        assert line is not None
        assert title in source_lines()[line - 1]


def test_the_hundred_days_are_one_hundred_and_three(config: Config) -> None:
    first = config.phases[0]
    assert (first.start, first.end) == (date(2024, 6, 10), date(2024, 9, 20))
    assert first.days == 103
    assert first.day_number(date(2024, 6, 21)) == 12


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (date(2024, 6, 9), None),
        (date(2024, 6, 10), "P1"),
        (date(2024, 9, 20), "P1"),  # the last day is still in
        (date(2024, 9, 21), "P2"),
        (date(2031, 1, 1), "P2"),  # P2 has no end
    ],
)
def test_each_day_is_in_its_phase(config: Config, day: date, phase: str | None) -> None:
    found = config.phase_on(day)
    assert (found and found.id) == phase


def test_only_the_document_s_own_numbers_are_targets(config: Config) -> None:
    measured = {
        indicator.id: indicator
        for task in config.tasks
        for indicator in task.indicators
        if indicator.measure
    }
    assert measured.keys() == {"B1.1", "C7.2", "D2.1"}
    assert measured["C7.2"].is_assumed("measure")
    assert not measured["B1.1"].is_assumed("measure")
    weekly = measured["D2.1"].measure
    assert weekly is not None
    assert (weekly.at_least, weekly.at_most, weekly.per) == (1, 2, "week")


def test_links_from_indicators_to_metrics_are_marked_as_our_reading(config: Config) -> None:
    linked = [one for task in config.tasks for one in task.indicators if one.metrics]
    assert len(linked) >= 25
    assert all(indicator.is_assumed("metrics") for indicator in linked)


def test_the_words_of_pasted_reports_are_marked_as_our_reading(config: Config) -> None:
    assert all(metric.synonyms for metric in config.metrics)
    assert all(
        metric.is_assumed(name)
        for metric in config.metrics
        for name in ("synonyms", "measure_words", "part_of")
    )
    assert all(task.keywords and task.is_assumed("keywords") for task in config.tasks)
    parts = {one.slug: one.part_of for one in config.metrics if one.part_of is not None}
    assert parts["funds_district_wan"] == "funds_wan"


def test_every_interval_for_a_cadence_word_is_marked_as_our_setting(config: Config) -> None:
    assert {word.word for word in config.cadence_words} >= {
        "不断",
        "经常",
        "及时",
        "定期",
        "长期",
        "常态化",
    }
    assert all(word.is_assumed("every_days") for word in config.cadence_words)
    assert not any(word.is_assumed("word") for word in config.cadence_words)


def test_the_day_of_the_month_is_marked_as_our_setting(config: Config) -> None:
    monthly = config.obligation("O2")
    assert monthly.due_day == "last"
    assert monthly.is_assumed("due_day")
    assert not monthly.is_assumed("frequency")


def test_the_plan_is_due_on_the_tenth_of_june_inclusive(config: Config) -> None:
    plan = config.obligation("O1")
    assert plan.due == date(2024, 6, 10)
    assert plan.due_inclusive
    assert plan.is_assumed("due_inclusive")
    assert not plan.is_assumed("due")


def test_both_reminded_obligations_have_the_same_ladder(config: Config) -> None:
    assert config.reminders.keys() == {"O1", "O2"}
    for rule in config.reminders.values():
        assert rule.ladder == (7, 3, 1, 0)
        assert rule.overdue_every_days == 3


def test_the_settings_have_the_values_that_the_design_names(config: Config) -> None:
    assert config.time.zone == "Asia/Shanghai"
    assert config.time.quiet_hours.start == time(22)
    assert config.time.quiet_hours.end == time(7)
    assert config.time.reminder_hour == time(9)
    assert config.digest.weekday.number == 0
    assert config.limits.overall_per_second == 28
    assert config.limits.burst == 2
    assert config.invitations.ttl_hours == 72
    assert config.invitations.wrong_codes_per_hour == 5
    assert config.retention.inbox_done_days == 30
    assert config.drafts.expire_after_days == 14


def test_settings_that_are_left_out_are_the_shipped_ones(config: Config) -> None:
    without = make_data()
    for section in ("bot", "time", "digest", "limits", "drafts", "posts", "invitations"):
        del without[section]
    lean = Config.model_validate(without)
    assert lean.limits == config.limits
    assert lean.time == config.time
    assert lean.bot == config.bot
    assert lean.posts == config.posts


def test_no_slogan_passes_for_an_official_one(config: Config) -> None:
    assert len(config.slogans) == 43
    assert not any(slogan.official for slogan in config.slogans)


def test_every_open_point_is_listed_with_our_answer(config: Config) -> None:
    assert len(config.assumptions) >= 14
    assert {one.id for one in config.assumptions} >= {
        "monthly-due-day",
        "plan-due-inclusive",
        "ad-share-base",
        "cadence-words",
        "official-slogans",
        "group-members",
    }


def test_loading_twice_gives_the_same(config: Config) -> None:
    assert load_config(SHIPPED) == config
    assert make_config().model_dump() == config.model_dump()


def test_any_yaml_reader_reads_the_file_as_we_do() -> None:
    def with_dates_as_text(value: Any) -> Any:
        if isinstance(value, dict):
            assert all(isinstance(key, str) for key in value)
            return {key: with_dates_as_text(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [with_dates_as_text(inner) for inner in value]
        return value.isoformat() if isinstance(value, date) else value

    text = SHIPPED.read_text("utf-8")
    assert with_dates_as_text(yaml.safe_load(text)) == read_yaml(text, "config.yaml").value


def test_settings_are_explained_in_chinese() -> None:
    text = SHIPPED.read_text("utf-8")
    comments = [row for row in text.splitlines() if "#" in row]
    assert len([row for row in comments if re.search(r"#.*[\u4e00-\u9fff]", row)]) > 80


def test_the_file_names_no_place_of_this_machine() -> None:
    assert not re.search(r"/(work|root|home|tmp)/", SHIPPED.read_text("utf-8"))


def test_relative_folders_are_relative_to_the_file(tmp_path: Path) -> None:
    copy = tmp_path / "config.yaml"
    copy.write_text(SHIPPED.read_text("utf-8"), "utf-8")
    assert load_config(copy).path == copy.resolve()
