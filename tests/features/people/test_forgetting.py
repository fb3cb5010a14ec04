"""/forget: nothing is left that says who it was, and every count stays."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select, text

from bot.config import Config
from bot.core.roles import Role
from bot.db.base import Base
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.audit.models import AuditEntry
from bot.features.drafts.service import begin
from bot.features.inbox.models import InboxRow, InboxState
from bot.features.inbox.service import Received, receive, settle, take
from bot.features.outbox.models import Lane, OutboxRow, State
from bot.features.outbox.payload import Payload
from bot.features.outbox.queries import topic_counts
from bot.features.outbox.service import Outgoing, enqueue
from bot.features.people.actor import Actor, find_actor, meet
from bot.features.people.errors import LastAdmin
from bot.features.people.forgetting import Forgotten, _erasers, erases, forget
from bot.features.people.models import Person
from bot.features.people.traces import FAREWELL_TOPIC, delivered_farewells, erase_farewell
from tests.features.people.inviting import invited
from tests.support import people

SECRET = "只有我知道的话"


def received(work: Work, telegram_id: int, chat_id: int, number: int) -> int:
    raw = {
        "update_id": number,
        "message": {
            "from": {"id": telegram_id, "first_name": SECRET},
            "chat": {"id": chat_id},
            "text": SECRET,
        },
    }
    return receive(work, bot_id=1, updates=[Received(number, chat_id, json.dumps(raw))])[0].id


def lived(work: Work, actor: Actor) -> int:
    """Leave traces everywhere and return the update that is handled now."""
    person = work.session.get_one(Person, actor.person_id)
    person.phone = SECRET
    begin(
        work,
        chat_id=actor.telegram_id,
        person_id=actor.person_id,
        flow="report",
        version=1,
        step="name",
        answers={"name": SECRET},
    )
    for number, (state, topic) in enumerate(
        [(State.pending, None), (State.sending, None), (State.sent, "notice:1")]
    ):
        row = enqueue(
            work,
            Outgoing(
                chat_id=actor.telegram_id,
                payload=Payload(html=SECRET),
                lane=Lane.bulk,
                dedupe_key=f"album:{actor.telegram_id}:{number}",
                person_id=actor.person_id,
                topic=topic,
            ),
        )
        assert row is not None
        row.state = state
    first = actor.person_id * 10
    for number, chat_id in enumerate([actor.telegram_id, -100], first):
        row_id = received(work, actor.telegram_id, chat_id, number)
        update = take(work, row_id)
        assert update is not None
        settle(work, update)
    return received(work, actor.telegram_id, actor.telegram_id, first + 5)


def everything(view: View) -> str:
    """Return every value of every table in one text."""
    return "\n".join(
        str(value)
        for table in Base.metadata.sorted_tables
        for row in view.session.execute(text(f'SELECT * FROM "{table.name}"'))
        for value in row
    )


def forgotten(store: Store, actor: Actor) -> None:
    inbox_id = store.write_now(lambda work: lived(work, actor))
    store.write_now(lambda work: forget(work, actor=actor, inbox_id=inbox_id))


def test_no_name_number_or_word_of_the_person_is_left(any_store: Store) -> None:
    actor = people.make(any_store, Role.volunteer, name=SECRET)
    inbox_id = any_store.write_now(lambda work: lived(work, actor))
    before = any_store.read_now(everything)
    escaped = json.dumps(SECRET)[1:-1]
    assert SECRET in before
    assert escaped in before
    assert str(actor.telegram_id) in before
    any_store.write_now(lambda work: forget(work, actor=actor, inbox_id=inbox_id))
    after = any_store.read_now(everything)
    assert SECRET not in after
    assert escaped not in after
    assert str(actor.telegram_id) not in after


def test_another_person_keeps_everything(units: Store) -> None:
    other, actor = people.make(units, Role.volunteer, name="别人"), people.make(units)
    units.write_now(lambda work: lived(work, other))
    before = units.read_now(lambda view: traces_of(view, other))
    forgotten(units, actor)
    assert units.read_now(lambda view: traces_of(view, other)) == before
    assert people.again(units, other).roles == {Role.volunteer}


def traces_of(view: View, actor: Actor) -> list[object]:
    return [
        *view.session.execute(
            select(OutboxRow.payload, OutboxRow.state).where(OutboxRow.chat_id == actor.telegram_id)
        ).all(),
        *view.session.scalars(
            select(InboxRow.raw).where(InboxRow.raw.contains(str(actor.telegram_id)))
        ),
    ]


def test_what_waited_is_not_sent_and_what_was_sent_still_counts(units: Store) -> None:
    actor = people.make(units, Role.volunteer)
    forgotten(units, actor)
    rows = units.read_now(lambda view: view.session.scalars(select(OutboxRow)).all())
    assert [row.state for row in rows] == [State.cancelled, State.cancelled, State.sent]
    assert units.read_now(lambda view: topic_counts(view, "notice:1")) == {State.sent: 1}


def test_an_update_that_waits_is_left_for_the_new_person(units: Store) -> None:
    actor = people.make(units)

    def write(work: Work) -> None:
        current = lived(work, actor)
        received(work, actor.telegram_id, actor.telegram_id, 99)
        forget(work, actor=actor, inbox_id=current)

    units.write_now(write)
    pending = units.read_now(
        lambda view: view.session.scalars(
            select(InboxRow).where(InboxRow.state == InboxState.pending)
        ).all()
    )
    assert [row.update_id for row in pending if row.raw != "{}"] == [99]


def test_roles_and_open_invitations_end(
    units: Store, campaign: Config, admin: Actor, coordinator: Actor
) -> None:
    invited(units, campaign, coordinator, Role.contact, "kexie")
    forgotten(units, coordinator)
    assert people.again(units, coordinator).roles == set()
    actions = units.read_now(
        lambda view: view.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    )
    assert {"role.take", "invitation.revoke", "person.forget"} <= set(actions)


def test_who_writes_again_is_a_new_person(units: Store) -> None:
    actor = people.make(units, Role.volunteer, name="张三")
    forgotten(units, actor)
    assert units.read_now(lambda view: find_actor(view, actor.telegram_id)) is None
    new = units.write_now(lambda work: meet(work, telegram_id=actor.telegram_id, language="zh_CN"))
    assert new.person_id != actor.person_id
    assert (new.name, new.roles) == ("", frozenset())
    count = units.read_now(
        lambda view: view.session.scalar(select(func.count()).select_from(Person))
    )
    assert count == 2


def test_the_last_admin_cannot_be_forgotten_and_loses_nothing(units: Store, admin: Actor) -> None:
    inbox_id = units.write_now(lambda work: lived(work, admin))
    with pytest.raises(LastAdmin):
        units.write_now(lambda work: forget(work, actor=admin, inbox_id=inbox_id))
    assert people.again(units, admin).roles == {Role.admin}
    assert SECRET in units.read_now(everything)


@pytest.fixture
def registry() -> Iterator[None]:
    """Take back what a test registers."""
    before = list(_erasers)
    yield
    _erasers[:] = before


def test_a_feature_erases_its_own(units: Store, registry: None) -> None:
    asked: list[Forgotten] = []

    @erases
    def erase(work: Work, who: Forgotten) -> None:
        assert work.session.get_one(Person, who.person_id).telegram_id == who.telegram_id
        asked.append(who)

    actor = people.make(units)
    forgotten(units, actor)
    assert asked == [Forgotten(actor.person_id, actor.telegram_id)]


@pytest.mark.parametrize(
    ("state", "wiped"), [(State.pending, False), (State.sent, True), (State.failed, True)]
)
def test_the_farewell_is_wiped_once_it_is_no_longer_under_way(
    units: Store, state: State, wiped: bool
) -> None:
    def write(work: Work) -> int:
        row = enqueue(
            work,
            Outgoing(
                chat_id=77,
                payload=Payload(html=SECRET),
                lane=Lane.interactive,
                dedupe_key="farewell",
                topic=FAREWELL_TOPIC,
            ),
        )
        assert row is not None
        row.state = state
        return row.id

    number = units.write_now(write)
    assert units.read_now(delivered_farewells) == ([number] if wiped else [])
    units.write_now(lambda work: erase_farewell(work, number))
    row = units.read_now(lambda view: view.session.get_one(OutboxRow, number))
    assert (row.chat_id == 0, row.payload["html"] == "") == (wiped, wiped)
    assert units.read_now(delivered_farewells) == []
