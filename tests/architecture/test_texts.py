"""Every text is there in both languages, fits its values and is said somewhere."""

import pytest

from tests.architecture import catalogues
from tests.architecture.catalogues import Entry
from tests.architecture.source import PACKAGES, ROOT, Source, expect_none, sample, sources

# Keys put together at run time, and from what.
FAMILIES = {
    "bulletins.asking_": "what each thing of a bulletin is asked with",
    "bulletins.field_": "what can be changed in a bulletin",
    "bulletins.font_": "the fonts of official documents",
    "calendar.weekday_": "the seven weekdays",
    "cli.help_": "one line for each command of the command line",
    "cli.read_reason_": "what is wrong with a line of a file",
    "certificates.means_": "how each kind of hours came to be known",
    "command.": "one line for each command in the menu",
    "flow.": "the title of each conversation",
    "hours.kind_": "the three kinds of hours",
    "hours.request_": "what is asked of the hours",
    "notices.asked_": "what became of the question to a second person",
    "notices.by_": "the lists that a notice's people can be picked from",
    "notices.confirmed_": "what happens to a notice that was confirmed",
    "notices.dropped_": "why a notice did not go at its time",
    "notices.from_": "the questions of those lists",
    "notices.gone_": "why somebody of a frozen audience got nothing",
    "notices.mark_": "how far a notice of the list has come",
    "notices.row_": "what became of one message of a notice",
    "notices.state_": "how far a notice has come",
    "reach.head_": "what is wrong with reaching units and people",
    "notices.why_": "why somebody cannot be reached",
    "role.": "the name of each role",
    "suspect.": "what is odd in a report",
    "warned.": "what the reader of a pasted text wants looked at",
}

CHINESE, CHINESE_TWICE = catalogues.read(ROOT / "bot/i18n/zh_CN")
ENGLISH, ENGLISH_TWICE = catalogues.read(ROOT / "bot/i18n/en")


def entries(**forms: str) -> dict[str, Entry]:
    return {key.replace("__", "."): Entry("sample.po", (form,)) for key, form in forms.items()}


@pytest.fixture(scope="module")
def code() -> list[Source]:
    return sources(*PACKAGES)


@pytest.mark.parametrize("catalogue", [CHINESE, ENGLISH], ids=["zh_CN", "en"])
def test_texts_are_well_formed(catalogue: dict[str, Entry]) -> None:
    expect_none(catalogues.malformed(catalogue))


def test_no_text_is_defined_twice() -> None:
    expect_none(CHINESE_TWICE + ENGLISH_TWICE)


def test_both_languages_have_the_same_texts() -> None:
    expect_none(catalogues.differences(CHINESE, ENGLISH))


def test_every_text_that_is_said_exists(code: list[Source]) -> None:
    expect_none(finding for source in code for finding in catalogues.missing(source, CHINESE))


def test_every_text_gets_the_values_it_shows(code: list[Source]) -> None:
    expect_none(finding for source in code for finding in catalogues.unfilled(source, CHINESE))


def test_every_error_gets_the_values_its_sentence_shows(code: list[Source]) -> None:
    expect_none(catalogues.unfilled_errors(code, CHINESE))


def test_every_text_is_said_somewhere(code: list[Source]) -> None:
    expect_none(catalogues.unused(code, CHINESE, FAMILIES))


def test_every_family_is_written_down(code: list[Source]) -> None:
    expect_none(
        finding for source in code for finding in catalogues.unlisted_families(source, FAMILIES)
    )


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param({"报告": Entry("a.po", ("x",))}, id="a sentence as key"),
        pytest.param(entries(report__title=" "), id="empty"),
        pytest.param(entries(report__title="{name"), id="open brace"),
        pytest.param(entries(report__title="<b>title"), id="open tag"),
        pytest.param(entries(report__title="<b><i>title</b></i>"), id="crossed tags"),
        pytest.param(entries(report__title="<h1>title</h1>"), id="a tag Telegram refuses"),
        pytest.param({"post.places": Entry("a.po", ("{count} place", ""))}, id="empty plural"),
    ],
)
def test_a_malformed_text_is_caught(bad: dict[str, Entry]) -> None:
    assert len(catalogues.malformed(bad)) == 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(entries(), id="missing"),
        pytest.param(entries(report__title="no name"), id="placeholder lost"),
        pytest.param(entries(report__title="{nmae}"), id="placeholder misspelt"),
    ],
)
def test_a_difference_between_the_languages_is_caught(other: dict[str, Entry]) -> None:
    assert len(catalogues.differences(entries(report__title="{name}"), other)) == 1


def test_a_text_defined_twice_is_caught(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("i18n") / "en"
    folder.mkdir()
    for name in ("a.po", "b.po"):
        (folder / name).write_text('msgid "report.title"\nmsgstr "Report"\n', encoding="utf-8")
    assert catalogues.read(folder)[1] == ["report.title: in a.po and b.po"]


@pytest.mark.parametrize(
    "call",
    [
        'T("report.titel")',
        'tn("report.titel", 2)',
        'say(stream, "report.titel")',
        'text("report.titel")',
        'class A:\n key = "report.titel"',
    ],
)
def test_a_missing_text_is_caught(call: str) -> None:
    assert len(catalogues.missing(sample(call), entries(report__title="Report"))) == 1


@pytest.mark.parametrize(
    "call", ['T("report.title")', 'T("report.title", nmae=1)', 'T("report.title", name=1, of=2)']
)
def test_a_text_with_other_values_is_caught(call: str) -> None:
    assert len(catalogues.unfilled(sample(call), entries(report__title="{name}"))) == 1


def test_an_error_without_a_value_of_its_sentence_is_caught() -> None:
    source = sample(
        'class PostFull(BusinessError):\n key = "error.post_full"\nraise PostFull(place=1)'
    )
    assert (
        len(catalogues.unfilled_errors([source], entries(error__post_full="{place} {date}"))) == 1
    )


def test_an_unused_text_is_caught() -> None:
    said = sample('T("report.title"), T(f"flow.{name}")')
    texts = entries(report__title="Report", report__old="Old", flow__report="Report")
    assert catalogues.unused([said], texts, {"flow.": ""}) == [
        "sample.po: report.old is said nowhere"
    ]


def test_an_unlisted_family_is_caught() -> None:
    assert len(catalogues.unlisted_families(sample('T(f"role.{role}")'), {"flow.": ""})) == 1
