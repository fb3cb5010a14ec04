"""Other words for a notice: what has not begun has them at once, what is to many needs two."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.db.work import Work
from bot.features.notices import recalling, rewording, service
from bot.features.notices.correcting import NewWords, correct_topic
from bot.features.notices.errors import (
    CorrectedMeanwhile,
    CorrectionSettled,
    CorrectionWaits,
    NobodyToAgree,
    OwnNotice,
    ProposerLeft,
)
from bot.features.notices.models import Notice, NoticeState
from bot.features.outbox.models import OutboxRow, State
from bot.features.people.actor import Actor
from tests.features.notices.scene import NoticeScene, changed

UNITS = ("kexie", "jiaotong", "keji")
LATER = timedelta(hours=2)


def reworded(scene: NoticeScene, actor: Actor, number: int, text: str = "新的文字") -> None:
    """Give a notice other words, or propose them."""

    def step(work: Work) -> None:
        edition = work.session.get_one(Notice, number).edition
        words = NewWords(text, [], edition)
        rewording.correct(work, actor=actor, config=scene.config, notice_id=number, words=words)

    scene.write(step)


def agreeing(actor: Actor, number: int, proposal: int = 1) -> Callable[[Work], Notice]:
    """Return the step in which somebody agrees to proposed words."""
    return lambda work: rewording.agree_to_words(
        work, actor=actor, notice_id=number, proposal=proposal
    )


def refusing(actor: Actor, number: int, proposal: int = 1) -> Callable[[Work], Notice]:
    """Return the step in which somebody takes proposed words away."""
    return lambda work: rewording.refuse_words(
        work, actor=actor, notice_id=number, proposal=proposal
    )


def notice(scene: NoticeScene, number: int) -> Notice:
    """Return the notice as it stands."""
    return scene.read(lambda view: view.session.get_one(Notice, number))


def changes(scene: NoticeScene, number: int) -> list[OutboxRow]:
    """Return the changes of messages that the latest correction made."""
    return scene.rows(number, topic=correct_topic(notice(scene, number)))


@pytest.fixture
def office(small: NoticeScene) -> list[Actor]:
    """Return an author, and a second and a third coordinator."""
    return [small.coordinator() for _ in range(3)]


@pytest.fixture
def sent(small: NoticeScene, office: list[Actor]) -> int:
    """Return the number of a notice that went to more than one person alone may tell."""
    for unit in UNITS:
        small.contact(unit)
    number = small.confirmed(office[0])
    small.write(
        lambda work: service.agree(work, actor=office[1], notice_id=number, edition=1) and None
    )
    small.tick(2)
    small.settle(number, *([State.sent] * len(UNITS)))
    small.tick(2)
    return number


def test_what_many_read_is_changed_by_nobody_alone(
    small: NoticeScene, office: list[Actor], sent: int
) -> None:
    author, second, _ = office
    reworded(small, author, sent)
    small.tick(3)
    assert (notice(small, sent).text, changes(small, sent)) == ("开会", [])
    with pytest.raises(OwnNotice):
        small.write(agreeing(author, sent))
    small.write(agreeing(second, sent))
    small.tick(3)
    assert notice(small, sent).text == "新的文字"
    assert len(changes(small, sent)) == len(UNITS)
    with pytest.raises(CorrectionSettled):
        small.write(agreeing(second, sent))


def test_what_few_read_is_changed_at_once(scene: NoticeScene) -> None:
    scene.contact()
    author = scene.coordinator()
    scene.coordinator()
    number = scene.confirmed(author)
    scene.tick(2)
    scene.settle(number, State.sent)
    reworded(scene, author, number)
    scene.tick(2)
    assert len(changes(scene, number)) == 1


async def test_two_who_agree_at_once_change_it_once(
    small: NoticeScene, office: list[Actor], sent: int
) -> None:
    reworded(small, office[0], sent)
    outcomes = await asyncio.gather(
        *(small.store.write(agreeing(one, sent)) for one in office[1:]), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["CorrectionSettled", "Notice"]
    small.tick(3)
    assert len(changes(small, sent)) == len(UNITS)


def test_refused_words_change_nothing_and_others_can_be_proposed(
    small: NoticeScene, office: list[Actor], sent: int
) -> None:
    author, second, third = office
    reworded(small, author, sent, "第一次的更正")
    with pytest.raises(CorrectionWaits):
        reworded(small, third, sent, "小王的更正")
    small.write(refusing(second, sent))
    reworded(small, third, sent, "小王的更正")
    # The button of the words that were refused does not agree to those that came after them.
    with pytest.raises(CorrectionSettled):
        small.write(agreeing(second, sent))
    small.write(agreeing(author, sent, proposal=2))
    small.tick(3)
    assert notice(small, sent).text == "小王的更正"


def test_words_of_somebody_who_left_the_office_are_not_agreed_to(
    small: NoticeScene, office: list[Actor], sent: int
) -> None:
    author, second, third = office
    reworded(small, author, sent, "离开前的更正")
    small.end_roles(author)
    with pytest.raises(ProposerLeft):
        small.write(agreeing(second, sent))
    assert notice(small, sent).text == "开会"
    small.write(refusing(second, sent))
    reworded(small, second, sent)
    small.write(agreeing(third, sent, proposal=2))
    assert notice(small, sent).text == "新的文字"


def test_a_recall_takes_what_was_proposed_with_it(
    small: NoticeScene, office: list[Actor], sent: int
) -> None:
    reworded(small, office[0], sent)
    small.write(lambda work: recalling.recall(work, actor=office[1], notice_id=sent) and None)
    with pytest.raises(CorrectionSettled):
        small.write(refusing(office[0], sent))


def test_with_nobody_to_agree_the_words_stay(
    small: NoticeScene, office: list[Actor], sent: int
) -> None:
    author, second, third = office
    for one in (second, third):
        small.end_roles(one)
    with pytest.raises(NobodyToAgree):
        reworded(small, author, sent)
    assert notice(small, sent).proposed is None


def test_a_notice_that_waits_for_its_time_goes_with_the_new_words(scene: NoticeScene) -> None:
    scene.contact()
    author = scene.coordinator()
    number = scene.confirmed(author, send_at=scene.clock.now() + LATER)
    reworded(scene, author, number)
    assert scene.state(number) is NoticeState.scheduled
    scene.clock.move(hours=2)
    scene.tick(3)
    [row] = scene.rows(number)
    assert "新的文字" in row.payload["html"]
    # Nobody read other words: it is no correction to them.
    assert "更正" not in row.payload["html"]


def test_a_confirmed_notice_that_waits_asks_again_before_it_goes_to_many(
    small: NoticeScene, office: list[Actor]
) -> None:
    author, second, third = office
    for unit in UNITS:
        small.contact(unit)
    number = small.confirmed(author, send_at=small.clock.now() + LATER)

    def agree(actor: Actor, edition: int) -> None:
        small.write(
            lambda work: (
                service.agree(work, actor=actor, notice_id=number, edition=edition) and None
            )
        )

    agree(second, 1)
    reworded(small, third, number)
    small.clock.move(hours=2)
    small.tick(3)
    assert (small.state(number), small.told(number)) == (NoticeState.awaiting, [])
    # Who wrote the words does not confirm them; who saw the old ones confirms nothing either.
    with pytest.raises(OwnNotice):
        agree(third, 2)
    with pytest.raises(CorrectedMeanwhile):
        agree(second, 1)
    agree(author, 2)
    small.tick(4)
    assert len(small.told(number)) == len(UNITS)


def test_what_awaits_a_second_person_does_so_with_a_raised_limit_as_well(
    small: NoticeScene, office: list[Actor]
) -> None:
    for unit in UNITS:
        small.contact(unit)
    number = small.confirmed(office[0])
    small.config = changed(small.config, second_person_above=100)
    reworded(small, office[0], number)
    asked = [f"notice:{number}:agree:2:{one.person_id}" for one in office[1:]]
    found = small.read(
        lambda view: view.session.scalars(
            select(OutboxRow.dedupe_key).where(OutboxRow.dedupe_key.in_(asked))
        ).all()
    )
    assert sorted(found) == sorted(asked)
