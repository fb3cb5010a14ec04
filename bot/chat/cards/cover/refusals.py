"""What the rules of cover refuse, with a way on."""

from bot.chat.call import Call
from bot.chat.cards.cover.buttons import PreviewCover
from bot.chat.cards.home import home_button
from bot.chat.cards.posts import card as cards
from bot.chat.cards.posts.buttons import OtherPosts, ShowPost
from bot.chat.cards.posts.words import label, when
from bot.chat.refusal import explains, sentence
from bot.chat.screen import Button, Screen
from bot.chat.text import Lines, T
from bot.features.cover.errors import AlreadyCovered, NobodyToAsk, NothingToCover
from bot.features.posts.access import get_post
from bot.features.posts.queries import post_card


@explains(AlreadyCovered)
def explain_covered(call: Call, refused: AlreadyCovered) -> Screen:
    """Thank whoever came too late, and offer posts near in time."""
    post = get_post(call.work, refused.post_id)
    return Screen(
        Lines(sentence(refused), label(post, call.config), when(post)),
        [
            [
                Button(T("posts.see_post"), ShowPost(post.id)),
                Button(T("posts.see_other_times"), OtherPosts(post.id)),
            ],
            [home_button()],
        ],
    )


@explains(NothingToCover)
def explain_nothing(call: Call, refused: NothingToCover) -> Screen:
    """Show the post as it is now."""
    card = post_card(call.work, refused.post_id, reader_id=call.actor.person_id)
    return cards.post_card(call, card, note=sentence(refused))


@explains(NobodyToAsk)
def explain_nobody(_: Call, refused: NobodyToAsk) -> Screen:
    """Lead back to who is not asked, and why."""
    return Screen(
        sentence(refused),
        [[Button(T("cover.see_why"), PreviewCover(refused.post_id)), home_button()]],
    )
