"""What is read from single clauses: each rule of the language by itself (REP-07 to REP-13)."""

from datetime import date
from decimal import Decimal

import pytest

from bot.features.reports.reading.dates import Limits, Precision
from bot.features.reports.reading.days import Today
from bot.features.reports.reading.paragraph import Reader, reader_of
from bot.features.reports.reading.result import Grain, PartnerRole, Reading, WarningKind
from tests.support.config import make_config


def values(reading: Reading) -> dict[str, tuple[str, bool]]:
    return {one.metric: (f"{one.amount.value:f}", one.amount.approx) for one in reading.values}


def kinds(reading: Reading) -> set[WarningKind]:
    return {one.kind for one in reading.warnings}


@pytest.mark.parametrize(
    ("text", "value", "approx"),
    [
        ("悬挂横幅120条", "120", False),
        ("悬挂横幅120 多条", "120", True),
        ("悬挂横幅约120条", "120", True),
        ("悬挂横幅120条左右", "120", True),
        ("悬挂横幅 1,200 条", "1200", False),
        ("悬挂横幅1 200条", "1200", False),
        ("悬挂横幅１２０条", "120", False),
        ("懸掛橫幅120條", "120", False),
        ("悬挂横幅一百二十条", "120", False),
        ("悬挂横幅1.2万余条", "12000", True),
        ("悬挂横幅l20条", "120", False),
        ("悬挂横幅：共计120条", "120", False),
        ("悬挂120余条创建文明城市横幅", "120", True),
        ("共悬挂各类横幅（含条幅）120条", "120", False),
        ("横幅悬挂了120条", "120", False),
        ("悬挂横幅百余条", "100", True),
    ],
)
def test_a_number_is_read_however_it_is_written(
    reader: Reader, today: Today, text: str, value: str, approx: bool
) -> None:
    assert values(reader.read(text, today=today)) == {"banners_hung": (value, approx)}


@pytest.mark.parametrize(
    "text",
    [
        "第二十五届科技之春宣传月",
        "第32届青少年科技创新大赛",
        "纪念长征70 周年",
        "公民道德20 字行为规范",
        "按照“六个一”的标准",
        "演唱\u201a百首爱国歌曲\u201b曲目",
        "2024年创建工作计划",
        "一加强领导，二落实责任，三强化督查",
        "宿区文\u30142024\u301512号",
        "版本号V2.3.1",
        "电话0527-84368888，手机13812345678",
        "发展大道88号3栋2单元501室",
        "气温40℃，早上9:00到11时30分",
        "2023年度先进",
        "年满60岁，服务3年",
        "在四个居委会建立了一个宣传橱窗",
        "每户发放宣传册2本",
    ],
)
def test_a_decoy_is_no_number(reader: Reader, today: Today, text: str) -> None:
    assert values(reader.read(text, today=today)) == {}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("悬挂横幅3至5条", WarningKind.number_range),
        ("悬挂横幅数百条", WarningKind.number_range),
        ("悬挂横幅三五条", WarningKind.number_range),
        ("悬挂横幅-5条", WarningKind.number_negative),
        ("悬挂横幅9999999999999条", WarningKind.number_too_large),
        ("悬挂横幅" + "9" * 60 + "条", WarningKind.number_too_large),
        ("投入资金1.23456万元", WarningKind.number_too_fine),
        ("参加人数3.5人", WarningKind.number_not_whole),
        ("发放环保袋300个", WarningKind.number_unknown),
    ],
)
def test_what_is_no_one_number_is_left_out_and_named(
    reader: Reader, today: Today, text: str, kind: WarningKind
) -> None:
    reading = reader.read(text, today=today)
    assert values(reading) == {}
    assert kind in kinds(reading)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("悬挂横幅0条", WarningKind.number_zero),
        ("悬挂横幅999999999条", WarningKind.number_unlikely),
        ("责任书签订率120%", WarningKind.number_unlikely),
    ],
)
def test_an_odd_number_is_kept_and_named(
    reader: Reader, today: Today, text: str, kind: WarningKind
) -> None:
    reading = reader.read(text, today=today)
    assert len(reading.values) == 1
    assert kind in kinds(reading)


def test_of_two_numbers_the_total_is_taken_and_the_other_shown(
    reader: Reader, today: Today
) -> None:
    reading = reader.read("参加人数200人。另据统计，共有260人参加。", today=today)
    assert values(reading) == {"participants": ("260", False)}
    (repeated,) = reading.warned(WarningKind.number_repeated)
    assert repeated.said is not None
    assert (repeated.said.raw, repeated.data["taken"]) == ("200人", "260人")


def test_parts_that_do_not_make_the_whole_are_told_by_how_much(
    reader: Reader, today: Today
) -> None:
    text = "投入资金685.18万元，其中区级投入114万元，乡镇、街道、社区投入545.18万元"
    (differs,) = reader.read(text, today=today).warned(WarningKind.sum_differs)
    assert differs.data == {"whole": "funds_wan", "difference": "26.00"}
    good = text.replace("114", "140")
    assert not reader.read(good, today=today).warned(WarningKind.sum_differs)


def test_more_recommended_than_collected_is_named(reader: Reader, today: Today) -> None:
    text = "收到科幻绘画作品20幅，向市上推荐科幻绘画{}幅"
    (exceeds,) = reader.read(text.format(35), today=today).warned(WarningKind.part_exceeds_whole)
    assert exceeds.data == {"whole": "paintings_collected", "part": "paintings_recommended"}
    assert not reader.read(text.format(5), today=today).warned(WarningKind.part_exceeds_whole)


@pytest.mark.parametrize(
    ("text", "grain", "day"),
    [
        ("3月24日召开会议", Grain.day, date(2024, 3, 24)),
        ("3.28日在永丰镇开展培训", Grain.day, date(2024, 3, 28)),
        ("3月17日上午开展植树", Grain.day, date(2024, 3, 17)),
        ("三月十七日开展植树", Grain.day, date(2024, 3, 17)),
        ("2024-03-17开展植树", Grain.day, date(2024, 3, 17)),
        ("6月启动评选", Grain.month, date(2024, 6, 1)),
        ("8月底进行考评", Grain.month, None),
        ("今年初添置花草", Grain.season, None),
        ("清明节祭扫", Grain.festival, None),
        ("每周五集体学习", Grain.recurring, None),
        ("当日捐赠物品", Grain.relative, None),
        ("并于月日进行表彰", Grain.blank, None),
        ("于 月 日进行表彰", Grain.blank, None),
        ("3月5日至8日开展宣传", Grain.period, None),
        ("3-5月开展整治", Grain.period, None),
        ("制定2024年创建工作计划", Grain.year, date(2024, 1, 1)),
        ("开展植树", Grain.none, None),
        ("表彰2023年度先进", Grain.none, None),
        ("截至6月30日发放宣传单", Grain.none, None),
        ("根据《3月5日会议纪要》开展宣传", Grain.none, None),
    ],
)
def test_a_date_is_as_exact_as_it_is_said(
    reader: Reader, today: Today, text: str, grain: Grain, day: date | None
) -> None:
    dated = reader.read(text, today=today).date
    assert (dated.grain, dated.when.day) == (grain, day)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2月30日开展植树", WarningKind.date_not_in_calendar),
        ("13月1日开展植树", WarningKind.date_not_in_calendar),
        ("2031年3月1日开展植树", WarningKind.date_in_future),
        ("1999年3月1日开展植树", WarningKind.date_too_early),
    ],
)
def test_a_day_that_cannot_be_is_named_and_not_replaced(
    reader: Reader, today: Today, text: str, kind: WarningKind
) -> None:
    reading = reader.read(text + "，3月5日总结。", today=today)
    assert reading.date.when.precision is Precision.none
    assert kind in kinds(reading)


def test_yesterday_needs_a_day_on_which_it_was_said(reader: Reader) -> None:
    limits = Limits(first=date(2023, 1, 1), today=date(2024, 6, 15))
    known = reader.read("昨天开展植树", today=Today(limits))
    assert known.date.when.day == date(2024, 6, 14)
    unknown = reader.read("昨天开展植树", today=Today(limits, known=False))
    assert unknown.date.when.precision is Precision.words


def test_that_day_is_the_day_of_the_activity_before(reader: Reader, today: Today) -> None:
    after = Today(today.limits, previous=date(2024, 3, 8))
    assert reader.read("当日，捐赠物品", today=after).date.when.day == date(2024, 3, 8)


def test_a_second_day_is_named(reader: Reader, today: Today) -> None:
    reading = reader.read("3月5日开展宣传，3月9日又开展宣传。", today=today)
    assert reading.date.when.day == date(2024, 3, 5)
    (other,) = reading.warned(WarningKind.several_dates)
    assert other.said is not None
    assert other.said.raw == "3月9日"


@pytest.mark.parametrize(
    ("text", "names", "role"),
    [
        ("县科协、县科技局联合在重泉村举行培训会", ["县科技局"], PartnerRole.joint),
        ("区妇联联合区民政局、团区委开展宣传", ["区民政局", "团区委"], PartnerRole.joint),
        ("配合渭南市科协组织群众学习", ["渭南市科协"], PartnerRole.assisted),
        ("与区总工会共同举办比赛", ["区总工会"], PartnerRole.joint),
        ("邀请市疾控中心专家讲课", ["市疾控中心"], PartnerRole.invited),
        ("配合区有关部门开展活动", [], None),
        ("县残疾人联合会密切配合，共同努力", [], None),
    ],
)
def test_partners_are_those_who_acted_together(
    reader: Reader, today: Today, text: str, names: list[str], role: PartnerRole | None
) -> None:
    partners = reader.read(text, today=today).partners
    assert [one.name for one in partners] == names
    assert {one.role for one in partners} == ({role} if role else set())


def test_a_partner_of_the_register_comes_with_its_slug(reader: Reader, today: Today) -> None:
    text = "区科协、区科技局联合举办科普展"
    (partner,) = reader.read(text, today=today, unit_slug="keji").partners
    assert (partner.name, partner.slug) == ("区科协", "kexie")
    (partner,) = reader.read(text, today=today, unit_slug="kexie").partners
    assert (partner.name, partner.slug) == ("区科技局", "keji")


def test_a_task_is_proposed_among_the_units_own(reader: Reader, today: Today) -> None:
    text = "组织志愿者在路口开展交通安全劝导，普及法律知识"
    assert reader.read(text, today=today).task_id == "C6"
    assert reader.read(text, today=today, unit_slug="sifa").task_id == "C4"
    assert reader.read(text, today=today, unit_slug="keji").task_id is None
    assert reader.read(text, today=today, tasks=["B5"]).task_id == "B5"
    assert reader.read("大家吃了饭", today=today).task_id is None


def test_people_stand_apart_from_the_other_numbers(reader: Reader, today: Today) -> None:
    reading = reader.read("带领机关6名干部植树，发放宣传单50份", today=today)
    assert reading.people is not None
    assert reading.people.amount.value == Decimal(6)
    assert [one.metric for one in reading.numbers] == ["leaflets_distributed"]


def test_a_metric_of_a_campaign_of_your_own_is_found_by_its_name(today: Today) -> None:
    trees = {"name": "种植树木", "counted_in": "棵", "rollup": "sum"}
    config = make_config(metrics={"trees": trees})
    reading = reader_of(config).read("在公园种植树木300余棵", today=today)
    assert values(reading) == {"trees": ("300", True)}
