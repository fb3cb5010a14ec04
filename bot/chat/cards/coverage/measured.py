"""How the indicators stand that have a number to reach: the share and the weeks (B1, D2)."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from bot.chat.cards.coverage.words import month_text
from bot.chat.cards.reports.words import number_text
from bot.chat.text import Listed, Plain, T, Text, Value, tn
from bot.features.coverage.measured import MonthShare, Series, ShareSeries, WeekSeries
from bot.features.coverage.share import Share, Verdict
from bot.features.coverage.targets import ShareTarget
from bot.features.coverage.weekly import Week, WeekState

_MOST_TREND = 6
_MOST_MISSED = 6
_TREND = " → "
_BETWEEN = " · "
_STATES: Mapping[WeekState, str] = {
    WeekState.met: "coverage.week_met",
    WeekState.missed: "coverage.week_missed",
    WeekState.running: "coverage.week_running",
    WeekState.partial: "coverage.week_partial",
}
_COUNTED: Mapping[WeekState, str] = {
    WeekState.met: "coverage.weeks_met",
    WeekState.missed: "coverage.weeks_missed",
    WeekState.over: "coverage.weeks_over",
}


def series_lines(series: Series, *, today: date) -> list[Text]:
    """Return everything about a series, for a task's card."""
    if isinstance(series, ShareSeries):
        return _share_lines(series, today)
    return _week_lines(series)


def short_line(series: Series, *, today: date) -> Text | None:
    """Return the last of a series in a line; None where nothing can be said yet."""
    if isinstance(series, ShareSeries):
        if not series.months:
            return None
        return _share_line(series.target, series.months[-1], today)
    week = series.before(series.today) or (series.weeks[-1] if series.weeks else None)
    return None if week is None else week_line(series, week)


def digest_lines(found: Sequence[Series], *, today: date) -> list[Text]:
    """Return a line of each series that has something to say, with its task before it."""
    lines = [(one.target.task, short_line(one, today=today)) for one in found]
    return [
        T("coverage.of_task", task=f"{task.id} {task.title}", line=line)
        for task, line in lines
        if line is not None
    ]


def week_line(series: WeekSeries, week: Week) -> Text:
    """Return what became of a week: 6月10日（周一）那一周 2 条，完成."""
    aired = number_text(week.aired)
    most = series.target.wanted.at_most
    if week.state is WeekState.over and most is not None:
        return T("coverage.week_over", first=week.first, aired=aired, most=number_text(most))
    return T(_STATES[week.state], first=week.first, aired=aired)


def verdict_text(one: MonthShare, at_least: Decimal) -> Text:
    """Return what became of a month's share in a word or two."""
    match one.verdict(at_least):
        case Verdict.met:
            return T("coverage.reached", least=number_text(at_least))
        case Verdict.short:
            return T("coverage.not_reached", least=number_text(at_least))
        case Verdict.empty:
            return T("coverage.of_nothing")
        case Verdict.odd:
            return T("coverage.odd")


def _share_lines(series: ShareSeries, today: date) -> list[Text]:
    target = series.target
    base = T("coverage.base", part=target.part.name, whole=target.whole.name)
    if not series.months:
        return [T("coverage.share_none", part=target.part.name, whole=target.whole.name), base]
    lines = [_share_line(target, series.months[-1], today), base]
    trend = [one for one in series.months if _percent(one) is not None][-_MOST_TREND:]
    if len(trend) > 1:
        points = [
            T("coverage.point", month=month_text(one.month, today), percent=_percent_text(one))
            for one in trend
        ]
        lines.append(T("coverage.trend", points=Listed(points, between=_TREND)))
    return lines


def _share_line(target: ShareTarget, one: MonthShare, today: date) -> Text:
    """Return a month's share with what it is made of, and what lacks."""
    month, share = month_text(one.month, today), one.share
    verdict = verdict_text(one, target.at_least)
    if share is None:
        percent = _percent_text(one)
        return T("coverage.share_told", month=month, percent=percent, verdict=verdict)
    numbers: dict[str, Value] = {
        "part": number_text(share.part),
        "whole": number_text(share.whole),
        "unit": target.whole.counted_in,
    }
    if share.verdict is Verdict.empty:
        return T("coverage.share_empty", month=month, whole=target.whole.name)
    if share.verdict is Verdict.odd:
        names: dict[str, Value] = {"part_name": target.part.name, "whole_name": target.whole.name}
        return T("coverage.share_odd", month=month, **names, **numbers)
    line = T("coverage.share", month=month, percent=_percent_text(one), verdict=verdict, **numbers)
    if share.verdict is Verdict.met:
        return line
    return Listed([line, _missing(target, share)], between="")


def _missing(target: ShareTarget, share: Share) -> Text:
    unit = target.part.counted_in
    if share.by_adding is None or share.by_adding == share.by_replacing:
        return T("coverage.missing", count=share.by_replacing, unit=unit)
    return T("coverage.missing_or", count=share.by_replacing, new=share.by_adding, unit=unit)


def _percent(one: MonthShare) -> Decimal | None:
    return one.told if one.share is None else one.share.percent


def _percent_text(one: MonthShare) -> Text:
    percent = _percent(one)
    shown = Plain("" if percent is None else f"{percent:f}")
    return T("coverage.about", percent=shown) if one.approx else T("coverage.exact", percent=shown)


def _week_lines(series: WeekSeries) -> list[Text]:
    target = series.target
    starts = T(f"calendar.weekday_{target.starts_on.number}")
    lines: list[Text] = [T("coverage.weeks_rule", start=target.start, weekday=starts)]
    if not series.weeks:
        return lines
    last = series.weeks[-1]
    before = series.before(last.first)
    lines.append(week_line(series, last))
    if before is not None:
        lines.append(week_line(series, before))
    lines.append(_counts(series))
    missed = [one for one in series.weeks if one.state is WeekState.missed]
    if missed:
        names = Listed([T("coverage.week", first=one.first) for one in missed[-_MOST_MISSED:]])
        lines.append(tn("coverage.missed_weeks", len(missed), weeks=names))
    if any(one.state is WeekState.partial for one in series.weeks):
        lines.append(T("coverage.partial_rule"))
    if series.undated:
        lines.append(tn("coverage.undated", series.undated))
    return lines


def _counts(series: WeekSeries) -> Text:
    counted = [
        (key, sum(one.state is state for one in series.weeks)) for state, key in _COUNTED.items()
    ]
    return Listed([T(key, count=count) for key, count in counted], between=_BETWEEN)
