"""The weekly digest: once a person and week, silent, up to a day late, in the highest version."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.digests.sending import TOGETHER, TOO_LATE, UNREACHABLE
from bot.features.outbox.models import Lane, OutboxRow
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.posts.service import NewPost, publish, sign_up
from bot.features.reports.content import Content, Value
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.service import file_report
from bot.features.runs import service as runs
from bot.features.runs.models import JobRun, RunState
from bot.features.workdays.service import load_workdays
from jobs.digest import job
from tests.jobs.summer import grant
from tests.jobs.ticking import Ticking, file_for, messages, shanghai, statements
from tests.support.clock import SetClock
from tests.support.people import load, make

MONDAY = shanghai("06-17T09:00")


@pytest.fixture
def ticking(store: Store, campaign: Config) -> Ticking:
    load(store, campaign)
    return Ticking(store, campaign, job)


def digests(store: Store) -> list[OutboxRow]:
    return messages(store, Lane.digest)


def of(store: Store, actor: Actor) -> str:
    [row] = [row for row in digests(store) if row.person_id == actor.person_id]
    html: str = row.payload["html"]
    return html


def noted(store: Store) -> dict[tuple[str, str], tuple[RunState, str | None]]:
    def look(view: View) -> dict[tuple[str, str], tuple[RunState, str | None]]:
        rows = view.session.scalars(select(JobRun).where(JobRun.kind == "digest"))
        return {(row.scope, row.period_key): (row.state, row.reason) for row in rows}

    return store.read_now(look)


def on_monday(ticking: Ticking, clock: SetClock) -> None:
    clock.at = MONDAY
    ticking.tick()


def test_everybody_gets_one_silent_message_however_often_it_ticks(
    ticking: Ticking, clock: SetClock
) -> None:
    people = [
        make(ticking.store, Role.coordinator),
        make(ticking.store, Role.contact, unit="kexie"),
        make(ticking.store, Role.volunteer),
    ]
    make(ticking.store, Role.citizen)
    for hours in range(30):
        clock.at = MONDAY + timedelta(hours=hours)
        ticking.tick()
    rows = digests(ticking.store)
    assert [row.person_id for row in rows] == [actor.person_id for actor in people]
    assert all(row.payload["silent"] for row in rows)
    assert noted(ticking.store) == {
        **{(f"person:{one.person_id}", "2024-W25"): (RunState.done, None) for one in people},
        ("all", "2024-W25"): (RunState.done, None),
    }


def test_next_week_there_is_another(ticking: Ticking, clock: SetClock) -> None:
    make(ticking.store, Role.coordinator)
    on_monday(ticking, clock)
    clock.move(days=7)
    ticking.tick()
    assert len(digests(ticking.store)) == 2


def test_a_bot_that_dies_on_the_way_goes_on_with_the_others(
    ticking: Ticking, clock: SetClock
) -> None:
    people = [make(ticking.store, Role.contact, unit="kexie") for _ in range(2 * TOGETHER + 1)]
    clock.at = MONDAY
    ticking.tick(most=2)
    assert len(digests(ticking.store)) == 2 * TOGETHER
    clock.move(hours=20)
    ticking.tick()
    assert [row.person_id for row in digests(ticking.store)] == [one.person_id for one in people]


def test_without_claims_only_the_key_of_the_message_is_left_as_a_guard(
    ticking: Ticking, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "claim", lambda *_, **__: True)
    make(ticking.store, Role.coordinator)
    on_monday(ticking, clock)
    assert ticking.tick() > 0
    assert len(digests(ticking.store)) == 1
    assert noted(ticking.store) == {}


def test_more_than_a_day_late_none_goes_out_and_every_missed_week_has_its_reason(
    ticking: Ticking, clock: SetClock
) -> None:
    make(ticking.store, Role.coordinator)
    on_monday(ticking, clock)
    clock.at = shanghai("07-02T09:00")
    ticking.tick()
    assert len(digests(ticking.store)) == 1
    late = (RunState.too_late, TOO_LATE)
    weeks = {key: state for (scope, key), state in noted(ticking.store).items() if scope == "all"}
    assert weeks == {"2024-W25": (RunState.done, None), "2024-W26": late, "2024-W27": late}
    clock.at = shanghai("07-08T09:00")
    ticking.tick()
    assert len(digests(ticking.store)) == 2


def test_who_came_after_the_hour_waits_for_the_next_one(ticking: Ticking, clock: SetClock) -> None:
    clock.at = MONDAY + timedelta(minutes=1)
    make(ticking.store, Role.coordinator)
    ticking.tick()
    assert digests(ticking.store) == []


def test_who_blocked_the_bot_is_noted_as_such(ticking: Ticking, clock: SetClock) -> None:
    gone = make(ticking.store, Role.contact, unit="kexie")
    ticking.store.write_now(
        lambda work: setattr(
            work.session.get_one(Person, gone.person_id), "unreachable_at", work.now
        )
    )
    on_monday(ticking, clock)
    assert digests(ticking.store) == []
    state = noted(ticking.store)[f"person:{gone.person_id}", "2024-W25"]
    assert state == (RunState.not_needed, UNREACHABLE)


def report(ticking: Ticking, contact: Actor, people: int, title: str = "培训会") -> None:
    def write(work: Work) -> None:
        amount = Amount(Decimal(people), approx=True, raw=f"{people}余人")
        content = Content(
            unit_id=contact.unit_ids[0],
            task_id=None,
            title=title,
            people=amount,
            values=(
                Value("materials_distributed", Amount(Decimal(200), approx=False, raw="200份")),
            ),
        )
        file_report(work, ticking.config, content, actor=contact)

    ticking.store.write_now(write)


def test_the_office_reads_what_came_in_who_is_missing_and_what_is_short(
    ticking: Ticking, clock: SetClock
) -> None:
    office = make(ticking.store, Role.coordinator)
    contact = make(ticking.store, Role.contact, unit="kexie")
    ticking.store.write_now(lambda work: load_workdays(work, ticking.config))
    file_for(ticking.store, ticking.config, contact, "kexie", "O1", "once")
    clock.at = shanghai("06-12T10:00")
    report(ticking, contact, 60)
    report(ticking, contact, 250, "下乡")
    ticking.store.write_now(lambda work: publish(work, actor=office, post=a_post()))
    on_monday(ticking, clock)
    assert of(ticking.store, office).splitlines() == [
        "<b>每周摘要 · 6月10日（周一）至6月16日（周日）</b> · 区文明办",
        "百日集中宣传 第 8/103 天",
        "",
        "上报 2 项（前一周 0 项），来自 1/18 个单位",
        "数据合计  参加人数 约310人 · 散发宣传材料 400份",
        "",
        "<b>创建宣传方案</b>  已报 1/18 · 逾期 17",
        "完整 1/18 · 按时 1/18",
        "截止 6月10日（周一），端午节假期，当天 24:00 前都算按时",
        "未报：区住建局、宿城经济开发区管委会、区城管分局、区交通运输局、区商务局等，另有 12 个",
        "",
        "<b>6月创建宣传信息</b>  已报 0/18 · 未到期 18",
        "完整 0/18 · 按时 0/18",
        "截止 6月30日（周日），当天 24:00 前都算按时",
        "未报：区住建局、宿城经济开发区管委会、区城管分局、区交通运输局、区商务局等，另有 13 个",
        "",
        "D2 电视媒体宣传 6月10日（周一）那周：0 条，没完成",
        "",
        "宣传点 未来 7 天缺人 1 个，共缺 8 人：6月19日（周三）17:30–19:00 楚街路口 · 道路口文明引导岗",
        "待审上报 2 · 待看方案和信息 1",
    ]


def test_an_empty_week_says_so(ticking: Ticking, clock: SetClock) -> None:
    office = make(ticking.store, Role.coordinator)
    contact = make(ticking.store, Role.contact, unit="kexie")
    volunteer = make(ticking.store, Role.volunteer)
    on_monday(ticking, clock)
    assert "这一周没有新的上报。" in of(ticking.store, office)
    assert "这一周没有上报活动。" in of(ticking.store, contact)
    assert "未来 7 天您没有报名的岗。" in of(ticking.store, volunteer)


def test_a_contact_reads_what_the_own_unit_reported_and_owes(
    ticking: Ticking, clock: SetClock
) -> None:
    contact = make(ticking.store, Role.contact, unit="kexie")
    other = make(ticking.store, Role.contact, unit="keji")
    clock.at = shanghai("06-12T10:00")
    report(ticking, contact, 60)
    on_monday(ticking, clock)
    assert of(ticking.store, contact).splitlines()[3:9] == [
        "这一周上报 1 项活动。",
        " · 2024-00-001 培训会",
        "",
        "<b>还要报 2 项</b>",
        " · 创建宣传方案：已逾期 7 天 · 截止 6月10日（周一）",
        " · 6月创建宣传信息：还有 13 天 · 6月30日（周日）",
    ]
    assert "这一周没有上报活动。" in of(ticking.store, other)


def test_a_volunteer_reads_the_own_posts_and_what_is_open(
    ticking: Ticking, clock: SetClock
) -> None:
    office = make(ticking.store, Role.coordinator)
    volunteer = make(ticking.store, Role.volunteer)
    post = ticking.store.write_now(lambda work: publish(work, actor=office, post=a_post()))
    ticking.store.write_now(
        lambda work: sign_up(work, actor=volunteer, post_id=post.id, config=ticking.config)
    )
    on_monday(ticking, clock)
    text = of(ticking.store, volunteer)
    assert "未来 7 天您有 1 个岗：" in text
    assert "6月19日（周三）17:30–19:00 楚街路口" in text
    assert "还有 1 个宣传点缺 7 人" in text


def test_with_several_roles_the_highest_speaks_and_the_others_get_a_line(
    ticking: Ticking, clock: SetClock
) -> None:
    both = make(ticking.store, Role.coordinator, Role.volunteer)
    both = grant(ticking.store, both, Role.contact, "kexie")
    on_monday(ticking, clock)
    text = of(ticking.store, both)
    assert text.startswith("<b>每周摘要")
    assert "待审" not in text
    assert "区科协：还要报 2 项" in text


def test_the_statements_of_one_digest_do_not_grow_with_the_campaign(
    ticking: Ticking, clock: SetClock
) -> None:
    make(ticking.store, Role.coordinator)
    clock.at = MONDAY
    few = statements(ticking)
    for _ in range(20):
        make(ticking.store, Role.contact, unit="kexie")
    assert statements(ticking) == few == 2
    ticking.tick()
    assert statements(ticking) == 1


def a_post() -> NewPost:
    return NewPost(
        kind="lukou-yindao",
        place="楚街路口",
        starts_at=shanghai("06-19T17:30"),
        ends_at=shanghai("06-19T19:00"),
        capacity=8,
    )
