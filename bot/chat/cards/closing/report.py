"""What came of a post as the report of its unit, and as the card to submit (VOL-09)."""

from collections.abc import Sequence
from decimal import Decimal

from bot.chat.cards.closing.buttons import FROM_POST, FileResult
from bot.chat.cards.closing.words import count_text
from bot.chat.cards.home import home_button
from bot.chat.cards.posts.words import kind_name
from bot.chat.cards.reports.content import preview_text
from bot.chat.conversation.model import Begin
from bot.chat.desk import Desk
from bot.chat.render import to_plain
from bot.chat.screen import Button, Screen, Style
from bot.chat.text import BLANK, Lines, Listed, Span, T, Text
from bot.core.dates import local_day
from bot.features.attendance.queries import Roll, roll
from bot.features.closing.models import Counted
from bot.features.closing.queries import Result
from bot.features.closing.units import is_lecture, reported_task
from bot.features.posts.models import Post
from bot.features.reports import rules
from bot.features.reports.content import Content, Value
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.reading.dates import Precision, When
from bot.features.units.queries import units_by_id

_METRICS = {
    Counted.leaflets: "leaflets_distributed",
    Counted.consultations: "consultations",
}
_ACTIVITIES = "volunteer_activities"
"""One post is one time that volunteers served (志愿服务活动70余次 comes of data, VOL-04)."""


def content_of(desk: Desk, result: Result, unit_id: int) -> Content:
    """Return the report that a closed post gives; its words are in the campaign's language."""
    post, config = result.post, desk.config
    came = roll(desk.work, post.id)
    lecture = is_lecture(config, post.kind)
    voice = desk.voice(config.languages.default)
    seats = Amount(Decimal(came.people), approx=False, raw=str(came.people))
    people = seats if lecture else result.outcome.counts.get(Counted.reached)
    known = {metric.slug for metric in config.metrics}
    return Content(
        unit_id=unit_id,
        task_id=reported_task(desk.work, config, post, unit_id),
        title=to_plain(_title(desk, post), voice)[: rules.MOST_TITLE],
        when=When(Precision.day, local_day(post.starts_at, config.time.zone_info), ""),
        place=post.place[: rules.MOST_PLACE],
        people=people if rules.PEOPLE_METRIC in known else None,
        values=tuple(one for one in _values(result, lecture=lecture) if one.metric in known),
        text=to_plain(_text(desk, result, came, lecture=lecture), voice),
        photos=result.outcome.photos,
    )


def proposal_screen(desk: Desk, result: Result, *, note: Text | None = None) -> Screen:
    """Return the card with which a contact submits the report, or changes it first."""
    unit_id = result.row.unit_id
    if unit_id is None:
        raise ValueError("no unit reports this post")
    units = units_by_id(desk.work, [unit_id])
    name = units[unit_id].name if unit_id in units else ""
    return Screen(
        Lines(
            T("closing.proposal_head"),
            note,
            BLANK,
            preview_text(desk, content_of(desk, result, unit_id), name),
        ),
        [
            [
                Button(
                    T("closing.submit"),
                    FileResult(result.post.id, result.row.version),
                    Style.primary,
                ),
                Button(T("closing.change"), Begin(FROM_POST, str(result.post.id))),
            ],
            [home_button()],
        ],
    )


def filed_screen(result: Result) -> Screen:
    """Return what stands in place of the card once somebody submitted it."""
    return Screen(
        T("closing.filed_by_other", number=result.report_number or "", place=result.post.place),
        [[home_button()]],
    )


def _title(desk: Desk, post: Post) -> Text:
    if post.title:
        return T("closing.title_lecture", kind=kind_name(desk.config, post.kind), title=post.title)
    return T("closing.title_post", place=post.place, kind=kind_name(desk.config, post.kind))


def _values(result: Result, *, lecture: bool) -> list[Value]:
    counts = result.outcome.counts
    values = [Value(slug, counts[what]) for what, slug in _METRICS.items() if what in counts]
    if lecture:
        return values
    return [Value(_ACTIVITIES, Amount(Decimal(1), approx=False, raw="1")), *values]


def _text(desk: Desk, result: Result, came: Roll, *, lecture: bool) -> Text:
    post = result.post
    what = {"place": post.place, "kind": kind_name(desk.config, post.kind)}
    when = Span(post.starts_at, post.ends_at)
    if lecture:
        head: Text = T("closing.text_lecture", time=when, people=came.people, **what)
    else:
        head = T("closing.text_post", time=when, people=came.people, **what)
    counts: Sequence[Text] = [
        count_text(one, amount) for one, amount in result.outcome.counts.items()
    ]
    tail = [T("closing.text_counts", counts=Listed(counts))] if counts else []
    remark = (
        [T("closing.text_remark", remark=result.outcome.remark)] if result.outcome.remark else []
    )
    return Listed([head, *tail, *remark], between="")
