"""Why somebody has the turn in the line that they have, without names (VOL-02)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select

from bot.db.work import View
from bot.features.posts.errors import NotSignedUp
from bot.features.posts.models import LineEntry, LineStep, Post, Signup, SignupState

_GOT_IT = (LineStep.placed, LineStep.accepted, LineStep.handed_over)
_GAVE_UP = (LineStep.left, LineStep.removed)


@dataclass(frozen=True)
class Receipt:
    """How a person came to their turn at `post`.

    `position` is the place in the line, from 1; `joined_at` when they joined it. Of those who
    joined before them `accepted` got a place, `expired` let an offer pass, `declined` one, `left`
    went by themselves or were taken off, `deciding` have an offer now and `waiting` still wait.
    `size` counts their own people; `passed_over_at` is when a place first went past them because
    they were busy then, too many, or refused by a rule; None: never.
    """

    post: Post
    position: int
    joined_at: datetime
    size: int
    accepted: int
    expired: int
    declined: int
    left: int
    deciding: int
    waiting: int
    passed_over_at: datetime | None

    @property
    def ahead(self) -> int:
        """How many joined before them."""
        gone = self.accepted + self.expired + self.declined + self.left
        return gone + self.deciding + self.waiting


def line_receipt(view: View, post_id: int, person_id: int) -> Receipt:
    """Return why a waiting person has the turn they have. Raises NotSignedUp for all others."""
    row = view.session.execute(
        select(Post, Signup)
        .join(Signup, Signup.post_id == Post.id)
        .where(
            Post.id == post_id,
            Signup.person_id == person_id,
            Signup.state == SignupState.waiting,
        )
    ).first()
    if row is None:
        raise NotSignedUp
    post, signup = row
    joined_at, passed_over_at = _own_steps(view, post_id, signup.number)
    waiting, deciding = _still_there(view, post_id, signup.number)
    accepted, expired, declined, left = _gone(view, post_id, signup.number)
    return Receipt(
        post=post,
        position=waiting + 1,
        joined_at=joined_at or signup.at,
        size=signup.size,
        accepted=accepted,
        expired=expired,
        declined=declined,
        left=left,
        deciding=deciding,
        waiting=waiting,
        passed_over_at=passed_over_at,
    )


def _own_steps(view: View, post_id: int, number: int) -> tuple[datetime | None, datetime | None]:
    steps = view.session.execute(
        select(LineEntry.step, func.min(LineEntry.at))
        .where(LineEntry.post_id == post_id, LineEntry.number == number)
        .group_by(LineEntry.step)
    )
    first = dict(steps.all())
    return first.get(LineStep.joined), first.get(LineStep.passed_over)


def _still_there(view: View, post_id: int, number: int) -> tuple[int, int]:
    found = view.session.execute(
        select(Signup.state, func.count())
        .where(
            Signup.post_id == post_id,
            Signup.number < number,
            Signup.state.in_([SignupState.waiting, SignupState.offered]),
        )
        .group_by(Signup.state)
    )
    counts = dict(found.all())
    return counts.get(SignupState.waiting, 0), counts.get(SignupState.offered, 0)


def _gone(view: View, post_id: int, number: int) -> tuple[int, int, int, int]:
    """Return how many who joined before `number` got a place, let one pass, declined, left."""

    def ever(*steps: LineStep) -> ColumnElement[int]:
        return func.max(case((LineEntry.step.in_(steps), 1), else_=0))

    each = (
        select(
            ever(LineStep.joined).label("joined"),
            ever(*_GOT_IT).label("accepted"),
            ever(LineStep.expired).label("expired"),
            ever(LineStep.declined).label("declined"),
            ever(*_GAVE_UP).label("gone"),
        )
        .where(LineEntry.post_id == post_id, LineEntry.number < number)
        .group_by(LineEntry.number)
        .subquery()
    )
    of = each.c
    became = case(
        (of.accepted == 1, "accepted"),
        (of.expired == 1, "expired"),
        (of.declined == 1, "declined"),
        (of.gone == 1, "left"),
        else_="there",
    )
    found = view.session.execute(
        select(became, func.count()).select_from(each).where(of.joined == 1).group_by(became)
    )
    counts: dict[str, int] = dict(found.all())
    accepted, expired = counts.get("accepted", 0), counts.get("expired", 0)
    return accepted, expired, counts.get("declined", 0), counts.get("left", 0)
