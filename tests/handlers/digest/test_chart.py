"""The digest with its picture: one silent message, or words where nothing can be drawn (BUL-03)."""

from datetime import date

import pytest
from sqlalchemy import select, update

from bot.core.roles import Role
from bot.core.text import CAPTION_UNITS, units
from bot.db.work import Work
from bot.features.making.models import FileJob, JobState
from bot.features.people.models import Grant
from bot.render.client import Feed, Outcome, Output, Renderer
from bot.render.errors import FontMissing
from bot.render.limits import Job, Limits
from bot.sandbox.client import SimPerson
from bot.sandbox.files import image_size
from tests.handlers.coverage.scene import report
from tests.handlers.coverage.test_matrix import made_by
from tests.support.bot import RunningBot

MONDAY = "2024-06-10T09:00:05+08:00"


class Fontless(Renderer):
    """A machine without any font for Chinese."""

    async def run(
        self, job: Job, feed: Feed, *, out: Output | None = None, limits: Limits | None = None
    ) -> Outcome:
        if job is Job.chart:
            raise FontMissing
        return await super().run(job, feed, out=out, limits=limits)


async def reported(bot: RunningBot) -> SimPerson:
    """Let two reports come in, and return a coordinator."""
    office = await bot.coordinator()
    contact = await bot.contact("kexie")
    for day in (4, 5):
        await report(bot, contact, "kexie", "C2", day=date(2024, 6, day))
    return office


async def monday(bot: RunningBot) -> None:
    await bot.sim.set_clock(MONDAY)
    await bot.app.tick()


async def jobs(bot: RunningBot) -> list[JobState]:
    return await bot.read(
        lambda view: list(view.session.scalars(select(FileJob.state).order_by(FileJob.id)))
    )


async def test_the_weekly_one_is_one_silent_photo_with_words_and_buttons(
    bot: RunningBot, chinese_font: None
) -> None:
    office = await reported(bot)
    await monday(bot)
    sent = await office.expect("每周摘要 · 6月3日（周一）至6月9日（周日） · 区文明办", timeout_s=60)
    assert sent.file is not None
    assert sent.file.kind == "photo"
    size = image_size(await bot.sim.download(sent.file.url))
    assert size is not None
    assert size[0] == 1080
    assert units(sent.text) <= CAPTION_UNITS
    assert "上报 2 项（前一周 0 项），来自 1/18 个单位" in sent.text
    assert "待审 2" in sent.button_texts
    await bot.sim.expect_call("sendPhoto", chat_id=office.id, disable_notification="true")
    assert await jobs(bot) == [JobState.done]


async def test_a_button_under_the_photo_opens_the_screen_that_it_promises(
    bot: RunningBot, chinese_font: None
) -> None:
    office = await reported(bot)
    await monday(bot)
    sent = await office.expect("每周摘要 · 6月3日", timeout_s=60)
    await office.press("看谁还没报", message_id=sent.id)
    await office.expect("创建宣传方案")


async def test_a_week_without_reports_is_told_in_words_alone(bot: RunningBot) -> None:
    office = await bot.coordinator()
    await monday(bot)
    sent = await office.expect("这一周没有新的上报。")
    assert sent.file is None
    assert await jobs(bot) == []


async def test_contacts_and_volunteers_get_no_picture(bot: RunningBot, chinese_font: None) -> None:
    await reported(bot)
    contact = await bot.contact("kexie")
    await monday(bot)
    sent = await contact.expect("这一周上报 2 项活动。")
    assert sent.file is None


async def test_without_a_font_the_bars_come_as_text_and_the_log_names_the_package(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    office = await reported(bot)
    await bot.app.maker.stop()
    await monday(bot)
    async with made_by(bot, Fontless()):
        sent = await office.expect("没有中文字体", timeout_s=60)
    assert sent.file is None
    assert "上报 2 项（前一周 0 项），来自 1/18 个单位" in sent.text
    assert " · 区科协 2 / 0" in sent.text.splitlines()
    assert "17 个单位两周都没有上报" in sent.text.splitlines()
    assert "待审 2" in sent.button_texts
    await bot.sim.expect_call("sendMessage", chat_id=office.id, disable_notification="true")
    assert "apt-get install fonts-wqy-microhei" in caplog.text


async def test_who_lost_the_role_meanwhile_reads_nothing_of_it(bot: RunningBot) -> None:
    office = await reported(bot)
    await bot.app.maker.stop()
    await monday(bot)
    await bot.write(_take_roles)
    async with made_by(bot, Fontless()):
        refused = await office.expect("您的身份不能做这一步", timeout_s=60)
    assert "区科协" not in refused.text
    assert await jobs(bot) == [JobState.failed]


def _take_roles(work: Work) -> None:
    work.session.execute(
        update(Grant).where(Grant.role == Role.coordinator).values(revoked_at=work.now)
    )


async def test_asked_for_again_while_it_is_drawn_it_comes_in_words(
    bot: RunningBot, chinese_font: None
) -> None:
    office = await reported(bot)
    await bot.app.maker.stop()
    await office.say("/digest")
    await office.say("/digest")
    words = await office.expect("本周摘要")
    assert words.file is None
    assert await jobs(bot) == [JobState.wanted]
    async with made_by(bot, Renderer()):
        sent = await office.expect("本周摘要", timeout_s=60)
    assert sent.file is not None
    assert sent.file.kind == "photo"
