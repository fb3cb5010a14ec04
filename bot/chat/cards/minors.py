"""Minors and their guardians (VOL-11)."""

from dataclasses import dataclass

from bot.chat.call import Call
from bot.chat.callback import callback
from bot.chat.cards.home import home_button
from bot.chat.cards.links import link
from bot.chat.cards.posts.buttons import MyPosts, PostsOn, SignOthers
from bot.chat.cards.reached import naming
from bot.chat.desk import Desk, Letter
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.telling import tells
from bot.chat.text import BLANK, Lines, Plain, T
from bot.core.dates import local_day
from bot.features.outbox.models import Lane
from bot.features.people.facts import GuardianConfirmed, GuardianNamed, UnmarkAsked, Unmarked
from bot.features.people.models import Person
from bot.features.people.queries import office

LINK = "guard"
"""The prefix of the links by which a guardian confirms."""


@callback("mn", shows=True)
@dataclass(frozen=True)
class Minor:
    """Asks whether the person is a minor, and says what follows."""


@callback("mn.d")
@dataclass(frozen=True)
class DeclareMinor:
    """Keeps that the person is a minor."""


@callback("mn.g")
@dataclass(frozen=True)
class GuardianLink:
    """Makes the link that the minor forwards to the guardian."""


@callback("mn.c")
@dataclass(frozen=True)
class ConfirmGuardian:
    """Confirms to be the guardian of the minor of the code."""

    code: str


@callback("po.i", shows=True)
@dataclass(frozen=True)
class ListMinors:
    """Shows a page of the minors whom the person may sign up for a post."""

    post_id: int
    page: int


@callback("po.j")
@dataclass(frozen=True)
class UnmarkMinor:
    """Asks whether somebody is no minor, or keeps it."""

    post_id: int
    person_id: int
    sure: bool


@callback("mn.a")
@dataclass(frozen=True)
class AskUnmark:
    """Asks the office to take the person's own mark away."""


@callback("mn.u")
@dataclass(frozen=True)
class GrantUnmark:
    """Takes the mark of somebody away who asked for it."""

    person_id: int


def ask_minor() -> Screen:
    """Ask whether somebody is a minor."""
    return Screen(
        T("minors.ask"),
        [[Button(T("minors.declare"), DeclareMinor(), Style.primary)], [home_button()]],
    )


def minor_screen(guardian: str | None) -> Screen:
    """Return what a minor is to do; `guardian` is the name of who confirmed, None for nobody."""
    text = T("minors.with_guardian", name=guardian) if guardian else T("minors.without_guardian")
    again = T("minors.other_guardian") if guardian else T("minors.ask_guardian")
    return Screen(
        Lines(T("minors.is_minor"), text),
        [
            [Button(again, GuardianLink())],
            [Button(T("minors.ask_office"), AskUnmark())],
            [Button(T("posts.see_posts"), PostsOn(None, 1)), home_button()],
        ],
    )


def asked_office() -> Screen:
    """Return the receipt of having asked the office."""
    return Screen(T("minors.asked_office"), [[home_button()]])


def unmarked(name: str) -> Screen:
    """Return the receipt of who took a mark away."""
    return Screen(T("minors.unmarked", name=name), [[home_button()]])


def guardian_link(call: Call, name: str, code: str) -> Screen:
    """Return the message that the minor forwards."""
    return Screen(
        T("minors.forward_how"),
        [[home_button()]],
        also=[
            Screen(
                Lines(T("minors.forward", name=name), BLANK, Plain(link(call, f"{LINK}_{code}"))),
                new=True,
            )
        ],
    )


def ask_guardian(ward: Person, code: str) -> Screen:
    """Ask somebody whether they are the guardian."""
    return Screen(T("minors.ask_confirm", name=ward.name), _confirm_rows(code))


def confirmed(ward: Person) -> Screen:
    """Return the receipt of the guardian."""
    return Screen(
        T("minors.confirmed", name=ward.name),
        [
            [Button(T("posts.see_posts"), PostsOn(None, 1)), Button(T("posts.mine"), MyPosts(1))],
            [home_button()],
        ],
    )


def enrolled_screen(person: Person, post_id: int | None) -> Screen:
    """Return the receipt of registering somebody; a minor waits for the guardian first."""
    waits = person.minor and person.guardian_id is None
    rows: list[Row] = []
    if post_id is not None:
        rows.append([Button(T("others.again"), SignOthers(post_id, 1))])
    return Screen(
        Lines(
            T("others.enrolled", name=person.name),
            T("others.enrolled_waits") if waits else T("others.enrolled_how"),
        ),
        [*rows, [Button(T("posts.see_posts"), PostsOn(None, 1)), home_button()]],
        protected=True,
    )


@tells(GuardianNamed)
def ask_named(desk: Desk, fact: GuardianNamed) -> None:
    """Ask who was named as guardian."""
    ward = desk.work.session.get(Person, fact.ward_id)
    if ward is None:
        return
    screen = Screen(T("minors.ask_confirm", name=ward.name), _confirm_rows(fact.code))
    key = f"guardian:{fact.ward_id}:asked:{fact.code[:8]}"
    desk.send(fact.guardian_id, screen, lane=Lane.reminder, key=key)


@tells(GuardianConfirmed)
def tell_confirmed(desk: Desk, fact: GuardianConfirmed) -> None:
    """Tell the minor, or who registered them, that they may come with the guardian."""
    ward = desk.work.session.get(Person, fact.ward_id)
    guardian = desk.work.session.get(Person, fact.guardian_id)
    if ward is None:
        return
    name = "" if guardian is None else guardian.name
    screen = Screen(
        T("minors.told_confirmed", name=name),
        [[Button(T("posts.see_posts"), PostsOn(None, 1)), home_button()]],
    )
    key = f"guardian:{fact.ward_id}:confirmed:{fact.guardian_id}"
    if ward.telegram_id is not None:
        desk.send(ward.id, screen, lane=Lane.reminder, key=key)
    elif ward.registered_by is not None:
        said = naming(screen, [ward.name])
        desk.send(ward.registered_by, said, lane=Lane.reminder, key=key)


@tells(UnmarkAsked)
def tell_asked(desk: Desk, fact: UnmarkAsked) -> None:
    """Ask the office whether somebody is no minor, once a day."""
    person = desk.work.session.get(Person, fact.person_id)
    if person is None:
        return
    screen = Screen(
        T("minors.office_asked", name=person.name),
        [[Button(T("minors.unmark"), GrantUnmark(person.id)), home_button()]],
    )
    day = local_day(desk.now, desk.config.time.zone_info)
    desk.send_each(
        [
            Letter(one, screen, key=f"unmark:{person.id}:{day}:{one}")
            for one in office(desk.work)
            if one != person.id
        ],
        lane=Lane.reminder,
    )


@tells(Unmarked)
def tell_unmarked(desk: Desk, fact: Unmarked) -> None:
    """Tell who is marked as a minor no more; without a chat nobody hears of it."""
    screen = Screen(
        T("minors.told_unmarked"),
        [[Button(T("posts.see_posts"), PostsOn(None, 1)), home_button()]],
    )
    key = f"unmarked:{fact.person_id}:{desk.now:%Y%m%d%H%M%S}"
    desk.send(fact.person_id, screen, lane=Lane.reminder, key=key)


def _confirm_rows(code: str) -> list[Row]:
    return [
        [Button(T("minors.confirm"), ConfirmGuardian(code), Style.primary)],
        [home_button()],
    ]
