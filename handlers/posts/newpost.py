"""Publishing a post, and once more the next day with the same values (VOL-01)."""

from datetime import timedelta

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.posts.lists import NEW_POST
from bot.chat.cards.posts.manage import published
from bot.chat.conversation.model import Answers, Conversation
from bot.chat.screen import Screen
from bot.chat.text import T
from bot.core.dates import local_day
from bot.core.errors import NotFound, StaleButton
from bot.features.posts.access import get_post
from bot.features.posts.leads import get_registered
from bot.features.posts.queries import post_card
from bot.features.posts.service import NewPost, check_places, publish
from handlers.posts.answers import answers_of, lead_id, note_given, summary, times_given
from handlers.posts.planned import begin_for_plan, count_for_plan
from handlers.posts.steps import CAPACITY, KIND, LEAD, NOTE, PLACE
from handlers.posts.when import DAY, HOURS


def _begin(call: Call, arg: str | None) -> Answers:
    """Begin with nothing, for a plan, or with what the post `arg` had, a day later."""
    planned = begin_for_plan(call, arg)
    if planned is not None:
        return planned
    if arg is None or not (arg.isascii() and arg.isdigit()):
        return {}
    post = get_post(call.work, int(arg))
    given = {**answers_of(call, post), "capacity": post.capacity}
    return _with_lead_who_is_there(call, _a_day_later(call, given))


def _a_day_later(call: Call, given: Answers) -> Answers:
    zone = call.config.time.zone_info
    times = times_given(call, given)
    if times is None:
        return given
    day = max(local_day(times[0], zone), local_day(call.now, zone)) + timedelta(days=1)
    return {**given, "date": day.isoformat()}


def _with_lead_who_is_there(call: Call, given: Answers) -> Answers:
    person_id = lead_id(given)
    if person_id is None:
        return given
    try:
        get_registered(call.work, person_id)
    except NotFound:
        return {key: value for key, value in given.items() if key != "lead"}
    return given


def _submit(call: Call, answers: Answers) -> Screen:
    times = times_given(call, answers)
    if times is None:
        raise StaleButton
    call.config.post_kind(answers["kind"])
    check_places(answers["capacity"], call.config)
    post = publish(
        call.work,
        actor=call.actor,
        post=NewPost(
            kind=answers["kind"],
            place=answers["place"],
            starts_at=times[0],
            ends_at=times[1],
            capacity=answers["capacity"],
            lead_person_id=lead_id(answers),
            note=note_given(answers),
        ),
    )
    count_for_plan(call, post, answers)
    return published(call, post_card(call.work, post.id, reader_id=call.actor.person_id))


new_post = Conversation(
    name=NEW_POST,
    needs=OFFICE_ONLY,
    steps=[KIND, PLACE, DAY, HOURS, CAPACITY, LEAD, NOTE],
    preview=summary,
    submit=_submit,
    begin=_begin,
    command="newpost",
    submit_label=T("posts.publish_now"),
)
