"""What digests count: by the same functions as the screens, in fixed statements (BUL-03)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.digests.bars import Bar
from bot.features.digests.content import (
    OfficeDigest,
    StandingDigest,
    office_digest,
    standing_digest,
)
from bot.features.digests.notified import notified
from bot.features.digests.weeks import latest_week, week_so_far
from bot.features.notices.audience import Audience, Part, PartKind
from bot.features.notices.content import Content as Said
from bot.features.notices.models import Notice, NoticeState
from bot.features.notices.service import confirm, topic_of
from bot.features.outbox.models import Lane, OutboxRow, State
from bot.features.outbox.payload import Payload
from bot.features.outbox.service import Outgoing, enqueue
from bot.features.people.actor import Actor
from bot.features.places.models import Place
from bot.features.posts.models import Post
from bot.features.receipts.models import Receipt, ReceiptClosing
from bot.features.reports.content import Content
from bot.features.reports.service import file_report
from tests.features.posts.scene import Scene
from tests.jobs.ticking import shanghai
from tests.support.clock import SetClock
from tests.support.config import make_config
from tests.support.people import counting, load, make

MONDAY = shanghai("06-17T09:00")


@pytest.fixture
def office(any_store: Store, campaign: Config) -> Actor:
    load(any_store, campaign)
    return make(any_store, Role.coordinator)


def file(store: Store, config: Config, contact: Actor, times: int = 1) -> None:
    """Let a contact report so many activities."""

    def write(work: Work) -> None:
        for number in range(times):
            content = Content(unit_id=contact.unit_ids[0], task_id=None, title=f"活动{number}")
            file_report(work, config, content, actor=contact)

    store.write_now(write)


def of_week(store: Store, config: Config, office: Actor) -> OfficeDigest:
    return store.read_now(
        lambda view: office_digest(
            view, config, latest_week(config, view.now), reader_id=office.person_id
        )
    )


def test_the_bars_stand_beside_those_of_the_week_before(
    any_store: Store, campaign: Config, clock: SetClock, office: Actor
) -> None:
    first, second = (make(any_store, Role.contact, unit=unit) for unit in ("kexie", "keji"))
    clock.at = shanghai("06-07T10:00")
    file(any_store, campaign, first, 3)
    clock.at = shanghai("06-16T23:59")
    file(any_store, campaign, first, 1)
    file(any_store, campaign, second, 2)
    clock.at = MONDAY
    bars = of_week(any_store, campaign, office).bars
    assert list(bars.rows) == [Bar("区科技局", 0, 2), Bar("区科协", 3, 1)]
    assert (bars.before, bars.now, bars.silent) == (3, 3, 16)


def test_what_became_of_the_weeks_notices_is_counted_and_no_other(
    any_store: Store, campaign: Config, clock: SetClock, office: Actor
) -> None:
    for _ in range(3):
        make(any_store, Role.contact, unit="kexie")
    audience = Audience(frozenset({Part(PartKind.role, Role.contact.value)}))
    clock.at = shanghai("06-09T23:59")
    send(any_store, office, audience, [State.sent])
    clock.at = shanghai("06-12T10:00")
    send(any_store, office, audience, [State.sent, State.sent, State.blocked])
    send(any_store, office, audience, [State.sent, State.failed, State.unknown])
    clock.at = MONDAY
    found = of_week(any_store, campaign, office).notified
    assert (found.notices, found.sent, found.blocked, found.failed) == (2, 3, 1, 2)


def send(store: Store, office: Actor, audience: Audience, states: list[State]) -> None:
    def write(work: Work) -> None:
        notice = confirm(
            work, actor=office, config=make_config(), content=Said("请知悉"), audience=audience
        )
        for number, state in enumerate(states):
            message = Outgoing(
                number + 1,
                Payload("请知悉"),
                Lane.bulk,
                f"{topic_of(notice.id)}:{number}",
                topic=topic_of(notice.id),
            )
            row = enqueue(work, message)
            assert isinstance(row, OutboxRow)
            row.state = state

    store.write_now(write)


def test_who_has_not_confirmed_is_counted_until_the_collection_is_closed(
    any_store: Store, campaign: Config, clock: SetClock, office: Actor
) -> None:
    first, _, _ = (make(any_store, Role.contact, unit="kexie") for _ in range(3))
    send(any_store, office, Audience(frozenset({Part(PartKind.role, Role.contact.value)})), [])

    def unread() -> int:
        found = any_store.read_now(
            lambda view: notified(view, week_so_far(campaign, view.now)).unread
        )
        return sum(one.people for one in found)

    def change(work: Work, **values: object) -> Notice:
        notice = work.session.scalars(select(Notice)).one()
        for name, value in values.items():
            setattr(notice, name, value)
        return notice

    any_store.write_now(lambda work: change(work, state=NoticeState.sent))
    assert unread() == 0
    notice = any_store.write_now(lambda work: change(work, wants_receipt=True))
    assert unread() == 3
    receipt = Receipt(notice_id=notice.id, person_id=first.person_id, at=clock.at, late=False)
    any_store.write_now(lambda work: work.session.add(receipt))
    assert unread() == 2
    closing = ReceiptClosing(notice_id=notice.id, closed_by=office.person_id, at=clock.at)
    any_store.write_now(lambda work: work.session.add(closing))
    assert unread() == 0


def test_the_statements_of_the_offices_digest_do_not_grow_with_what_it_counts(
    any_store: Store, campaign: Config, clock: SetClock, office: Actor
) -> None:
    def statements() -> int:
        def look(view: View) -> int:
            with counting(view) as counted:
                office_digest(
                    view, campaign, latest_week(campaign, view.now), reader_id=office.person_id
                )
            return len(counted.texts)

        return any_store.read_now(look)

    scene = Scene(any_store, campaign)
    contact = make(any_store, Role.contact, unit="kexie")
    clock.at = shanghai("06-12T10:00")
    file(any_store, campaign, contact)
    scene.post(at=MONDAY + timedelta(days=1))
    clock.at = MONDAY
    few = statements()
    clock.at = shanghai("06-13T10:00")
    for unit in ("keji", "zhujian", "jiaoyu"):
        file(any_store, campaign, make(any_store, Role.contact, unit=unit), 4)
    for day in range(2, 6):
        scene.post(at=MONDAY + timedelta(days=day))
    clock.at = MONDAY
    assert statements() == few


# --- posts near where somebody stood


def standing(scene: Scene, person: Actor) -> StandingDigest:
    return scene.read(
        lambda view: standing_digest(
            view, week_so_far(scene.config, view.now), person_id=person.person_id
        )
    )


@pytest.fixture
def scene(any_store: Store, campaign: Config) -> Scene:
    return Scene(any_store, campaign)


def put(scene: Scene, post_id: int, latitude: float, longitude: float) -> None:
    """Give the place of a post coordinates."""

    def write(work: Work) -> None:
        post = work.session.get_one(Post, post_id)
        place = Place(
            name=f"{post.place}{post_id}",
            key=f"{post_id}",
            latitude=latitude,
            longitude=longitude,
            created_at=work.now,
        )
        work.session.add(place)
        work.session.flush()
        post.place_id = place.id

    scene.write(write)


def test_open_posts_at_the_same_place_and_within_two_kilometres_are_named(
    scene: Scene, clock: SetClock
) -> None:
    person, other = scene.people(2)
    stood = scene.post(at=clock.at + timedelta(hours=5), place="楚街路口")
    put(scene, stood, 33.96, 118.25)
    scene.sign_up(person, stood)
    clock.move(days=1)
    around = scene.post(at=clock.at + timedelta(days=1), place="幸福路口")
    put(scene, around, 33.97, 118.26)  # Some 1,400 metres away.
    far = scene.post(at=clock.at + timedelta(days=1), place="高铁站")
    put(scene, far, 33.99, 118.25)  # Some 3,300 metres away.
    same = scene.post(at=clock.at + timedelta(days=3), place="楚街路口")
    full = scene.post(at=clock.at + timedelta(days=4), place="楚街路口", capacity=1)
    scene.sign_up(other, full)
    digest = standing(scene, person)
    assert [post.id for post in digest.usual] == [same, around]


def test_what_one_has_already_or_could_not_take_is_not_offered(
    scene: Scene, clock: SetClock
) -> None:
    person = scene.person()
    own = scene.post(at=clock.at + timedelta(days=2), place="楚街路口")
    scene.sign_up(person, own)
    scene.post(at=clock.at + timedelta(days=2, minutes=30), place="楚街路口")
    later = scene.post(at=clock.at + timedelta(days=2, hours=1), place="楚街路口")
    assert [post.id for post in standing(scene, person).usual] == [later]


def test_who_never_stood_anywhere_is_told_of_no_place(scene: Scene, clock: SetClock) -> None:
    scene.post(at=clock.at + timedelta(days=2))
    digest = standing(scene, scene.person())
    assert digest.usual == []
    assert digest.shortage.posts == 1
