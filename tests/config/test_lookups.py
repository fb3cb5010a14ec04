"""What the rest of the bot asks the configuration."""

from datetime import time

import pytest

from bot.config import Config, QuietHours, UnitKind, Weekday
from bot.core.errors import NotFound
from tests.support.config import (
    NAMELESS_UNIT,
    TEST_TASK,
    make_config,
    sample_reports,
    samples_config,
)


@pytest.fixture(scope="module")
def config() -> Config:
    return make_config()


def ids(entries: tuple[object, ...]) -> list[str]:
    return [str(getattr(entry, "id", "") or getattr(entry, "slug", "")) for entry in entries]


def test_every_unit_but_the_supervising_office_answers_for_a_task(config: Config) -> None:
    responsible = config.all_responsible_units
    assert len(responsible) == 20
    assert config.unit("chuangjianban") not in responsible
    assert config.unit("chuangjianban").kind is UnitKind.office


def test_a_unit_has_every_task_that_names_it(config: Config) -> None:
    assert ids(config.tasks_of_unit("jiaotong")) == ["B2", "C6"]
    assert ids(config.tasks_of_unit("wenmingban")) == ["B5", "C7"]
    assert config.tasks_of_unit("chuangjianban") == ()


def test_a_member_has_the_tasks_of_its_group() -> None:
    config = make_config(
        units={
            "xingfu": {"name": "幸福街道"},
            "xiangzhen-jiedao": {"members": ["xingfu"]},
        }
    )
    assert ids(config.tasks_of_unit("xingfu")) == ["A1"]
    assert ids(config.groups_of_unit("xingfu")) == ["xiangzhen-jiedao"]
    assert config.unit("xingfu") in config.all_responsible_units


def test_a_member_that_only_the_database_knows_has_the_tasks_of_the_groups_it_joined(
    config: Config,
) -> None:
    assert config.tasks_of_unit("added-later") == ()
    joined = config.tasks_of_unit("added-later", groups=["xiangzhen-jiedao", "quzhi-jiguan"])
    assert ids(joined) == ["A1", "B3"]


def test_a_task_offers_its_metrics_once_each_in_order(config: Config) -> None:
    assert ids(config.metrics_of_task("A1")) == [
        "training_sessions",
        "trainees",
        "boards_set",
        "board_changes",
        "banners_hung",
        "materials_distributed",
        "leaflets_distributed",
    ]
    assert config.metrics_of_task("D3") == ()


def test_an_obligation_is_owed_by_whom_it_names(config: Config) -> None:
    assert config.units_owing("O1") == config.all_responsible_units
    assert ids(config.units_owing("O3")) == ["chuangjianban"]
    assert ids(config.units_owing("O11")) == ["tuanquwei", "wenmingban"]


def test_a_line_of_the_document_leads_to_its_article(config: Config) -> None:
    def place(line: int) -> str | None:
        article = config.article_of(line)
        return article.place if article else None

    assert place(52) == "宿迁市宿城区"
    assert place(53) == "XX县"
    assert place(64) == "濮阳市华龙区大庆办"
    assert place(999) is None


@pytest.mark.parametrize(
    ("lookup", "name"),
    [
        ("unit", "kexie"),
        ("task", "C2"),
        ("section", "C"),
        ("metric", "banners_hung"),
        ("obligation", "O1"),
        ("post_kind", "lukou-yindao"),
        ("post_duty", "yindao"),
        ("cadence_word", "经常"),
    ],
)
def test_a_lookup_finds_its_entry_and_refuses_an_unknown_name(
    config: Config, lookup: str, name: str
) -> None:
    find = getattr(config, lookup)
    entry = find(name)
    assert name in {getattr(entry, key, None) for key in ("id", "slug", "word")}
    with pytest.raises(NotFound):
        find("nobody")


def test_a_setting_of_the_installation_is_ours(config: Config) -> None:
    assert config.reminders["O1"].is_assumed("ladder")
    assert config.time.is_assumed("reminder_hour")


def test_what_the_document_never_states_is_ours_without_saying_so_each_time(
    config: Config,
) -> None:
    metric = config.metric("banners_hung")
    assert metric.is_assumed("rollup")
    assert not metric.is_assumed("name")


def test_weekdays_count_from_monday_as_dates_do() -> None:
    assert [day.number for day in Weekday] == list(range(7))


@pytest.mark.parametrize(
    ("at", "quiet"),
    [(time(21, 59), False), (time(22), True), (time(3), True), (time(7), False)],
)
def test_quiet_hours_go_over_midnight(at: time, quiet: bool) -> None:
    assert QuietHours().holds(at) is quiet


def test_quiet_hours_within_a_day_end_the_same_day() -> None:
    noon = QuietHours(start=time(12), end=time(14))
    assert noon.holds(time(13))
    assert not noon.holds(time(23))


def test_quiet_hours_of_no_length_are_never() -> None:
    assert not QuietHours(start=time(0), end=time(0)).holds(time(0))


def test_every_sample_can_be_reported_by_its_unit_under_its_task() -> None:
    config = samples_config()
    reports = sample_reports()
    assert len(reports) == 52
    for report in reports:
        assert report["task"] in ids(config.tasks_of_unit(report["unit_slug"]))
        for metric in report["metrics"]:
            assert config.metric(metric).slug == metric


def test_samples_without_a_name_or_a_task_have_a_place() -> None:
    config = samples_config()
    assert config.unit(NAMELESS_UNIT).name.startswith("街道")
    assert ids(config.tasks_of_unit(NAMELESS_UNIT)) == [TEST_TASK]


def test_an_override_changes_one_entry_adds_one_and_removes_one() -> None:
    config = make_config(
        slogans=[],
        units={"kexie": {"name": "科协"}, "new": {"name": "新单位"}},
        carriers={"guangbo": None},
    )
    assert config.unit("kexie").name == "科协"
    assert config.unit("kexie").expanded_name == "宿城区科学技术协会"
    assert config.unit("new").kind is UnitKind.unit
    assert config.slogans == ()
    assert "guangbo" not in ids(config.carriers)
