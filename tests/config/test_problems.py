"""Whatever is wrong with config.yaml is named with file, key and line, all at once (SYS-02)."""

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config import Config, ConfigErrors, config_from_data, load_config
from bot.config.loading import parse_config
from bot.config.yamlfile import read_yaml
from tests.config.slips import TEXT, changed, line_of, problems_of
from tests.support.config import make_data

TOKEN = "987654321:" + "AbCdEfGhIjKlMnOpQrStUvWxYz012345678"


def test_all_slips_are_named_at_once_in_the_order_of_the_file() -> None:
    text = (
        TEXT.replace("zone: Asia/Shanghai", "zone: Moon")
        .replace("burst: 2 ", "burst: 2\n  burst: 2 ", 1)
        .replace("end: 2024-09-20", "end: 2024-09-31")
        .replace("responsible: [kexie, keji]", "responsible: [kexi, keji]")
        .replace("slug: jinguo,", "slug: dangyuan,")
    )
    found = problems_of(text)
    assert [one.code for one in found] == [
        "bad_zone",
        "duplicate_key",
        "bad_date",
        "unknown_reference_near",
        "duplicate_name",
    ]
    lines = [one.line or 0 for one in found]
    assert lines == sorted(lines)


def test_a_problem_reads_as_file_line_key_and_sentence() -> None:
    text = changed("responsible: [kexie, keji]", "responsible: [kexi, keji]")
    (problem,) = problems_of(text)
    line = line_of(text, "[kexi, keji]")
    assert str(problem) == (
        f"config.yaml:{line}: tasks.C2.responsible[0]: units has no kexi; did you mean kexie?"
    )
    assert problem.message_key == "config.unknown_reference_near"
    assert problem.data["nearest"] == "kexie"


def test_the_error_as_text_is_every_problem_on_a_line() -> None:
    text = changed("zone: Asia/Shanghai", "zone: Moon").replace("burst: 2 ", "burst: x ", 1)
    with pytest.raises(ConfigErrors) as refused:
        parse_config(read_yaml(text, "config.yaml"))
    assert str(refused.value).splitlines() == [str(one) for one in refused.value.problems]
    assert refused.value.data["count"] == 2


def test_a_missing_section_is_one_problem_and_not_one_for_every_name_in_it() -> None:
    start, end = TEXT.index("\nmetrics:"), TEXT.index("\nslogans:")
    assert [one.code for one in problems_of(TEXT[:start] + TEXT[end:])] == ["missing_key"]


@pytest.mark.parametrize(
    "place",
    [
        (
            "base_url: https://api.telegram.org/bot ",
            f"base_url: https://api.telegram.org/bot{TOKEN} ",
        ),
        ("  data_dir: data", f"  token: {TOKEN}\n  data_dir: data"),
        ("  data_dir: data", f"  # {TOKEN}\n  data_dir: data"),
        ("  data_dir: data", f"  {TOKEN}: data"),
        ("  data_dir: data", f"  data_dir: [{TOKEN}"),  # YAML itself fails there
        ("weekday: monday", f"weekday: {TOKEN}"),
        ("responsible: [kexie, keji]", f'responsible: ["{TOKEN}"]'),
        ("end: 2024-09-20", f'end: "{TOKEN}"'),
    ],
)
def test_a_token_anywhere_in_the_file_is_refused_and_never_repeated(place: tuple[str, str]) -> None:
    text = changed(*place)
    found = problems_of(text)
    refused = [one for one in found if one.code == "token_in_config"]
    assert [one.line for one in refused] == [line_of(text, TOKEN)]
    assert TOKEN not in "".join(f"{one!r} {one}" for one in found)
    assert TOKEN.partition(":")[2] not in str(found)


@pytest.mark.parametrize(
    "place",
    [
        ("database_url: null", "database_url: postgresql://bot:hunter2@db/campaign"),
        ("  proxy: null", "  proxy: http://bot:hunter2@proxy:3128"),
        ("base_url: https://", "base_url: https://bot:hunter2@"),
    ],
)
def test_a_password_in_an_address_is_refused_and_never_repeated(place: tuple[str, str]) -> None:
    found = problems_of(changed(*place))
    assert [one.code for one in found] == ["password_in_config"]
    assert "hunter2" not in repr(found)


def test_a_database_without_a_password_may_stand_in_the_file() -> None:
    text = changed("database_url: null", "database_url: postgresql://bot@db/campaign")
    assert parse_config(read_yaml(text, "config.yaml")).bot.database_url is not None


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n- b\n", "hello", "null"])
def test_a_file_without_settings_is_refused(text: str) -> None:
    assert [one.code for one in problems_of(text)] == ["not_mapping"]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigErrors) as refused:
        load_config(tmp_path / "config.yaml")
    (problem,) = refused.value.problems
    assert (problem.code, problem.file) == ("file_missing", str(tmp_path / "config.yaml"))


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigErrors) as refused:
        load_config(tmp_path)
    assert refused.value.problems[0].code == "file_missing"


def test_a_file_in_another_encoding_is_refused_with_the_first_wrong_line(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_bytes(b"bot:\n  data_dir: data  # " + "数据".encode("gbk"))
    with pytest.raises(ConfigErrors) as refused:
        load_config(path)
    (problem,) = refused.value.problems
    assert (problem.code, problem.line) == ("not_utf8", 2)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_bytes(b"#" * (4 * 1024 * 1024 + 1))
    with pytest.raises(ConfigErrors) as refused:
        load_config(path)
    assert refused.value.problems[0].code == "file_too_large"


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert len(load_config(path).tasks) == 18


@pytest.mark.parametrize("text", ["[" * 300 + "]" * 300, "[" * 50_000, "- " * 50_000])
def test_deep_nesting_is_refused_and_does_not_crash(text: str) -> None:
    assert [(one.code, one.line) for one in problems_of(f"units:\n  {text}")] == [("syntax", 2)]


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
    st.lists(st.integers(0, 3), max_size=2),
    st.dictionaries(st.text("abc", min_size=1), st.none(), max_size=2),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**6), junk=st.lists(JUNK, min_size=1, max_size=4))
def test_whatever_stands_in_a_place_it_is_accepted_or_named(seed: int, junk: list[Any]) -> None:
    data = make_data()
    chance = random.Random(seed)
    for value in junk:
        place: Any = data
        while True:
            key = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
            inner = place[key]
            if not isinstance(inner, dict | list) or not inner or chance.random() < 0.2:
                place[key] = value
                break
            place = inner
        if not data:
            break
    try:
        accepted = config_from_data(data)
    except ConfigErrors as refused:
        named = all(problem.text and problem.key for problem in refused.problems)
    else:
        named = isinstance(accepted, Config)
    assert named
