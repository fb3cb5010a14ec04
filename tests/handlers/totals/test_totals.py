"""Totals on the screen, and the reports behind each figure (REP-16)."""

from datetime import date
from decimal import Decimal

from bot.core.roles import Role
from bot.db.work import Work
from bot.features.people.actor import find_actor
from bot.features.reports.content import Content, Partner, Value
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.reading.dates import UNKNOWN, Precision, When
from bot.features.reports.review import accept_report
from bot.features.reports.service import file_report
from bot.sandbox.client import SimPerson
from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot, unit_id_of

TOGETHER = When(Precision.day, date(2024, 6, 2))


async def accepted(
    bot: RunningBot,
    office: SimPerson,
    contact: SimPerson,
    unit: str,
    title: str,
    raw: str,
    *,
    when: When = UNKNOWN,
    partner: str | None = None,
    task: str | None = None,
) -> None:
    """Have a unit report a number of leaflets, and accept it."""

    def write(work: Work) -> None:
        actor, reviewer = find_actor(work, contact.id), find_actor(work, office.id)
        assert actor is not None
        assert reviewer is not None
        number = Decimal("".join(char for char in raw if char.isdigit()))
        amount = Amount(number, approx="多" in raw, raw=raw)
        partners = [] if partner is None else [Partner(partner, unit_id_of(work, partner))]
        content = Content(
            unit_id=unit_id_of(work, unit),
            task_id=task,
            title=title,
            when=when,
            partners=tuple(partners),
            values=(Value("leaflets_distributed", amount),),
        )
        report = file_report(work, bot.config, content, actor=actor)
        accept_report(work, report.id, version=1, actor=reviewer)

    await bot.write(write)


async def scene(bot: RunningBot) -> Talk:
    """Return a coordinator; two units reported one activity, one of them two others."""
    office = await bot.coordinator()
    kexie, keji = await bot.contact("kexie"), await bot.contact("keji")
    title = "西甜瓜管理技术培训会"
    await accepted(bot, office, kexie, "kexie", title, "60 多份", when=TOGETHER, partner="keji")
    await accepted(bot, office, keji, "keji", title, "80份", when=TOGETHER, partner="kexie")
    await accepted(bot, office, kexie, "kexie", "科普进社区", "2024份")
    await accepted(bot, office, kexie, "kexie", "书画展", "100份")
    await office.skip()
    return Talk(office)


async def test_a_figure_opens_to_the_reports_and_words_behind_it(bot: RunningBot) -> None:
    office = await scene(bot)
    await office.say("/start", "没有待处理")
    shown = await office.press("看汇总", "汇总 · 6月 · 全部单位 · 全部任务")
    assert shown.button_texts[0] == "发放宣传单 约2,184份 · 存疑 1"
    figure = await office.press("发放宣传单 约2,184份 · 存疑 1", "来自 3 份上报")
    assert "发放宣传单 约2,184份（相加）" in figure.text
    assert "No. 2024-00-001 西甜瓜管理技术培训会（区科协）约60份" in figure.text
    assert "原话“60 多份”" in figure.text
    assert "联合活动，只算这一份；2024-00-002 报的是同一项，不再加" in figure.text
    assert figure.text.count("西甜瓜管理技术培训会") == 1
    assert "存疑 ⚠ 发放宣传单 2,024份，和年份一样" in figure.text
    report = await office.press("看 2024-00-003", "科普进社区")
    assert "已采用" in report.text


async def test_totals_are_narrowed_to_a_unit_a_task_and_a_month(bot: RunningBot) -> None:
    office = await scene(bot)
    await office.say("/start", "没有待处理")
    await office.press("看汇总", "汇总 · 6月")
    await office.press("按单位看", "看哪个单位的汇总？")
    await office.press("›")
    of_unit = await office.press("区科技局", "汇总 · 6月 · 区科技局 · 全部任务")
    assert of_unit.button_texts[0] == "发放宣传单 80份"
    await office.press("按任务看", "看哪项任务的汇总？")
    await office.press("»")
    other = await office.press("其他", "汇总 · 6月 · 区科技局 · 其他")
    assert other.button_texts[0] == "发放宣传单 80份"
    every = await office.press("全部月份", "汇总 · 全部月份 · 区科技局 · 其他")
    assert "看6月" in every.button_texts
    await office.press("按任务看", "看哪项任务")
    none = await office.press("A1 乡镇街道宣传", "这里还没有已采用的数")
    assert "A1 乡镇街道宣传" in none.text


async def test_totals_are_narrowed_to_a_section(bot: RunningBot) -> None:
    office = await scene(bot)
    contact = await bot.contact("kexie")
    await accepted(bot, office.person, contact, "kexie", "科普讲座", "50份", task="C2")
    await office.say("/start", "没有待处理")
    await office.press("看汇总", "汇总 · 6月")
    await office.press("按任务看", "看哪项任务")
    section = "（三）突出重点，深入开展主题宣传"
    shown = await office.press(section, f"汇总 · 6月 · 全部单位 · {section}")
    assert shown.button_texts[0] == "发放宣传单 50份"
    figure = await office.press("发放宣传单 50份", "来自 1 份上报")
    assert "2024-C2-001 科普讲座" in figure.text
    await office.press("返回汇总", section)
    await office.press("按单位看", "看哪个单位的汇总？")
    await office.press("区住建局", f"区住建局 · {section}")


async def test_a_supervisor_looks_and_a_forged_button_finds_nothing(bot: RunningBot) -> None:
    await scene(bot)
    supervisor = Talk(await bot.person(Role.supervisor))
    await supervisor.say("/start", "待处理")
    await supervisor.press("看汇总", "点一个数")
    for forged in ("tt:-:999:-:1", "tt:-:-:ZZ:1", "tt.f:-:-:-:nothing:1"):
        answer = await supervisor.person.press(data=forged)
        assert "没有找到" in str(answer.text)
