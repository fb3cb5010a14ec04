"""A changed config.yaml is taken over without a restart; a broken one is not (SYS-02)."""

from pathlib import Path

import yaml

from bot.core.roles import Role
from tests.faults.scene import Known, meet, put_people
from tests.support.config import make_data
from tests.support.process import BotProcess, bot_process

ADMIN = Known(1, "管理员", (Role.admin,))
CONTACT = Known(2, "联络员", (Role.contact,))


def rewrite(process: BotProcess, **overrides: object) -> None:
    data = make_data(**overrides)
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    (process.folder / "config.yaml").write_text(text, encoding="utf-8")


async def test_a_changed_file_is_taken_over_and_a_broken_one_is_not(tmp_path: Path) -> None:
    async with bot_process(tmp_path) as process:
        put_people(process, [ADMIN, CONTACT])
        await process.start()
        admin, contact = await meet(process, ADMIN), await meet(process, CONTACT)

        rewrite(process, units={"kexie": {"name": "区科学技术协会"}})
        process.hang_up()
        said = await admin.expect("已重新读取")
        assert "重启后才换新" in said.text, "the test's limits are not those of the shipped file"
        await contact.say("/start")
        await contact.expect("区科学技术协会")

        rewrite(process, tasks={"C2": {"responsible": ["keixe"]}})
        process.hang_up()
        told = await admin.expect("有 1 处错")
        assert "keixe" in told.text
        assert "kexie" in told.text, "the nearest name is proposed"
        await contact.say("/start")
        await contact.expect("区科学技术协会")
        assert await process.stop() == 0
