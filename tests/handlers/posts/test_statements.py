"""Screens of posts ask the database the same number of questions for any number of posts."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from bot.chat.call import Call, Place
from bot.chat.cards.planning.buttons import (
    ShowBatch,
    ShowBoard,
    ShowDrafts,
    ShowPlans,
    ShowTemplates,
    ShowUncovered,
)
from bot.chat.cards.posts.buttons import (
    MyPastPosts,
    MyPosts,
    PostPlaces,
    PostsAt,
    PostsCalendar,
    PostsOn,
    Roster,
    ShortPosts,
    ShowPost,
)
from bot.chat.feature import HomePart
from bot.chat.screen import Answer, Screen
from bot.config import Config
from bot.core.dates import local_day
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.posts.board import monday_of
from bot.features.posts.drafting import add_posts, begin_batch
from bot.features.posts.models import Post, PostBatch, PostState
from bot.features.posts.service import NewPost, publish, sign_up
from handlers.posts import browse, manage, mine
from handlers.posts.planning import batches, board, templates
from handlers.posts.planning.copying import copy_posts
from tests.features.posts.scene import SATURDAY, Scene

HOUR = timedelta(hours=1)
Show = Callable[[Call], Answer | HomePart]
SCREENS: dict[str, Show] = {
    "/posts": lambda call: browse.posts(call, ""),
    "day": lambda call: browse.show_day(
        call, PostsOn(local_day(SATURDAY, call.config.time.zone_info), 1)
    ),
    "month": lambda call: browse.show_calendar(call, PostsCalendar("now")),
    "places": lambda call: browse.show_places(call, PostPlaces(1)),
    "place": lambda call: browse.show_place(call, PostsAt(1, 1)),
    "short": lambda call: browse.show_short(call, ShortPosts(1)),
    "post": lambda call: browse.show_post(call, ShowPost(1)),
    "/mine": lambda call: mine.show_mine(call, MyPosts(1)),
    "past": lambda call: mine.show_past(call, MyPastPosts(1)),
    "roster": lambda call: manage.show_roster(call, Roster(1, 1)),
    "board": lambda call: board.show_board(call, ShowBoard(monday_of(SATURDAY.date()), 1)),
    "uncovered": lambda call: board.show_uncovered(call, ShowUncovered(None, 1)),
    "drafts": lambda call: batches.show_drafts(call, ShowDrafts(1)),
    "batch": lambda call: batches.show_batch(call, ShowBatch(1)),
    "templates": lambda call: templates.show_templates(call, ShowTemplates()),
    "plans": lambda call: board.show_plans(call, ShowPlans()),
    "copy of the week": lambda call: Screen(
        copy_posts.preview(call, copy_posts.begin(call, "w2024-06-10"))
    ),
    "home of a volunteer": mine.volunteer_home,
    "home of the office": mine.office_home,
}


@pytest.fixture
def statements(store: Store) -> Iterator[list[str]]:
    """Return the statements that the store has run, newest last."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    yield seen
    event.remove(store.engine, "before_cursor_execute", note)


def publish_until(scene: Scene, office: Actor, reader: Actor, *, posts: int) -> None:
    """Let there be so many posts, the reader signed up for each and one more person for the first."""

    # The reader stands at every post: no rule on how many stands in the way.
    rules = {"advance_days": None, "hours_per_day": None}
    signing = scene.config.posts.signing.model_copy(update=rules)
    lifted = scene.config.posts.model_copy(update={"signing": signing})
    config = scene.config.model_copy(update={"posts": lifted})

    def fill(work: Work) -> None:
        batch = work.session.get(PostBatch, 1)
        if batch is None:
            batch = begin_batch(work, actor=office, what="series", given={})
        drafts = [
            [NewPost("shichang", f"D{number}", SATURDAY, SATURDAY + HOUR, 2)]
            for number in range(posts // 10)
        ]
        add_posts(work, actor=office, groups=drafts, state=PostState.draft, batch=batch)
        there = work.session.scalar(select(func.count()).select_from(Post)) or 0
        for number in range(there, posts):
            start = SATURDAY + number * 2 * HOUR
            new = NewPost("shichang", f"P{number % 40}", start, start + HOUR, 2)
            post = publish(work, actor=office, post=new)
            sign_up(work, actor=reader, post_id=post.id, config=config)

    scene.write(fill)
    for person in scene.people(posts):
        scene.sign_up(person, 1)


def _without_limits(config: Config) -> Config:
    """Let one person sign up for hundreds of posts."""
    signing = config.posts.signing.model_copy(update={"hours_per_day": None, "advance_days": None})
    posts = config.posts.model_copy(update={"signing": signing})
    return config.model_copy(update={"posts": posts})


def counted(scene: Scene, reader: Actor, statements: list[str], screen: Show) -> int:
    """Return how many statements a screen takes."""

    def show(work: Work) -> int:
        call = Call(work, scene.config, "bot", actor=reader, place=Place(1), inbox_id=1)
        statements.clear()
        screen(call)
        return len(statements)

    return scene.write(show)


def test_screens_take_as_many_statements_for_two_posts_as_for_three_hundred(
    store: Store, campaign: Config, statements: list[str]
) -> None:
    scene = Scene(store, _without_limits(campaign))
    office = scene.coordinator()
    reader = replace(scene.person(), roles=frozenset(Role))
    taken = []
    for posts in (2, 300):
        publish_until(scene, office, reader, posts=posts)
        taken.append(
            {name: counted(scene, reader, statements, screen) for name, screen in SCREENS.items()}
        )
    assert taken[0] == taken[1]
    assert max(taken[1].values()) <= 6, "the BEGIN among them"


def test_posts_with_roles_take_as_many_statements_for_two_as_for_forty(
    store: Store, campaign: Config, statements: list[str]
) -> None:
    scene = Scene(store, campaign)
    office, reader = scene.coordinator(), scene.person()
    role = NewPost("shichang", "P", SATURDAY, SATURDAY + HOUR, 2, role="引导")
    group = [role, replace(role, role="发放")]
    shown = ("/posts", "day", "place", "post")
    taken = []
    for groups in (2, 38):
        scene.write(lambda work: add_posts(work, actor=office, groups=[group] * groups))  # noqa: B023 - done at once
        taken.append([counted(scene, reader, statements, SCREENS[name]) for name in shown])
    assert taken[0] == taken[1]
    assert max(taken[1]) <= 6, "the BEGIN among them"
