"""Which reminders and lists go out before posts in the days to come, by what sends them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.config import Config
from bot.features.people.reach import Reach, reach_of
from bot.features.posts import leadlists, remindsteps
from bot.features.posts.models import Post, Signup
from bot.features.posts.remindsteps import LOOK_BACK, Due, Rows
from bot.features.posts.remindtimes import Step, list_moment, moment_of, useful_until
from bot.features.runs.foresight import About, Foresight, Planned
from bot.features.runs.models import RunState
from bot.features.runs.service import claim_many


def foresee(view: Foresight, config: Config, until: datetime) -> Iterator[Planned]:
    """Yield the reminders from now until `until`, as long as nobody comes or goes.

    Posts and people are read once, whatever the number of moments.
    """
    found = remindsteps.posts_between(view, view.now - LOOK_BACK, until + remindsteps.ahead(config))
    posts = {post.id: post for post in found}
    if not posts:
        return
    rows = Rows(posts, remindsteps.standing(view, Signup.post_id.in_(list(posts))))
    reach = reach_of(view, {signup.person_id for signup, _ in rows.standing})
    remindsteps.noted_of(view, posts)
    put_off = {at for _, at in view.put_off(remindsteps.KIND, until)}
    for moment in sorted(put_off | _moments(rows, config, view.now, until)):
        yield from _at(view.at(moment), config, rows, reach)


def foresee_lists(view: Foresight, config: Config, until: datetime) -> Iterator[Planned]:
    """Yield the lists for leads from now until `until`; posts are read once."""
    found = remindsteps.posts_between(view, view.now - leadlists.LOOK, until + leadlists.LOOK)
    times = {view.now}
    for post in found:
        times |= {list_moment(post.starts_at, config), post.starts_at}
    times |= {at for _, at in view.put_off(leadlists.KIND, until)}
    leadlists.noted_lists(view, found)
    for moment in sorted(one for one in times if view.now <= one < until):
        earliest, latest = moment - leadlists.LOOK, moment + leadlists.LOOK
        near = [post for post in found if earliest < post.starts_at <= latest]
        yield from _lists_at(view.at(moment), config, near)


def _at(
    view: Foresight, config: Config, rows: Rows, reach: Mapping[int, Reach]
) -> Iterator[Planned]:
    near = {
        post.id: post for post in rows.posts.values() if remindsteps.is_near(post, view.now, config)
    }
    if not near:
        return
    before = remindsteps.noted_of(view, near)
    found = remindsteps.decided_at(replace(rows, posts=near), before, view.now, config)
    noting = [one.effect for one in found if one.verdict.state is not RunState.done]
    claim_many(view, remindsteps.KIND, noting)
    sending = [one for one in found if one.verdict.state is RunState.done]
    taken = remindsteps.claimed(view, sending)
    for reader, theirs in remindsteps.by_reader(taken, reach).items():
        yield _planned(view.now, config, reader, [one for one, _ in theirs], rows)


def _planned(
    moment: datetime, config: Config, reader: int, found: Sequence[Due], rows: Rows
) -> Planned:
    minutes = {signup.id: chosen for signup, chosen in rows.standing}
    whens = [remindsteps.when_of(one.post, one.signup, minutes[one.signup.id]) for one in found]
    kind = remindsteps.KIND
    return Planned(
        kind,
        reader,
        moment,
        tuple(About("post", str(one.step), one.post.id) for one in found),
        tuple((kind, one.effect.scope, one.effect.period_key) for one in found),
        before=min(
            useful_until(one.step, when, config) for one, when in zip(found, whens, strict=True)
        ),
    )


def _moments(rows: Rows, config: Config, start: datetime, until: datetime) -> set[datetime]:
    """Return when something may be due: now, at each step's moment and at each start."""
    found = {start}
    for signup, minutes in rows.standing:
        post = rows.posts[signup.post_id]
        when = remindsteps.when_of(post, signup, minutes)
        for moment in (*(moment_of(step, when, config) for step in Step), post.starts_at):
            if moment is not None and start < moment < until:
                found.add(moment)
    return found


def _lists_at(view: Foresight, config: Config, posts: Sequence[Post]) -> Iterator[Planned]:
    found = leadlists.open_lists(view, config, posts)
    fresh = claim_many(view, leadlists.KIND, [effect for _, effect in found])
    by_lead: dict[int, list[tuple[Post, str, str]]] = {}
    for post, one in found:
        if one.state is RunState.done and (one.scope, one.period_key) in fresh:
            theirs = by_lead.setdefault(post.lead_person_id or 0, [])
            theirs.append((post, one.scope, one.period_key))
    for lead, theirs in sorted(by_lead.items()):
        yield Planned(
            leadlists.KIND,
            lead,
            view.now,
            tuple(About("post", "list", post.id) for post, _, _ in theirs),
            tuple((leadlists.KIND, scope, key) for _, scope, key in theirs),
            before=min(post.starts_at for post, _, _ in theirs),
        )
