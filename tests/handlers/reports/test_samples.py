"""The 52 facts of the samples go through /report and are found again by the coordinator.

Every step is asked and answered over HTTP; what is compared is what the coordinator's screen says.
"""

from datetime import date
from typing import Any

import pytest

from bot.core.text import cleaned, one_line
from bot.features.reports.rules import PEOPLE_METRIC
from bot.sandbox.client import SimPerson
from tests.handlers.reports.conversing import Talk
from tests.support.bot import UNLIMITED, RunningBot, running
from tests.support.config import sample_reports, samples_config

WEEKDAYS = "一二三四五六日"
AT_LEAST, AT_MOST = ">=", "<="

Sample = dict[str, Any]


@pytest.mark.timeout(300)
async def test_every_sample_is_found_again_unchanged(tmp_path: Any) -> None:
    samples = sample_reports()
    async with running(tmp_path, config=samples_config(limits=UNLIMITED)) as bot:
        office = Talk(await bot.coordinator())
        contacts: dict[str, SimPerson] = {}
        changed = {}
        for sample in samples:
            slug = sample["unit_slug"]
            if slug not in contacts:
                contacts[slug] = await bot.contact(slug)
            number = await report(bot, Talk(contacts[slug]), sample)
            await office.person.skip()
            shown = await office.say(f"/report {number}", f"No. {number}")
            if missing := missing_lines(bot, sample, shown.text):
                changed[sample["id"]] = (missing, shown.text)
            # The negative control: the same card does not pass for another fact.
            assert len(missing_lines(bot, tampered(sample), shown.text)) == 2 + len(
                sample["metrics"]
            )
        assert changed == {}
        assert len(samples) == 52
        await office.say("/report", "共 52 项")


async def report(bot: RunningBot, talk: Talk, sample: Sample) -> str:
    """Report a sample's fact and return its number."""
    await talk.person.skip()
    asked = await talk.say("/report")
    if "是哪一项任务" in asked.text:
        title = bot.config.task(sample["task"]).title
        await talk.press(f"{sample['task']} {title}", "活动叫什么名称")
    await talk.say(sample["title"], "哪一天")
    if sample["date_raw"] is None:
        await talk.press("日期不详", "在哪里")
    else:
        await talk.say(sample["date_raw"], "在哪里")
    await say_or_press(talk, sample["place"], "跳过", "和谁联合")
    await say_or_press(talk, "、".join(sample["partner_units"]), "没有联合单位", "多少人参加")
    people = sample["metrics"].get(PEOPLE_METRIC)
    await say_or_press(talk, None if people is None else people["raw"], "跳过", "报哪些数")
    await give_numbers(bot, talk, sample)
    await talk.say(sample["text"], "有照片就发来")
    preview = await talk.press("没有照片", "看看对不对")
    assert f"任务  {sample['task']} " in preview.text, sample["id"]
    receipt = await talk.press("提交", "已上报")
    return receipt.text.splitlines()[0].split("No. ")[1]


async def say_or_press(talk: Talk, words: str | None, button: str, wanted: str) -> None:
    """Answer with `words`, or with `button` where there are none."""
    if words:
        await talk.say(words, wanted)
    else:
        await talk.press(button, wanted)


async def give_numbers(bot: RunningBot, talk: Talk, sample: Sample) -> None:
    """Give every number under the metric that its name finds, in the words of the source."""
    numbers = {slug: one for slug, one in sample["metrics"].items() if slug != PEOPLE_METRIC}
    for slug, one in numbers.items():
        name = bot.config.metric(slug).name
        await talk.say(name, f"{name}是多少")
        await talk.say(one["raw"], "报哪些数")
    await talk.press("完成" if numbers else "没有数据", "把正文发过来")


def missing_lines(bot: RunningBot, sample: Sample, text: str) -> list[str]:
    """Return what a card with `text` lacks of a sample."""
    return [line for line in expected(bot, sample) if line not in text]


def tampered(sample: Sample) -> Sample:
    """Return the sample with another name, another text and other numbers."""
    numbers = {slug: {**one, "value": one["value"] + 1} for slug, one in sample["metrics"].items()}
    return {
        **sample,
        "title": sample["title"] + "？",
        "text": sample["text"] + "？",
        "metrics": numbers,
    }


def expected(bot: RunningBot, sample: Sample) -> list[str]:
    """Return the lines that the coordinator's card must hold."""
    lines = [
        f"名称  {one_line(sample['title'])}",
        f"时间  {shown_date(sample)}",
        cleaned(sample["text"]),
        f"活动上报 · {sample['unit']}（{sample['district']}）",
        *(shown_number(bot, slug, one) for slug, one in sample["metrics"].items()),
    ]
    if sample["place"]:
        lines.append(f"地点  {sample['place']}")
    if sample["partner_units"]:
        lines.append(f"联合  {'、'.join(sample['partner_units'])}")
    return lines


def shown_date(sample: Sample) -> str:
    """Return how the card says when it was: the day, the year, or the words as they are."""
    raw = sample["date_raw"]
    if raw is None:
        return "日期不详"
    if sample["date_precision"] == "year":
        return "2024年"
    if sample["date"] is None:
        return str(raw)
    day = date.fromisoformat(sample["date"])
    plain = f"{day.month}月{day.day}日"
    said = f"{plain}（周{WEEKDAYS[day.weekday()]}）"
    return said if raw == plain else f"{said}，原话“{raw}”"


def shown_number(bot: RunningBot, slug: str, one: Sample) -> str:
    """Return how the card says a number."""
    metric = bot.config.metric(slug)
    name = "参加 " if slug == PEOPLE_METRIC else metric.name
    value = f"{one['value']:,}{metric.counted_in}"
    about = "约" if one["approx"] else ""
    open_end = {AT_LEAST: "以上", AT_MOST: "以内"}.get(one.get("op", ""), "")
    return f"{name} {about}{value}{open_end}"
