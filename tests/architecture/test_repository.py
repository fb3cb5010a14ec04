"""Nothing in the repository tells of a machine, a registry or a secret."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, expect_none

# Put together here, so that this file holds none of what it looks for.
HOSTS = [
    "py" + r"pi\.org",
    "python" + r"hosted\.org",
    "npm" + r"js\.(org|com)",
    "deb" + r"ian\.org/debian",
    "index" + r"[-_]url\s*=",
    "(tuna|aliyun|ustc|douban|tencent)" + r"[a-z.]*\.(edu\.cn|com|com\.cn)/(pypi|simple)",
]
FORBIDDEN = {
    "a machine's path": re.compile(r"(?<![\w.~-])/(work|root|home|Users)/[\w.-]+"),
    "a registry's host": re.compile("|".join(HOSTS)),
    "a bot token": re.compile(r"(?<!\d)\d{8,10}:[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])"),
    "a private key": re.compile("-----BEGIN [A-Z ]*" + "PRIVATE KEY"),
}


def findings(name: str, text: str) -> list[str]:
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {what}: {match.group()}"
        for what, pattern in FORBIDDEN.items()
        for match in pattern.finditer(text)
    ]


def files() -> list[Path]:
    """Return the files that git has or would take; outside git, nothing."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def read(path: Path) -> str:
    """Return a file's text; a picture has none."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_holds_what_belongs_elsewhere() -> None:
    if not files():
        pytest.skip("not a git checkout")
    expect_none(
        finding
        for path in files()
        for finding in findings(path.relative_to(ROOT).as_posix(), read(path))
    )


@pytest.mark.parametrize(
    "text",
    [
        "cd /" + "work/main",
        "open('/" + "home/someone/bot.db')",
        "--extra-index" + "-url = https://mirror",
        "https://files.python" + "hosted.org/packages/a.whl",
        "BOT_TOKEN=" + "123456789:" + "A" * 35,
        "-----BEGIN RSA PRIVATE" + " KEY-----",
    ],
)
def test_it_is_caught(text: str) -> None:
    assert len(findings("a file", text)) == 1


@pytest.mark.parametrize(
    "text", ["/usr/bin/chromium", "https://example.org/home/page", "~/work/notes", "12:30 09:00"]
)
def test_it_is_let_pass(text: str) -> None:
    assert findings("a file", text) == []
