"""Who is to be told of the line, and which offer was the last (VOL-02)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from bot.db.work import View
from bot.features.people.models import Person
from bot.features.posts.models import LineEntry, LineStep, Signup, SignupState


@dataclass(frozen=True)
class Asked:
    """Who answers for a sign-up; `in_name_of` is whose it is, None for their own."""

    signup: Signup
    person_id: int
    in_name_of: str | None


def asked_for(view: View, post_id: int, person_id: int) -> Asked | None:
    """Return who answers for a person's sign-up: they, or without Telegram who signed them up.

    None where nobody does.
    """
    row = view.session.execute(
        select(Signup, Person)
        .join(Person, Person.id == Signup.person_id)
        .where(Signup.post_id == post_id, Signup.person_id == person_id)
    ).first()
    if row is None:
        return None
    signup, person = row
    if person.telegram_id is not None:
        return Asked(signup, person.id, None)
    by = signup.by_person_id
    return None if by is None else Asked(signup, by, person.name)


def last_offer(view: View, post_id: int, number: int) -> int | None:
    """Return the step by which a place was last offered to `number`; None for never."""
    return view.session.scalar(
        select(func.max(LineEntry.id)).where(
            LineEntry.post_id == post_id,
            LineEntry.number == number,
            LineEntry.step == LineStep.offered,
        )
    )


def waiting_with_at_most(view: View, post_id: int, size: int) -> Sequence[int]:
    """Return whom to tell of free places: who waits with at most `size` people, in order.

    For somebody without Telegram it is whoever signed them up.
    """
    person = aliased(Person)
    found = view.session.execute(
        select(Signup.person_id, person.telegram_id, Signup.by_person_id)
        .join(person, person.id == Signup.person_id)
        .where(
            Signup.post_id == post_id,
            Signup.state == SignupState.waiting,
            Signup.size <= size,
        )
        .order_by(Signup.number)
    )
    told = [who if telegram is not None else by for who, telegram, by in found]
    return list(dict.fromkeys(one for one in told if one is not None))
