"""What people are told when a post was closed, each once (VOL-09)."""

from bot.chat.cards.closing.report import filed_screen, proposal_screen
from bot.chat.cards.home import home_button
from bot.chat.cards.posts.buttons import MyPosts, PostsOn
from bot.chat.cards.posts.words import label, when
from bot.chat.desk import Desk
from bot.chat.screen import Button, Screen
from bot.chat.telling import tells
from bot.chat.text import Lines, T, Text, tn
from bot.core.dates import local_day
from bot.features.attendance.queries import Present, presences
from bot.features.closing.facts import PostClosed, ResultFiled, ResultProposed
from bot.features.closing.queries import Result, get_result
from bot.features.closing.units import is_lecture
from bot.features.outbox.models import Lane
from bot.features.outbox.queries import find_by_key
from bot.features.people.queries import contacts_of_units, office
from bot.features.posts.access import get_post
from bot.features.posts.models import Post


@tells(PostClosed)
def thank(desk: Desk, fact: PostClosed) -> None:
    """Thank those who came, and tell them what counts."""
    post = get_post(desk.work, fact.post_id)
    lecture = is_lecture(desk.config, post.kind)
    thanks = T("closing.thanks_listener") if lecture else T(_thanks(desk, post))
    for one in presences(desk.work, post_id=post.id):
        screen = Screen(
            Lines(
                thanks,
                label(post, desk.config),
                when(post),
                None if lecture else _served(desk, one),
            ),
            [
                [
                    Button(T("posts.mine"), MyPosts(1)),
                    Button(T("posts.see_posts"), PostsOn(None, 1)),
                ],
                [home_button()],
            ],
        )
        key = f"post:{post.id}:thanks:{one.person_id}"
        desk.send(one.person_id, screen, lane=Lane.digest, key=key)


@tells(ResultProposed)
def propose(desk: Desk, fact: ResultProposed) -> None:
    """Give the contacts of the responsible unit the report to submit; a correction changes it."""
    result = get_result(desk.work, fact.post_id)
    if result.row.unit_id is None:
        _tell_office(desk, result.post)
        return
    first = T("closing.proposal_how")
    corrected = T("closing.proposal_corrected")
    for person_id in _contacts(desk, result):
        key = _key(result.post, person_id)
        row = find_by_key(desk.work, key)
        if row is None:
            screen = proposal_screen(desk, result, note=first)
            desk.send(person_id, screen, lane=Lane.reminder, key=key)
        else:
            screen = proposal_screen(desk, result, note=corrected)
            desk.edit(row, screen, key=f"{key}:v{fact.version}")


@tells(ResultFiled)
def withdraw_proposals(desk: Desk, fact: ResultFiled) -> None:
    """Let the other contacts of the unit see that the report was submitted."""
    result = get_result(desk.work, fact.post_id)
    for person_id in _contacts(desk, result):
        row = find_by_key(desk.work, _key(result.post, person_id))
        if row is not None and person_id != fact.by_person_id:
            desk.edit(row, filed_screen(result), key=f"{_key(result.post, person_id)}:filed")


def _thanks(desk: Desk, post: Post) -> str:
    """Return how to thank: what leaves on another day does not say today."""
    zone = desk.config.time.zone_info
    leaves = desk.after_quiet(None) or desk.now
    today = local_day(leaves, zone) == local_day(post.starts_at, zone)
    return "closing.thanks" if today else "closing.thanks_later"


def _served(desk: Desk, one: Present) -> Text:
    minutes = one.minutes(desk.config.posts.check_in)
    if one.companions:
        return tn("closing.served_with", minutes, companions=one.companions)
    return tn("closing.served", minutes)


def _contacts(desk: Desk, result: Result) -> list[int]:
    unit_id = result.row.unit_id
    if unit_id is None:
        return []
    return contacts_of_units(desk.work, [unit_id]).get(unit_id, [])


def _tell_office(desk: Desk, post: Post) -> None:
    screen = Screen(
        Lines(T("closing.nobody_reports", label=label(post, desk.config)), when(post)),
        [[home_button()]],
    )
    for person_id in office(desk.work):
        key = f"post:{post.id}:unreported:{person_id}"
        desk.send(person_id, screen, lane=Lane.digest, key=key)


def _key(post: Post, person_id: int) -> str:
    return f"post:{post.id}:proposal:{person_id}"
