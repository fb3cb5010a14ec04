"""Files to be read: taken by one reader, told once, tried again, and never lost."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, text, update

from bot.core.errors import BusinessError, StaleButton
from bot.core.facts import Fact
from bot.core.roles import Role
from bot.db.base import Base
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.archive.models import FileState, StoredFile
from bot.features.archive.service import Incoming
from bot.features.people.actor import Actor
from bot.features.people.forgetting import forget
from bot.features.textfiles import service
from bot.features.textfiles.errors import NoActivities, NoText, TooManyDocuments
from bot.features.textfiles.facts import DocumentRead, DocumentRefused, DocumentRepeated
from bot.features.textfiles.models import DocumentJob, DocumentState
from bot.features.textfiles.purging import has_old_documents, purge_documents
from bot.features.textfiles.rules import MOST_AT_ONCE
from bot.features.textfiles.service import Digested, Taken
from tests.support import people
from tests.support.clock import SetClock

ME, OTHER = "reader-a", "reader-b"
SECRET = "机密总结"
FILE = Incoming("file", "unique", "document", name=f"{SECRET}.docx", size_bytes=5)
ACTIVITY = {"title": "培训会"}
DIGESTED = Digested([ACTIVITY], left_out=2, sha256="ab" * 32)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def actor(any_store: Store) -> Actor:
    return people.make(any_store, Role.contact)


def ordered(store: Store, actor: Actor, file: Incoming = FILE, *, here: bool = True) -> int:
    """Have a file read whose bytes are `here` already."""

    def write(work: Work) -> int:
        job = service.order(work, file, actor=actor, caption=f"{SECRET}说明")
        if here:
            stored = work.session.get_one(StoredFile, job.stored_file_id)
            stored.state, stored.path, stored.sha256 = FileState.have, "holding/ab/ab", "ab"
        return job.id

    return store.write_now(write)


def take(store: Store, owner: str = ME) -> Taken | None:
    return store.write_now(
        lambda work: service.take_next(work, owner=owner, lease_until=work.real_now + MINUTE)
    )


def taken(store: Store, owner: str = ME) -> Taken:
    found = take(store, owner)
    assert found is not None
    return found


def job_of(store: Store, job_id: int) -> DocumentJob:
    return store.read_now(lambda view: view.session.get_one(DocumentJob, job_id))


def file_of(store: Store, job_id: int) -> StoredFile:
    found = job_of(store, job_id).stored_file_id
    return store.read_now(lambda view: view.session.get_one(StoredFile, found))


def finished(store: Store, one: Taken, digested: Digested = DIGESTED) -> list[Fact]:
    """Finish a job and return what was stated, which nobody is told here."""

    def write(work: Work) -> list[Fact]:
        service.finish(work, one, digested, owner=ME)
        facts = [*work.facts]
        work.facts.clear()
        return facts

    return store.write_now(write)


def test_a_file_waits_for_its_bytes_and_is_taken_once(any_store: Store, actor: Actor) -> None:
    job_id = ordered(any_store, actor, here=False)
    assert not any_store.read_now(service.has_wanted)
    assert take(any_store) is None
    any_store.write_now(
        lambda work: work.session.execute(
            update(StoredFile).values(state=FileState.have, path="holding/ab/ab")
        )
    )
    assert any_store.read_now(service.has_wanted)
    one = taken(any_store)
    assert (one.id, one.path, one.caption) == (job_id, "holding/ab/ab", f"{SECRET}说明")
    assert take(any_store, OTHER) is None


@pytest.mark.parametrize("state", [FileState.failed, FileState.refused])
def test_a_file_that_never_comes_is_taken_to_say_so(
    any_store: Store, actor: Actor, state: FileState
) -> None:
    ordered(any_store, actor, here=False)
    any_store.write_now(lambda work: work.session.execute(update(StoredFile).values(state=state)))
    one = taken(any_store)
    assert (one.path, one.file_state) == (None, state)


def test_what_was_read_is_told_once_and_the_bytes_go(any_store: Store, actor: Actor) -> None:
    job_id = ordered(any_store, actor)
    one = taken(any_store)
    assert finished(any_store, one) == [DocumentRead(job_id, [ACTIVITY], 2)]
    assert finished(any_store, one) == []
    job = job_of(any_store, job_id)
    assert (job.state, job.activities, job.lease_owner) == (DocumentState.done, 1, None)
    assert file_of(any_store, job_id).state is FileState.leaving


def test_only_who_holds_the_lease_says_what_became_of_a_file(
    any_store: Store, actor: Actor
) -> None:
    job_id = ordered(any_store, actor)
    one = taken(any_store, OTHER)
    assert finished(any_store, one) == []

    def meddle(work: Work) -> list[Fact]:
        service.give_up(work, one, NoActivities(), owner=ME)
        service.postpone(work, one, owner=ME, error="x", retry_at=work.real_now)
        service.hand_back(work, one, owner=ME)
        return [*work.facts]

    assert any_store.write_now(meddle) == []
    assert job_of(any_store, job_id).lease_owner == OTHER


def test_the_same_words_are_told_only_once(any_store: Store, actor: Actor) -> None:
    first, second = ordered(any_store, actor), ordered(any_store, actor)
    assert finished(any_store, taken(any_store)) == [DocumentRead(first, [ACTIVITY], 2)]
    assert finished(any_store, taken(any_store)) == [DocumentRepeated(second)]
    again = any_store.write_now(lambda work: service.order_again(work, second, actor=actor).id)
    any_store.write_now(
        lambda work: work.session.execute(
            update(StoredFile).values(state=FileState.have, path="holding/ab/ab")
        )
    )
    assert finished(any_store, taken(any_store)) == [DocumentRead(again, [ACTIVITY], 2)]


def test_other_words_and_other_people_are_no_repetition(any_store: Store, actor: Actor) -> None:
    other = people.make(any_store, Role.contact)
    ordered(any_store, actor)
    finished(any_store, taken(any_store))
    theirs, different = ordered(any_store, other), ordered(any_store, actor)
    assert finished(any_store, taken(any_store)) == [DocumentRead(theirs, [ACTIVITY], 2)]
    digested = replace(DIGESTED, sha256="cd" * 32)
    assert finished(any_store, taken(any_store), digested) == [
        DocumentRead(different, [ACTIVITY], 2)
    ]


@pytest.mark.parametrize("state", [one for one in DocumentState if one != "repeated"])
def test_only_a_repetition_of_ones_own_is_read_again(
    any_store: Store, actor: Actor, state: DocumentState
) -> None:
    other = people.make(any_store, Role.contact)
    job_id = ordered(any_store, actor)

    def put(work: Work, *, value: DocumentState) -> None:
        work.session.execute(update(DocumentJob).values(state=value))

    def again(work: Work, *, who: Actor) -> None:
        service.order_again(work, job_id, actor=who)

    for value, who in ((state, actor), (DocumentState.repeated, other)):
        any_store.write_now(partial(put, value=value))
        with pytest.raises(StaleButton):
            any_store.write_now(partial(again, who=who))
    with pytest.raises(StaleButton):
        any_store.write_now(lambda work: service.order_again(work, job_id + 1, actor=actor))


def test_a_file_that_gives_nothing_is_told_with_its_reason(any_store: Store, actor: Actor) -> None:
    job_id = ordered(any_store, actor)
    one = taken(any_store)
    why: BusinessError = NoActivities()

    def write(work: Work) -> list[Fact]:
        service.give_up(work, one, why, owner=ME)
        facts = [*work.facts]
        work.facts.clear()
        return facts

    assert any_store.write_now(write) == [DocumentRefused(job_id, why)]
    job = job_of(any_store, job_id)
    assert (job.state, job.error) == (DocumentState.refused, "NoActivities")
    assert file_of(any_store, job_id).state is FileState.leaving


def test_a_try_that_failed_counts_and_waits(any_store: Store, actor: Actor) -> None:
    job_id = ordered(any_store, actor)
    one = taken(any_store)
    any_store.write_now(
        lambda work: service.postpone(
            work, one, owner=ME, error="MakerDied", retry_at=work.real_now + MINUTE
        )
    )
    assert take(any_store) is None
    any_store.write_now(
        lambda work: work.session.execute(update(DocumentJob).values(retry_at=work.real_now))
    )
    assert taken(any_store).attempts == 1
    assert job_of(any_store, job_id).state is DocumentState.reading


def test_a_file_that_was_handed_back_did_not_fail(any_store: Store, actor: Actor) -> None:
    ordered(any_store, actor)
    one = taken(any_store)
    any_store.write_now(lambda work: service.hand_back(work, one, owner=ME))
    assert taken(any_store, OTHER).attempts == 0


def test_what_a_dead_reader_held_is_taken_back_as_a_failure(any_store: Store, actor: Actor) -> None:
    ordered(any_store, actor)
    taken(any_store, "dead")
    assert any_store.write_now(service.take_back) == 0
    assert take(any_store) is None
    assert any_store.write_now(lambda work: service.take_back(work, all_of_them=True)) == 1
    assert taken(any_store).attempts == 1
    any_store.write_now(
        lambda work: work.session.execute(update(DocumentJob).values(lease_until=work.real_now))
    )
    assert any_store.write_now(service.take_back) == 1
    assert taken(any_store).attempts == 2


def test_what_cannot_be_read_is_not_even_kept(any_store: Store, actor: Actor) -> None:
    with pytest.raises(NoText):
        any_store.write_now(
            lambda work: service.order(work, replace(FILE, name="总结.pdf"), actor=actor)
        )
    for _ in range(MOST_AT_ONCE):
        ordered(any_store, actor)
    with pytest.raises(TooManyDocuments):
        ordered(any_store, actor)
    assert any_store.read_now(files) == MOST_AT_ONCE


def files(view: View) -> int:
    return len(view.session.scalars(select(StoredFile.id)).all())


def everything(view: View) -> str:
    return "\n".join(
        str(value)
        for table in Base.metadata.sorted_tables
        for row in view.session.execute(text(f'SELECT * FROM "{table.name}"'))
        for value in row
    )


def test_of_who_is_forgotten_no_file_is_read_and_no_name_is_left(
    any_store: Store, actor: Actor
) -> None:
    done = ordered(any_store, actor)
    finished(any_store, taken(any_store))
    waits = ordered(any_store, actor)
    one = taken(any_store)
    assert SECRET in any_store.read_now(everything)
    any_store.write_now(lambda work: forget(work, actor=actor, inbox_id=0))
    assert SECRET not in any_store.read_now(everything)
    assert finished(any_store, one) == []
    states = [job_of(any_store, job_id).state for job_id in (done, waits)]
    assert states == [DocumentState.done, DocumentState.cancelled]
    assert file_of(any_store, waits).state is FileState.leaving


def test_a_file_is_forgotten_long_after_it_was_read_and_not_before(
    any_store: Store, actor: Actor, clock: SetClock
) -> None:
    ordered(any_store, actor)
    finished(any_store, taken(any_store))
    waits = ordered(any_store, actor, replace(FILE, name="b.docx"))
    ended = clock.at

    def purge(work: Work) -> int:
        return purge_documents(work, ended)

    assert not any_store.read_now(lambda view: has_old_documents(view, ended))
    assert any_store.write_now(purge) == 0
    ended += timedelta(seconds=1)
    assert any_store.read_now(lambda view: has_old_documents(view, ended))
    assert any_store.write_now(purge) == 1
    assert any_store.read_now(lambda view: view.session.scalars(select(DocumentJob.id)).all()) == [
        waits
    ]
