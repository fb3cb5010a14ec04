"""What the conversation keeps of what was given, and what it means."""

from bot.chat.call import Call, Incoming, Sent
from bot.chat.conversation.model import Answers
from bot.features.closing.errors import OnlyPhotos, TooManyPhotos
from bot.features.closing.models import Counted
from bot.features.closing.outcome import MOST_PHOTOS, Outcome
from bot.features.posts.access import get_post
from bot.features.posts.models import Post
from bot.features.reports.content import (
    Photo,
    amount_of,
    amount_to_plain,
    photo_of,
    photo_to_plain,
)
from bot.features.reports.reading.amounts import Amount

POST, VERSION, PAGE, ASKED, LATE = "_post", "_version", "_page", "_asked", "_late"


def post_of(call: Call, answers: Answers) -> Post:
    """Return the post that is being closed."""
    return get_post(call.work, answers[POST])


def counts_of(answers: Answers) -> dict[Counted, Amount]:
    """Return the numbers given so far, in their usual order."""
    given = answers.get("numbers") or {}
    return {what: amount_of(given[what]) for what in Counted if what in given}


def kept_counts(counts: dict[Counted, Amount]) -> dict[str, object]:
    """Return numbers as they are kept in a draft."""
    return {what.value: amount_to_plain(amount) for what, amount in counts.items()}


def photos_of(answers: Answers) -> tuple[Photo, ...]:
    """Return the photos given so far."""
    return tuple(photo_of(one) for one in answers.get("photos") or ())


def outcome_of(answers: Answers) -> Outcome:
    """Return everything given."""
    return Outcome(counts_of(answers), photos_of(answers), answers.get("remark") or None)


def with_photo(answers: Answers, message: Incoming) -> list[dict[str, object]]:
    """Return the photos with that of `message`, each once. Raises OnlyPhotos, TooManyPhotos."""
    if message.sent is not Sent.photo or message.file is None:
        raise OnlyPhotos
    photo = Photo(Sent.photo.value, message.file.file_id, message.file.unique_id)
    photos = {one.unique_id: one for one in (*photos_of(answers), photo)}
    if len(photos) > MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)
    return [photo_to_plain(one) for one in photos.values()]
