"""A team as its lead sees it, and how people join it."""

from collections.abc import Mapping, Sequence

from bot.chat.call import Call
from bot.chat.cards.home import home_button
from bot.chat.cards.links import link
from bot.chat.cards.posts.buttons import MyPosts, PostsOn, SignOthers
from bot.chat.cards.posts.lists import enrol_into
from bot.chat.cards.posts.words import label, mark, when
from bot.chat.cards.teams.buttons import (
    LINK,
    Join,
    LedTeams,
    Members,
    Plans,
    RemoveMember,
    ShowTeam,
    TeamLink,
)
from bot.chat.cards.teams.words import plan_line
from bot.chat.pager import page_of, pager
from bot.chat.render import rows_of
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, Listed, Plain, T, Text, tn
from bot.config.campaign import VolunteerTeam
from bot.features.making.service import FileOrder
from bot.features.people.models import Person
from bot.features.teams.queries import Member, Progress, TeamPost, TeamSummary

_NAMES = 12
_ACROSS = 3


def led_teams(teams: Sequence[VolunteerTeam], counted: Mapping[str, TeamSummary]) -> Screen:
    """Return the teams that somebody answers for."""
    nobody = TeamSummary(0, 0)
    rows: list[Row] = [
        [
            Button(
                T("teams.row", team=team.name, members=counted.get(team.slug, nobody).members),
                ShowTeam(team.slug),
            )
        ]
        for team in teams
    ]
    text = T("teams.which") if rows else T("teams.none_led")
    return Screen(text, [*rows, [home_button()]])


def team_screen(
    call: Call,
    team: VolunteerTeam,
    summary: TeamSummary,
    posts: Sequence[TeamPost],
    plans: Sequence[Progress],
) -> Screen:
    """Return a team with its next posts, who is where, and its plans."""
    entries = [_entry(call, number, one) for number, one in enumerate(posts, 1)]
    signs = [
        Button(T("teams.sign_for", mark=mark(number)), SignOthers(one.post.id, 1))
        for number, one in enumerate(posts, 1)
    ]
    return Screen(
        Lines(
            T("teams.head", team=team.name),
            tn("teams.members", summary.members, silent=summary.silent),
            *(plan_line(one) for one in plans),
            BLANK,
            T("teams.next") if entries else T("teams.no_posts"),
            *entries,
        ),
        [
            *rows_of(signs, width=_ACROSS),
            [
                Button(T("teams.see_members"), Members(team.slug, 1)),
                Button(T("teams.see_plans"), Plans(team.slug)),
            ],
            [
                Button(T("teams.invite"), TeamLink(team.slug, renew=False)),
                Button(T("others.enrol"), enrol_into(team.slug)),
            ],
            [Button(T("posts.see_posts"), PostsOn(None, 1)), home_button()],
        ],
        protected=True,
    )


def members_screen(
    team: VolunteerTeam, people: Sequence[Member], number: int, *, note: Text | None = None
) -> Screen:
    """Return a page of a team's people; a name leads to taking somebody out."""
    page = page_of(people, number, size=_NAMES)
    lines = [_member(one) for one in page.items]
    buttons = [
        Button(Plain(one.name), RemoveMember(one.person_id, sure=False)) for one in page.items
    ]
    return Screen(
        Lines(
            note,
            None if note is None else BLANK,
            T("teams.members_head", team=team.name),
            Lines(*lines) if lines else T("teams.no_members"),
            T("teams.members_how") if lines else None,
        ),
        [
            *rows_of(buttons, width=_ACROSS),
            pager(page.number, page.pages, lambda to: Members(team.slug, to)),
            [Button(T("posts.back"), ShowTeam(team.slug)), home_button()],
        ],
        protected=True,
    )


def ask_remove(person: Person, team: VolunteerTeam) -> Screen:
    """Ask whether somebody is taken out of the team."""
    return Screen(
        T("teams.ask_remove", name=person.name, team=team.name),
        [
            [
                Button(T("teams.keep_member"), Members(team.slug, 1)),
                Button(T("teams.remove_sure"), RemoveMember(person.id, sure=True), Style.danger),
            ]
        ],
    )


def link_screen(call: Call, team: VolunteerTeam, code: str) -> Screen:
    """Return the link and the QR code by which people join the team."""
    address = link(call, f"{LINK}_{code}")
    return Screen(
        T("teams.link", team=team.name),
        [
            [Button(T("teams.renew"), TeamLink(team.slug, renew=True))],
            [Button(T("posts.back"), ShowTeam(team.slug)), home_button()],
        ],
        also=[
            Screen(Lines(T("teams.link_forward", team=team.name), Plain(address)), new=True),
            Screen(
                T("teams.qr", team=team.name), order=FileOrder("qr", {"text": address}), new=True
            ),
        ],
    )


def ask_join(team: VolunteerTeam, code: str, *, before: str | None) -> Screen:
    """Ask whether to join; `before` is the team that the person would leave."""
    return Screen(
        Lines(
            T("teams.ask_join", team=team.name),
            None if before is None else T("teams.join_leaves", team=before),
        ),
        [[Button(T("teams.join", team=team.name), Join(code), Style.primary)], [home_button()]],
    )


def joined(team: VolunteerTeam) -> Screen:
    """Return the receipt of joining."""
    return Screen(
        T("teams.joined", team=team.name),
        [
            [Button(T("posts.see_posts"), PostsOn(None, 1)), Button(T("posts.mine"), MyPosts(1))],
            [home_button()],
        ],
    )


def back_to_teams() -> Button:
    """Return the button that leads to the teams one answers for."""
    return Button(T("teams.mine"), LedTeams())


def _entry(call: Call, number: int, one: TeamPost) -> Text:
    post = one.post
    here = [
        tn("teams.placed", len(one.placed), names=Listed([Plain(name) for name in one.placed]))
        if one.placed
        else T("teams.nobody_placed"),
        T("teams.waiting", names=Listed([Plain(name) for name in one.waiting]))
        if one.waiting
        else None,
    ]
    return Lines(
        T("posts.entry", mark=mark(number), label=label(post, call.config)),
        T("teams.entry_time", time=when(post)),
        T(
            "teams.entry_who",
            who=Listed([part for part in here if part is not None], between=" · "),
        ),
    )


def _member(one: Member) -> Text:
    if one.minor:
        return T("teams.member_minor", name=one.name)
    return Plain(one.name) if one.reads else T("teams.member_silent", name=one.name)
