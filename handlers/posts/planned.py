"""Posts that a team's plan turns into (VOL-08)."""

from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.conversation.model import Answers
from bot.features.posts.models import Post
from bot.features.teams.plans import access_plan

_FOR = "plan"


def begin_for_plan(call: Call, arg: str | None) -> Answers | None:
    """Return the answers of a post that a plan begins; None where no plan does.

    Raises StaleButton, NotFound and NotAllowed.
    """
    if arg is None or not arg.startswith(_FOR):
        return None
    plan = access_plan(call.work, call.actor, read_id(arg.removeprefix(_FOR)), call.config)
    return {"_plan": plan.id}


def count_for_plan(call: Call, post: Post, answers: Answers) -> None:
    """Let a new post count for the plan that it was begun from, if any."""
    if "_plan" not in answers:
        return
    plan = access_plan(call.work, call.actor, answers["_plan"], call.config)
    post.plan_id, post.team = plan.id, plan.team
