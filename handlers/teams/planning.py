"""Making a plan: theme, number of activities, days (VOL-08)."""

from datetime import date, timedelta
from typing import Any

from bot.chat.call import Call
from bot.chat.cards.teams.buttons import NEW_PLAN
from bot.chat.conversation.model import Answers, Ask, Conversation, Pick, Reply, Step
from bot.chat.screen import Screen
from bot.chat.text import Lines, Plain, T, Text
from bot.core.dates import last_day_of_month, local_day
from bot.core.errors import NotFound
from bot.features.posts.typed import read_day, read_number, words
from bot.features.teams.access import access_team, find_team
from bot.features.teams.errors import NoDays
from bot.features.teams.plans import NewPlan, check_planned, make_plan, read_theme
from handlers.teams.feature import LEADING
from handlers.teams.team import plans_of

_NUMBERS = (4, 6, 12, 24, 70)
_BOTH = 2
_MONTHS = (0, 2, 5)


def _begin(call: Call, arg: str | None) -> Answers:
    return {"_team": access_team(call.config, call.actor, arg or "").slug}


def _typed(reply: Reply) -> str:
    return "" if reply.message is None else reply.message.text


def _ask_theme(call: Call, answers: Answers) -> Ask:
    return Ask(T("teams.ask_theme", team=_team(call, answers)))


def _read_theme(_: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    return read_theme(_typed(reply))


def _ask_planned(_: Call, answers: Answers) -> Ask:
    del answers
    return Ask(T("teams.ask_planned"), [[Pick(Plain(str(one)), str(one)) for one in _NUMBERS]])


def _read_planned(_: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    return check_planned(read_number(reply.choice or _typed(reply)))


def _ask_days(call: Call, answers: Answers) -> Ask:
    del answers
    today = local_day(call.now, call.config.time.zone_info)
    ends = [_month_end(today, months) for months in _MONTHS]
    return Ask(
        T("teams.ask_days"),
        [
            [Pick(T("teams.until", day=end), f"{today.isoformat()}.{end.isoformat()}")]
            for end in ends
        ],
    )


def _month_end(day: date, months: int) -> date:
    end = last_day_of_month(day)
    for _ in range(months):
        end = last_day_of_month(end + timedelta(days=1))
    return end


def _read_days(call: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    if reply.choice is not None:
        chosen, _, until = reply.choice.partition(".")
        try:
            return _checked(date.fromisoformat(chosen), date.fromisoformat(until))
        except ValueError:
            raise NoDays from None
    today = local_day(call.now, call.config.time.zone_info)
    for sign in words()["between"]:
        days = [read_day(part, today=today) for part in _typed(reply).split(sign)]
        first, last = days if len(days) == _BOTH else (None, None)
        if first is not None and last is not None:
            return _checked(first, last)
    raise NoDays


def _checked(first: date, last: date) -> list[str]:
    if last < first:
        raise NoDays
    return [first.isoformat(), last.isoformat()]


def _days(answers: Answers) -> tuple[date, date]:
    first, last = answers["days"]
    return date.fromisoformat(first), date.fromisoformat(last)


def _show_days(_: Call, answers: Answers) -> Text | None:
    if "days" not in answers:
        return None
    first, last = _days(answers)
    return T("teams.days", first=first, last=last)


def _team(call: Call, answers: Answers) -> str:
    try:
        return find_team(call.config, answers["_team"]).name
    except NotFound:
        return str(answers["_team"])


def _preview(call: Call, answers: Answers) -> Text:
    first, last = _days(answers)
    return Lines(
        T("teams.plans_head", team=_team(call, answers)),
        T(
            "teams.plan_preview",
            theme=answers["theme"],
            planned=answers["planned"],
            first=first,
            last=last,
        ),
    )


def _submit(call: Call, answers: Answers) -> Screen:
    first, last = _days(answers)
    plan = make_plan(
        call.work,
        actor=call.actor,
        plan=NewPlan(answers["_team"], answers["theme"], answers["planned"], first, last),
        config=call.config,
    )
    return plans_of(call, plan.team, note=T("teams.plan_made", theme=plan.theme))


new_plan = Conversation(
    name=NEW_PLAN,
    needs=LEADING,
    steps=[
        Step(
            "theme",
            T("teams.field_theme"),
            _ask_theme,
            _read_theme,
            lambda _, answers: Plain(answers["theme"]) if "theme" in answers else None,
        ),
        Step(
            "planned",
            T("teams.field_planned"),
            _ask_planned,
            _read_planned,
            lambda _, answers: Plain(str(answers["planned"])) if "planned" in answers else None,
        ),
        Step("days", T("teams.field_days"), _ask_days, _read_days, _show_days),
    ],
    preview=_preview,
    submit=_submit,
    begin=_begin,
    submit_label=T("teams.plan_submit"),
)
