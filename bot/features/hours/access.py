"""Who may look at hours and decide on them: who answers for the post, and never on their own."""

from bot.core.errors import NotAllowed, NotFound
from bot.core.roles import OFFICE
from bot.db.work import View
from bot.features.hours.errors import OwnHours, OwnProposal
from bot.features.hours.models import HourEntry, HourRequest, RequestKind
from bot.features.people.actor import Actor
from bot.features.posts.models import Post


def answers_for(actor: Actor, post: Post | None) -> bool:
    """Tell whether `actor` answers for hours of `post` (None: of no post): office, or its lead."""
    return bool(actor.roles & OFFICE) or (
        post is not None and actor.registered and post.lead_person_id == actor.person_id
    )


def access_entry_to_correct(view: View, entry_id: int, *, actor: Actor) -> HourEntry:
    """Return the first entry of the chain that `entry_id` belongs to.

    Raises NotFound, NotAllowed, and OwnHours for the actor's own.
    """
    entry = view.session.get(HourEntry, entry_id)
    if entry is not None and entry.corrects_id is not None:
        entry = view.session.get(HourEntry, entry.corrects_id)
    if entry is None:
        raise NotFound
    _check_answers(view, actor, entry.post_id)
    if entry.person_id == actor.person_id:
        raise OwnHours
    return entry


def access_own_entry(view: View, entry_id: int, *, actor: Actor) -> HourEntry:
    """Return the first entry of a chain of the actor's own hours. Raises NotFound."""
    entry = view.session.get(HourEntry, entry_id)
    if entry is None or entry.person_id != actor.person_id or entry.corrects_id is not None:
        raise NotFound
    return entry


def access_request(view: View, request_id: int, *, actor: Actor) -> HourRequest:
    """Return a request for who may decide on such. Raises NotFound and NotAllowed."""
    request = view.session.get(HourRequest, request_id)
    if request is None:
        raise NotFound
    _check_answers(view, actor, request.post_id)
    return request


def check_second(request: HourRequest, actor: Actor) -> None:
    """Raise OwnHours or OwnProposal unless `actor` is a second person (VOL-12)."""
    if request.person_id == actor.person_id:
        raise OwnHours
    if request.kind is RequestKind.missing and request.by_person_id == actor.person_id:
        raise OwnProposal


def _check_answers(view: View, actor: Actor, post_id: int | None) -> None:
    post = None if post_id is None else view.session.get(Post, post_id)
    if not answers_for(actor, post):
        raise NotAllowed
