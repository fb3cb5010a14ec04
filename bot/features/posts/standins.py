"""Handing a place on to somebody in particular, past the line (VOL-02).

Whoever writes has locked the persons and the post (`access`), vacates one place or two, and then
occupies them: the rules see the people without what they gave up, and a refusal undoes it all.
"""

from dataclasses import dataclass

from bot.config import Config
from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.posts.access import count
from bot.features.posts.eligibility import check_eligible
from bot.features.posts.held import own_at_that_time
from bot.features.posts.models import LineStep, Post, Signup, SignupState
from bot.features.posts.statements import ADD_SIGNUP, CHANGE_SIGNUP
from bot.features.posts.trace import note_step


@dataclass(frozen=True)
class Vacant:
    """A place that was given up for somebody: its number in the line, and how many it held."""

    number: int
    size: int


def vacate(work: Work, post: Post, signup: Signup) -> Vacant:
    """Let a person with a place at a locked post leave it; the line does not get it.

    Those whom they bring leave with them. The number stays with the place: the person's row gets
    one of its own.
    """
    vacant = Vacant(signup.number, signup.size)
    signup.number = post.last_number + 1
    signup.state = SignupState.left
    signup.at = work.now
    signup.looking_since = None
    signup.sure_at = None
    work.session.flush()
    count(work, post, taken=-vacant.size, numbers=1)
    note_step(work, post.id, vacant.number, LineStep.handed_over, size=vacant.size)
    record(work, "post.handed_over", f"post:{post.id}", actor_id=signup.person_id)
    return vacant


def occupy(
    work: Work, post: Post, vacant: Vacant, *, person_id: int, size: int, config: Config
) -> None:
    """Give a vacant place of a locked post to a locked person, with `size` people.

    A turn that they have in the line is given up for it. Raises what `check_eligible` raises.
    """
    own = own_at_that_time(work, person_id, post)
    mine = next((one for one in own if one.post_id == post.id), None)
    others = [one for one in own if one.post_id != post.id]
    check_eligible(work, person_id=person_id, post=post, size=size, config=config, own=others)
    waited = mine is not None and mine.state is SignupState.waiting
    if mine is not None and waited:
        note_step(work, post.id, mine.number, LineStep.left, size=mine.size)
    row = {
        "state": SignupState.confirmed,
        "number": vacant.number,
        "at": work.now,
        "size": size,
        "by_person_id": None,
        "offer_until": None,
        "looking_since": None,
        "sure_at": None,
    }
    if mine is None:
        whose = {"post_id": post.id, "person_id": person_id}
        work.session.execute(ADD_SIGNUP, {**whose, **row})
    else:
        work.session.execute(CHANGE_SIGNUP, {"signup_id": mine.id, **row})
    count(work, post, taken=size, waiting=-int(waited))
    note_step(work, post.id, vacant.number, LineStep.placed, size=size)
    record(work, "post.stood_in", f"post:{post.id}", actor_id=person_id)
