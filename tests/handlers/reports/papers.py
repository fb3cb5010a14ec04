"""Documents that contacts send, and a bot that reads them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import func, select

from bot.core.tasks import Tasks
from bot.db.work import View
from bot.features.reports.models import Report
from bot.features.textfiles.models import DocumentJob
from bot.render.client import Renderer
from bot.transport.reader import Reader
from handlers.reports.proposing import digest
from tests.support.bot import RunningBot
from tests.support.config import ROOT

SOURCE = (ROOT / "tests" / "data" / "source.txt").read_text("utf-8").splitlines()
STREET_OFFICE = SOURCE[60:72]
ONE = "5月28日，区科协在永丰镇温汤村举办核桃修剪技术培训会，60余名果农参加，发放资料200余份。"
OTHER = "5月30日，区科协在北关社区开展科普进社区活动，展出展版20块，接受群众咨询50多人次。"
FILLER = "活动现场气氛热烈，受到居民欢迎，大家纷纷表示收获很大，希望以后多举办这样的活动。" * 4
READING, READ = "，正在读…", "读出 2 项活动"
TWO = (ONE + FILLER, OTHER + FILLER)


def jobs(view: View) -> list[DocumentJob]:
    return list(view.session.scalars(select(DocumentJob).order_by(DocumentJob.id)))


def reports(view: View) -> int:
    return view.session.scalar(select(func.count(Report.id))) or 0


@asynccontextmanager
async def another_reader(bot: RunningBot) -> AsyncIterator[None]:
    """Let a new reader work, as after a restart."""
    app = bot.app
    reader = Reader(
        app.store,
        Renderer(),
        bot.config,
        digest,
        data_dir=app.settings.data_dir,
        wake=app.sender.wake,
    )
    tasks = Tasks()
    tasks.start(reader.run(), name="reader")
    try:
        yield
    finally:
        await reader.stop()
