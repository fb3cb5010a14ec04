"""A long report becomes proposed activities (REP-19)."""

from datetime import date

import pytest

from bot.core.text import cleaned
from bot.features.reports.reading.days import Today
from bot.features.reports.reading.paragraph import Reader
from bot.features.reports.reading.result import Grain, Proposal, ProposalKind
from bot.features.reports.reading.split import split
from tests.features.reports.reading.conftest import TODAY
from tests.support.config import ROOT

SOURCE = (ROOT / "tests" / "data" / "source.txt").read_text("utf-8").split("\n")


def lines(first: int, last: int) -> str:
    return "\n".join(SOURCE[first - 1 : last])


KEXIE, DAQINGBAN = lines(53, 60), lines(61, 72)


def activities(reader: Reader, text: str) -> list[Proposal]:
    return [one for one in split(text, reader, today=TODAY) if one.kind is ProposalKind.activity]


def days(proposals: list[Proposal]) -> list[date]:
    return [
        one.reading.date.when.day
        for one in proposals
        if one.reading is not None
        and one.reading.date.when.day is not None
        and one.reading.date.grain in {Grain.day, Grain.relative}
    ]


def values(proposals: list[Proposal]) -> dict[str, str]:
    return {
        value.metric: value.amount.raw
        for one in proposals
        if one.reading is not None
        for value in one.reading.values
    }


def test_the_dated_activities_of_a_long_report_are_proposed_one_by_one(reader: Reader) -> None:
    found = activities(reader, KEXIE)
    assert [f"{day:%m-%d}" for day in days(found)] == [
        "03-08",
        "03-08",
        "03-23",
        "03-03",
        "03-28",
        "03-17",
        "03-02",
    ]
    assert values(found) == {
        "member_units": "30多个",
        "donations_wan": "22万元",
        "paintings_collected": "214幅",
        "inventions_collected": "6项",
        "paintings_recommended": "35幅",
        "inventions_recommended": "2项",
        "participants": "6名",
        "visitors": "17人",
    }


def test_that_day_means_the_day_of_the_activity_before(reader: Reader) -> None:
    text = "3月8日，开展宣传。当日，捐赠资金5万元。当日，走访群众。"
    assert days(activities(reader, text)) == [date(2024, 3, 8)] * 3
    alone = activities(reader, "当日，捐赠资金5万元。")
    assert days(alone) == []
    told = Today(TODAY.limits, previous=date(2024, 3, 9))
    (first,) = split("当日，捐赠资金5万元。", reader, today=told)
    assert first.reading is not None
    assert first.reading.date.when.day == date(2024, 3, 9)


def test_a_report_without_dates_gives_its_activities_with_their_numbers(reader: Reader) -> None:
    found = activities(reader, DAQINGBAN)
    assert values(found) == {
        "materials_distributed": "2800 多份",
        "display_boards": "4 块",
        "banners_hung": "120 多条",
        "board_changes": "46 期",
        "training_sessions": "10 期",
        "trainees": "2024 多人次",
        "cultural_festivals": "一次",
        "civil_communities": "3 个",
        "civil_units": "9 个",
        "civil_windows": "2 个",
        "civil_villages": "2 个",
        "civil_courtyards": "4 个",
        "civil_families": "5 个",
        "civil_households": "160 户",
        "boards_set": "20 个",
        "slogans_hung": "120 条",
        "readers_distributed": "13000 余本",
        "leaflets_distributed": "5000 余份",
        "consultations": "1000 多人",
        "pledges_signed": "2024 余份",
        "walls_painted": "2 万余方",
        "compounds_cleaned": "20 余处",
        "illegal_buildings_removed": "170 余处",
        "storefronts_treated": "120 余处",
        "funds_wan": "30 余万元",
        "labour": "2100 多人次",
        "loaders": "25 辆",
        "truck_runs": "1500 台次",
        "rubbish_m3": "2.5 万余方",
        "road_occupation_cleared": "30 多处",
        "dead_corners_cleared": "20 余处",
    }


@pytest.mark.parametrize("text", [KEXIE, DAQINGBAN], ids=["kexie", "daqingban"])
def test_together_the_pieces_hold_every_sentence_in_order(reader: Reader, text: str) -> None:
    proposals = split(text, reader, today=TODAY)
    whole = cleaned(text)
    place = 0
    for one in proposals:
        assert whole[one.said.start : one.said.end] == one.said.raw
        assert not any(char.isalnum() for char in whole[place : one.said.start])
        place = one.said.end
    assert not any(char.isalnum() for char in whole[place:])


def test_only_activities_are_read(reader: Reader) -> None:
    for one in split(KEXIE + DAQINGBAN, reader, today=TODAY):
        assert (one.reading is not None) == (one.kind is ProposalKind.activity)


def test_headings_are_kept_with_what_stands_under_them(reader: Reader) -> None:
    first, spring, *_ = activities(reader, KEXIE)
    assert first.headings == ("二、围绕创建任务，完善工作方案",)
    assert spring.headings == (
        "三、紧扣目标任务，推动工作落实",
        "一是认真开展科技之春宣传月活动",
    )
    headings = [
        one for one in split(KEXIE, reader, today=TODAY) if one.kind is ProposalKind.heading
    ]
    assert "四、扎实搞好机关文明建设工作。" in [one.said.raw for one in headings]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("三、存在的问题\n宣传力度不够，覆盖面不广。", ProposalKind.problems),
        ("存在问题与不足是：一市民教育有待进一步加强。二参与面还比较窄。", ProposalKind.problems),
        ("四、下步打算\n一是开展集中宣传。二是悬挂横幅50条。", ProposalKind.plans),
        ("下一步，我们将继续开展宣传活动。", ProposalKind.plans),
        ("全办上下高度重视，形成了良好的氛围。", ProposalKind.prose),
    ],
)
def test_problems_plans_and_prose_are_no_activities(
    reader: Reader, text: str, kind: ProposalKind
) -> None:
    proposals = split("一、工作开展情况\n3月8日，开展集中宣传。\n" + text, reader, today=TODAY)
    assert [one.kind for one in proposals].count(ProposalKind.activity) == 1
    assert proposals[-1].kind is kind or kind is ProposalKind.prose
    assert text[-8:] in proposals[-1].said.raw


def test_the_plans_end_where_the_next_part_begins(reader: Reader) -> None:
    text = "一、下步打算\n开展宣传。\n二、工作情况\n3月8日，发放宣传单300份。"
    kinds = [one.kind for one in split(text, reader, today=TODAY)]
    assert kinds[-1] is ProposalKind.activity
    assert ProposalKind.plans in kinds


@pytest.mark.parametrize("text", ["", "\n\n", "。。。", "😀"])
def test_of_nothing_nothing_is_proposed(reader: Reader, text: str) -> None:
    assert split(text, reader, today=TODAY) == []
