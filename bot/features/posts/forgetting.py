"""What posts keep of a person who asks to be forgotten: past sign-ups, as numbers."""

from bot.db.work import Work
from bot.features.people.forgetting import Forgotten, erases
from bot.features.posts.leaving import leave_all


@erases
def erase_posts(work: Work, who: Forgotten) -> None:
    """Free the places to come of the person, and let them lead no post any more."""
    leave_all(work, who.person_id)
