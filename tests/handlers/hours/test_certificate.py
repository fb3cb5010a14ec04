"""The certificate through the front door: numbered, signed, and the same for the same hours."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import select

from bot.core.tasks import Tasks
from bot.db.work import Work
from bot.features.certificates.errors import Forged
from bot.features.certificates.key import load_key
from bot.features.certificates.models import Certificate
from bot.features.certificates.service import statement_of
from bot.features.certificates.signing import signed_text, verified
from bot.features.hours.ledger import correct
from bot.features.hours.models import HourEntry
from bot.features.hours.rules import Totals
from bot.render.client import Feed, Outcome, Output, Renderer
from bot.render.errors import FontMissing
from bot.render.limits import Job, Limits
from bot.sandbox.client import SimMessage, SimPerson
from bot.sandbox.files import image_size
from bot.transport.maker import Maker
from tests.handlers.hours.scene import actor_of, credited, everybody, past_post
from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot


class Fontless(Renderer):
    """A machine without any font for Chinese."""

    async def run(
        self, job: Job, feed: Feed, *, out: Output | None = None, limits: Limits | None = None
    ) -> Outcome:
        if job is Job.certificate:
            raise FontMissing
        return await super().run(job, feed, out=out, limits=limits)


@asynccontextmanager
async def made_by(bot: RunningBot, renderer: Renderer) -> AsyncIterator[None]:
    """Let `renderer` make the files from now on."""
    app = bot.app
    maker = Maker(
        app.store,
        renderer,
        app.settings.config,
        data_dir=app.settings.data_dir,
        wake=app.sender.wake,
    )
    tasks = Tasks()
    tasks.start(maker.run(), name="maker")
    yield
    await maker.stop()


async def asked(person: SimPerson, month: str = "2024年6月（截至今天）") -> None:
    """Let somebody ask for a certificate."""
    talk = Talk(person)
    await talk.say("/mine", "我的排班")
    await talk.press("我的时长", "我的志愿时长")
    await talk.press("开证明", "开志愿服务时长证明")
    await person.press(month)


async def served(bot: RunningBot) -> tuple[SimPerson, SimPerson]:
    """Return somebody with two hours, and somebody of the office."""
    person, lead, office = await everybody(bot)
    post = await past_post(bot, person, office=office, lead=lead)
    await credited(bot, post, person)
    return person, office


async def certificates(bot: RunningBot) -> list[Certificate]:
    return await bot.read(
        lambda view: list(view.session.scalars(select(Certificate).order_by(Certificate.id)))
    )


async def put_right(bot: RunningBot, office: SimPerson, minutes: int) -> None:
    """Let the office correct the only entry."""

    def write(work: Work) -> None:
        entry = work.session.scalars(select(HourEntry).order_by(HourEntry.id)).first()
        assert entry is not None
        correct(
            work,
            bot.config,
            actor=actor_of(work, office),
            entry_id=entry.id,
            minutes=minutes,
            reason="核对过了",
        )

    await bot.write(write)


async def test_a_certificate_comes_as_a_signed_paper(bot: RunningBot, chinese_font: None) -> None:
    person, _ = await served(bot)
    await asked(person)
    await person.expect("正在做证明 2024-06-0001")
    sent = await person.expect("志愿服务时长证明 2024-06-0001", timeout_s=30)
    assert sent.file is not None
    assert sent.file.kind == "document"
    assert sent.file.name == "志愿服务时长证明-2024-06-0001.pdf"
    content = await bot.sim.download(sent.file.url)
    assert content.startswith(b"%PDF-")
    [certificate] = await certificates(bot)
    key = load_key(bot.app.settings.data_dir)
    text = await bot.read(lambda view: signed_text(statement_of(view, certificate), key.sign))
    statement = verified(text, key.public_key())
    assert (statement.number, statement.month) == ("2024-06-0001", "2024-06")
    assert statement.totals == Totals(signed=120)
    assert statement.issuer == "宿城区精神文明建设指导委员会办公室"
    assert "小周" not in text
    changed = text.replace(text[10], "A" if text[10] != "A" else "B", 1)
    with pytest.raises(Forged):
        verified(changed, key.public_key())


async def test_without_a_font_the_words_come_under_the_same_code(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    person, _ = await served(bot)
    await bot.app.maker.stop()
    await asked(person)
    await person.expect("正在做证明")
    with caplog.at_level(logging.WARNING):
        async with made_by(bot, Fontless()):
            sent = await person.expect("兹证明小周于2024年6月（截至5日）", timeout_s=30)
    assert sent.file is not None
    assert sent.file.kind == "photo"
    size = image_size(await bot.sim.download(sent.file.url))
    assert size is not None
    assert size[0] == size[1] >= 720
    lines = sent.text.splitlines()
    assert "编号：2024-06-0001" in lines
    assert "现场签到签退 2小时" in lines
    assert "三类时长分别记录，不相加。" in lines
    assert "apt-get install fonts-wqy-microhei" in caplog.text


async def test_the_same_hours_keep_their_number_and_corrected_ones_get_another(
    bot: RunningBot,
) -> None:
    person, office = await served(bot)
    await bot.app.maker.stop()
    async with made_by(bot, Fontless()):
        for _ in range(2):
            await asked(person)
            await person.expect("兹证明小周", timeout_s=30)
        assert [one.number for one in await certificates(bot)] == ["2024-06-0001"]
        await put_right(bot, office, 90)
        await asked(person)
        again = await person.expect("编号：2024-06-0002", timeout_s=30)
    assert "本证明替代 2024-06-0001。" in again.text
    talk = Talk(person)
    await talk.say("/mine", "我的排班")
    await talk.press("我的时长", "我的志愿时长")
    shown = await talk.press("开证明", "已开的：")
    assert "2024-06-0001（已被 2024-06-0002 替代）" in shown.text.splitlines()
    assert "2024-06-0002" in shown.text.splitlines()


async def test_pressed_twice_it_is_made_once(bot: RunningBot) -> None:
    person, _ = await served(bot)
    await bot.app.maker.stop()
    await asked(person)
    await person.expect("正在做证明")
    talk = Talk(person)
    await talk.say("/mine", "我的排班")
    await talk.press("我的时长", "我的志愿时长")
    months: SimMessage = await talk.press("开证明", "2024-06-0001")
    again = await person.press(
        data=months.button("2024年6月（截至今天）").data, message_id=months.id
    )
    assert "不用再按" in str(again.text)
    assert len(await certificates(bot)) == 1


async def test_who_has_no_hours_hears_so(bot: RunningBot) -> None:
    person = await bot.volunteer()
    talk = Talk(person)
    await talk.say("/mine", "本月还没有记时长")
    shown = await talk.press("我的时长", "到岗签到、签退")
    assert "开证明" not in shown.button_texts
