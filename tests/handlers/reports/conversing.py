"""Talking with the bot one line at a time, and the usual ways through a report."""

from dataclasses import dataclass

from bot.sandbox.client import PressAnswer, SimMessage, SimPerson

STEPS = ("名称", "时间", "地点", "联合单位", "参加人数", "数据", "正文", "照片")


@dataclass
class Talk:
    """One person's conversation: every line said waits for the bot's next one."""

    person: SimPerson
    answer: PressAnswer | None = None

    async def say(self, text: str, wanted: str = "") -> SimMessage:
        """Write `text` and return what comes back, which holds `wanted`."""
        await self.person.say(text)
        return await self.person.expect(wanted)

    async def press(self, button: str, wanted: str = "") -> SimMessage:
        """Press `button` and return what the bot shows then, which holds `wanted`."""
        self.answer = await self.person.press(button)
        return await self.person.expect(wanted)

    async def to_preview(self, title: str = "科普进社区") -> SimMessage:
        """Begin a report and give only its name."""
        await self.say("/report", "活动叫什么名称")
        await self.say(title, "哪一天")
        await self.press("日期不详", "在哪里")
        await self.press("跳过", "和谁联合")
        await self.press("没有联合单位", "多少人参加")
        await self.press("跳过", "报哪些数")
        await self.press("没有数据", "把正文发过来")
        await self.press("跳过", "有照片就发来")
        return await self.press("没有照片", "看看对不对")

    async def file(self, title: str = "科普进社区") -> str:
        """File a report with nothing but a name and return its number."""
        await self.to_preview(title)
        receipt = await self.press("提交", "已上报")
        return receipt.text.splitlines()[0].split("No. ")[1]
