"""An answer becomes rows of the outbox, in the transaction that caused it."""

from bot.chat.call import Call
from bot.chat.render import payload
from bot.chat.screen import Answer, Screen, Toast
from bot.chat.text import Text
from bot.features.making.service import enqueue_with_file
from bot.features.outbox.models import Lane
from bot.features.outbox.service import Outgoing, enqueue_change, enqueue_new, enqueue_settling


def deliver(call: Call, answer: Answer) -> Toast | None:
    """Put what `answer` shows into the outbox; return the word to show over the chat, if any."""
    if isinstance(answer, Toast) or answer is None:
        return answer
    _put(call, answer, 0)
    for number, further in enumerate(answer.also, 1):
        _put(call, further, number)
    return None if answer.toast is None else Toast(answer.toast, alert=answer.alert)


def deliver_late(call: Call, answer: Answer) -> None:
    """Put `answer` into the outbox where nothing can be shown over the chat any more.

    The word that would have been shown stands in the screen that comes with it, or goes to who
    pressed as a message of its own: the result reaches them once either way.
    """
    if isinstance(answer, Toast):
        say_late(call, answer.text)
    elif answer is not None:
        word = answer.toast
        said = word is None or word == answer.text
        deliver(call, answer if said or word is None else answer.with_line(word))


def say_late(call: Call, word: Text) -> None:
    """Send who pressed the word that could not be shown over the chat, to nobody else."""
    call.send(
        call.actor.person_id, Screen(word), lane=Lane.interactive, key=f"late:{call.inbox_id}"
    )


def _put(call: Call, screen: Screen, number: int) -> None:
    message = Outgoing(
        chat_id=call.place.chat_id,
        person_id=call.actor.person_id if call.place.private else None,
        payload=payload(screen, call.voice(call.language)),
        lane=Lane.interactive,
        dedupe_key=f"reply:{call.inbox_id}:{number}",
        context=screen.context,
    )
    album = None if call.message is None else call.message.album_id
    if screen.order is not None:
        enqueue_with_file(call.work, message, screen.order, person_id=call.actor.person_id)
    elif call.card_id is not None and number == 0 and _in_place(screen):
        enqueue_change(call.work, message, target_message_id=call.card_id)
    elif album is not None:
        key = f"album:{call.place.chat_id}:{album}:{number}"
        enqueue_settling(call.work, _with_key(message, key))
    else:
        enqueue_new(call.work, message)


def _in_place(screen: Screen) -> bool:
    return not screen.new and screen.keys is None and not screen.files


def _with_key(message: Outgoing, key: str) -> Outgoing:
    return Outgoing(**{**vars(message), "dedupe_key": key})
