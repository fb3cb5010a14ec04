"""The plans of a team against what was done (VOL-08)."""

from collections.abc import Sequence

from bot.chat.cards.home import home_button
from bot.chat.cards.posts.lists import NEW_POST
from bot.chat.cards.posts.words import mark
from bot.chat.cards.teams.buttons import NEW_PLAN, EndPlan, Plans, ShowTeam
from bot.chat.conversation.model import Begin
from bot.chat.render import rows_of
from bot.chat.screen import Button, Screen, Style
from bot.chat.text import BLANK, Lines, T, Text
from bot.config.campaign import VolunteerTeam
from bot.features.teams.models import TeamPlan
from bot.features.teams.queries import Progress

_ACROSS = 2


def plans_screen(
    team: VolunteerTeam,
    plans: Sequence[Progress],
    *,
    done: int,
    publishes: bool,
    note: Text | None = None,
) -> Screen:
    """Return the plans; `done` counts what the team did, `publishes` offers to make posts."""
    ends = [
        Button(T("teams.end_plan", mark=mark(number)), EndPlan(one.plan.id, sure=False))
        for number, one in enumerate(plans, 1)
    ]
    posts = [
        Button(T("teams.publish", mark=mark(number)), Begin(NEW_POST, f"plan{one.plan.id}"))
        for number, one in enumerate(plans, 1)
        if publishes
    ]
    return Screen(
        Lines(
            note,
            None if note is None else BLANK,
            T("teams.plans_head", team=team.name),
            T("teams.done_in_all", done=done),
            BLANK,
            *(_entry(number, one) for number, one in enumerate(plans, 1)),
            None if plans else T("teams.no_plans"),
        ),
        [
            *rows_of([*posts, *ends], width=_ACROSS),
            [Button(T("teams.new_plan"), Begin(NEW_PLAN, team.slug))],
            [Button(T("posts.back"), ShowTeam(team.slug)), home_button()],
        ],
    )


def ask_end(plan: TeamPlan) -> Screen:
    """Ask whether to end a plan."""
    return Screen(
        T("teams.ask_end", theme=plan.theme),
        [
            [
                Button(T("teams.keep_plan"), Plans(plan.team)),
                Button(T("teams.end_sure"), EndPlan(plan.id, sure=True), Style.danger),
            ]
        ],
    )


def _entry(number: int, one: Progress) -> Text:
    plan = one.plan
    return Lines(
        T("teams.plan_entry", mark=mark(number), theme=plan.theme),
        T(
            "teams.plan_figures",
            first=plan.first_day,
            last=plan.last_day,
            done=one.done,
            planned=plan.planned,
        ),
    )
