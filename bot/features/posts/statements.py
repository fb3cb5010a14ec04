"""The statements of a sign-up, made once.

Putting a statement together costs more than running it: signing up is what hundreds do in the
same minute, so its statements wait here with places for their values. They work on tables, not on
objects; whoever uses them flushes first what the session still holds.
"""

from typing import cast

from sqlalchemy import Table, bindparam, insert, select, update

from bot.features.people.models import Person
from bot.features.posts.models import LIVE, LineEntry, Post, PostState, Signup

_person = cast("Table", Person.__table__).c
_posts = cast("Table", Post.__table__)
_post = _posts.c
_signups = cast("Table", Signup.__table__)
_signup = _signups.c

LOCK_PERSON = (
    select(_person.id).where(_person.id == bindparam("person_id")).with_for_update(key_share=True)
)

LOCK_POST = (
    select(Post)
    .where(Post.id == bindparam("post_id"))
    .with_for_update(key_share=True)
    .execution_options(populate_existing=True)
)

OWN_AT_THAT_TIME = (
    select(
        _signup.id,
        _signup.post_id,
        _signup.state,
        _signup.number,
        _signup.size,
        _post.starts_at,
        _post.ends_at,
    )
    .join_from(_signups, _posts, _post.id == _signup.post_id)
    .where(
        _signup.person_id == bindparam("person_id"),
        (_signup.post_id == bindparam("post_id"))
        | (
            _signup.state.in_(LIVE)
            & (_post.state == PostState.published)
            & (_post.starts_at < bindparam("ends_at"))
            & (_post.ends_at > bindparam("starts_at"))
        ),
    )
    .order_by(_signup.id)
    .with_for_update(of=_signups, key_share=True)
)
"""A person's row for a post, and their live rows for posts at the same time, locked."""

ADD_SIGNUP = insert(_signups)

_steps = cast("Table", LineEntry.__table__)
ADD_STEP = insert(_steps).returning(_steps.c.id)

CHANGE_SIGNUP = update(_signups).where(_signup.id == bindparam("signup_id"))

COUNT = (
    update(_posts)
    .where(_post.id == bindparam("post_id"))
    .values(
        taken=_post.taken + bindparam("more_taken"),
        waiting=_post.waiting + bindparam("more_waiting"),
        last_number=_post.last_number + bindparam("more_numbers"),
    )
)
"""The database adds, so that even a writer without the lock could not lose another's count."""
