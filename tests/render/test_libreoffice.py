"""Another program than ours opens the workbook, with Chinese, 约 and texts intact."""

import asyncio
import csv
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.render.limits import Job
from tests.render.test_tables import made

HEAD = {
    "sheet": "按月合计",
    "columns": [["活动名称", "text"], ["发放宣传单（份，相加）", "number"], ["活动日期", "date"]],
}
ROWS = [
    ["=1+1", ["2800", "约", ""], "2024-06-03"],
    ["科普进社区", ["85", "", "以上"], None],
    ["<r><t>x</t></r>", "685.18", None],
]
# Comma, quotation mark, UTF-8, from the first line, cells as they are shown.
_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"


@pytest.fixture
def soffice() -> str:
    found = shutil.which("soffice")
    if found is None:
        # Not for CI either: it is half a gigabyte, and tests/render/book.py reads the file as well.
        pytest.skip("LibreOffice is not installed (on Debian: apt-get install libreoffice-calc)")
    return found


async def test_libreoffice_shows_what_we_meant(tmp_path: Path, soffice: str) -> None:
    file = tmp_path / "book.xlsx"
    file.write_bytes(await made(Job.xlsx, tmp_path, HEAD, {"rows": ROWS}))
    rows = await asyncio.to_thread(_opened, soffice, file)
    assert rows == [
        ["活动名称", "发放宣传单（份，相加）", "活动日期"],
        ["=1+1", "约2,800", "2024-06-03"],
        ["科普进社区", "85以上", ""],
        ["<r><t>x</t></r> ", "685.18", ""],
    ]


async def test_libreoffice_opens_a_matrix_with_its_marks(tmp_path: Path, soffice: str) -> None:
    head = {
        "sheet": "责任覆盖",
        "columns": [["单位", "text"], ["2024-06", "text"], ["2024-07", "text"]],
        "marks": {"责任未落实": "#F4A6A6", "逾期": "#FBD9A5"},
    }
    cells = [["=各乡镇街道", "责任未落实", "责任未落实"], ["区科协", "1 项", "逾期"]]
    file = tmp_path / "matrix.xlsx"
    file.write_bytes(await made(Job.xlsx, tmp_path, head, {"rows": cells}))
    rows = await asyncio.to_thread(_opened, soffice, file)
    assert rows == [["单位", "2024-06", "2024-07"], *cells]


def _opened(soffice: str, file: Path) -> list[list[str]]:
    """Return the first sheet of `file` as LibreOffice shows it."""
    command = [soffice, f"-env:UserInstallation=file://{file.parent}/profile", "--headless"]
    command += ["--convert-to", _CSV, "--outdir", str(file.parent), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=110)
    return list(csv.reader(file.with_suffix(".csv").read_text(encoding="utf-8").splitlines()))
