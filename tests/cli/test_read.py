"""`python -m bot read`: the samples, paragraphs of our own, and files that are not right."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.features.reports.reading import figures
from tests.support.config import REPORTS, ROOT, SHIPPED

PARAGRAPHS = ROOT / "tests" / "data" / "paragraphs.jsonl"
KEYS = {
    "id",
    "date",
    "date_precision",
    "date_raw",
    "place",
    "partner_units",
    "metrics",
    "task_guess",
    "warnings",
}
CARRIED = ("date", "date_precision", "place", "task_guess")

Line = dict[str, Any]
Read = Callable[..., tuple[int, str, str]]


@pytest.fixture
def read(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Read:
    """Return a function that runs the command and gives its status and what it said."""
    monkeypatch.setenv("LANG", "C.UTF-8")

    def run(path: Path, *arguments: str) -> tuple[int, str, str]:
        status = main(["read", "--config", str(SHIPPED), str(path), *arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@cache
def expected_lines(path: Path) -> list[Line]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def found_lines(out: str) -> list[Line]:
    return [json.loads(line) for line in out.splitlines()]


def differences(expected: Line, found: Line) -> dict[str, Any]:
    """Return what was read otherwise than the line says, with what was read."""
    wrong = {key: found[key] for key in CARRIED if key in expected and expected[key] != found[key]}
    if set(expected["partner_units"]) != set(found["partner_units"]):
        wrong["partner_units"] = found["partner_units"]
    read = {
        slug: {key: one[key] for key in ("value", "unit", "approx")}
        for slug, one in found["metrics"].items()
    }
    if read != expected["metrics"]:
        wrong["metrics"] = dict(read.items()) if not expected["metrics"] else read
    return wrong


def table_of(out: str) -> dict[str, tuple[float, float]]:
    """Return precision and recall of each field of a score."""
    rows = [line.split() for line in out.splitlines()[1:-1]]
    return {row[0]: (float(row[-2]), float(row[-1])) for row in rows if "-" not in row}


def test_the_targets_hold_on_the_samples(read: Read) -> None:
    status, out, _ = read(REPORTS, "--score")
    score = table_of(out)
    assert status == 0
    assert score["date"][0] == 1.0
    for name in ("metrics", "unit", "approx"):
        assert min(score[name]) >= 0.95
    assert min(score["place"][0], score["partners"][0]) >= 0.95
    assert min(score["place"][1], score["partners"][1]) >= 0.7
    assert out.splitlines()[-1] == "decoys taken as numbers: 0"


def test_the_paragraphs_are_read_as_they_are_meant(read: Read) -> None:
    expected = expected_lines(PARAGRAPHS)
    status, out, _ = read(PARAGRAPHS)
    found = found_lines(out)
    assert status == 0
    assert len(expected) > 100
    wrong = {
        one["id"]: differences(one, other)
        for one, other in zip(expected, found, strict=True)
        if differences(one, other)
    }
    assert wrong == {}


def test_no_decoy_of_the_paragraphs_is_part_of_a_number(read: Read) -> None:
    found = found_lines(read(PARAGRAPHS)[1])
    for line, one in zip(expected_lines(PARAGRAPHS), found, strict=True):
        raws = {value["raw"] for value in one["metrics"].values()}
        assert raws.isdisjoint(line.get("decoys", ()))


def test_without_the_rule_for_decoys_the_score_shows_them(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(text: str) -> list[tuple[int, int]]:
        return []

    monkeypatch.setattr(figures, "_decoys", none)
    out = read(PARAGRAPHS, "--score")[1]
    assert int(out.splitlines()[-1].rsplit(" ", 1)[1]) > 0
    assert table_of(out)["metrics"][0] < 1.0


def test_every_answer_has_the_fixed_form(read: Read) -> None:
    found = found_lines(read(REPORTS)[1])
    assert [one["id"] for one in found] == [one["id"] for one in expected_lines(REPORTS)]
    for one in found:
        assert set(one) == KEYS
        for value in one["metrics"].values():
            assert set(value) == {"value", "unit", "approx", "raw"}


def test_a_bad_line_is_named_and_the_others_are_read(read: Read, tmp_path: Path) -> None:
    file = tmp_path / "mixed.jsonl"
    lines = [
        b'{"id": 1, "text": "3\xe6\x9c\x885\xe6\x97\xa5"}',
        b"not json",
        b"",
        b"[1, 2]",
        b'{"id": 2}',
        b'{"id": 3, "text": 5}',
        b'{"id": 4, "text": "x", "today": "soon"}',
        b'{"id": 5, "text": "x", "unit_slug": 7}',
        b"\xff\xfe",
        b'{"id": 6, "text": ""}',
        b"[" * 100_000,
    ]
    file.write_bytes(b"\n".join(lines))
    status, out, err = read(file)
    assert status == 1
    assert [one["id"] for one in found_lines(out)] == [1, 6]
    assert [line.split(" ")[1] for line in err.splitlines()] == [*list("2456789"), "11"]


def test_a_file_that_is_not_there_is_one_clear_sentence(read: Read, tmp_path: Path) -> None:
    status, out, err = read(tmp_path / "none.jsonl")
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert "none.jsonl" in err


def test_a_day_after_today_is_not_taken(read: Read, tmp_path: Path) -> None:
    file = tmp_path / "days.jsonl"
    text = "6月28日开展宣传"
    lines = [{"text": text, "today": "2024-06-10"}, {"text": text, "today": "2024-07-01"}]
    file.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    early, late = found_lines(read(file)[1])
    assert (early["date"], early["warnings"]) == (None, ["date_in_future: 6月28日"])
    assert late["date"] == "2024-06-28"
