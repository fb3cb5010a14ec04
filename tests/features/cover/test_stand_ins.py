"""Looking for a stand-in, and taking somebody's place (VOL-02)."""

from datetime import timedelta

import pytest

from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import Work
from bot.features.cover.errors import (
    AlreadyCovered,
    AlreadyThere,
    NobodyWanted,
    OnlyWaiting,
    OwnPlace,
)
from bot.features.cover.models import AskState, CoverEnd
from bot.features.people.models import Person
from bot.features.posts.errors import NotRegistered, NotSignedUp, PostHasStarted, PostsOverlap
from bot.features.posts.ineligible import TooManyHours
from bot.features.posts.models import SignupState
from tests.features.cover.scene import CoverScene
from tests.features.posts.scene import SATURDAY
from tests.support.clock import SetClock


def test_who_looks_is_expected_until_somebody_stands_in(any_scene: CoverScene) -> None:
    lead, goes, comes = any_scene.people(3)
    post = any_scene.post(capacity=1, lead=lead)
    any_scene.sign_up(goes, post)
    call = any_scene.look(goes, post)
    assert any_scene.confirmed(post) == [goes.person_id]
    assert any_scene.signup(goes, post).looking_since is not None
    any_scene.take(comes, call)
    assert any_scene.confirmed(post) == [comes.person_id]
    assert any_scene.signup(goes, post).state is SignupState.left
    assert any_scene.signup(goes, post).looking_since is None
    assert any_scene.get(post).taken == 1
    assert any_scene.get_call(call).end is CoverEnd.taken


def test_the_number_stays_with_the_place_and_the_line_says_so(any_scene: CoverScene) -> None:
    goes, comes = any_scene.people(2)
    post = any_scene.post(capacity=1)
    any_scene.sign_up(goes, post)
    any_scene.take(comes, any_scene.look(goes, post))
    assert any_scene.signup(comes, post).number == 1
    assert any_scene.steps(post) == [(1, "placed"), (1, "handed_over"), (1, "placed")]


def test_the_lead_hears_at_once_and_each_is_told_once(scene: CoverScene) -> None:
    lead, goes, comes = scene.person("吴老师"), scene.person("小陈"), scene.person("小林")
    post = scene.post(capacity=1, lead=lead)
    scene.sign_up(goes, post)
    call = scene.look(goes, post)
    scene.look(goes, post)
    assert sum("小陈 来不了，正在找人替" in text for text in scene.told(lead)) == 1
    scene.take(comes, call)
    assert sum("小林 替 小陈" in text for text in scene.told(lead)) == 1
    assert [text for text in scene.told(goes) if "有人替您了" in text]
    assert not any("小林" in text for text in scene.told(goes)), "names are the lead's alone"


def test_only_the_first_stands_in(any_scene: CoverScene) -> None:
    goes, first, second = any_scene.people(3)
    post = any_scene.post(capacity=1)
    any_scene.sign_up(goes, post)
    call = any_scene.look(goes, post)
    any_scene.take(first, call)
    with pytest.raises(AlreadyCovered):
        any_scene.take(second, call)
    assert any_scene.confirmed(post) == [first.person_id]


def test_companions_leave_with_who_brought_them_and_the_line_gets_the_rest(
    any_scene: CoverScene,
) -> None:
    goes, waits, comes = any_scene.people(3)
    post = any_scene.post(capacity=2, companions=1)
    any_scene.sign_up(goes, post, size=2)
    any_scene.sign_up(waits, post)
    any_scene.take(comes, any_scene.look(goes, post))
    assert any_scene.confirmed(post) == [comes.person_id]
    assert any_scene.signup(waits, post).state is SignupState.offered
    assert (any_scene.get(post).taken, any_scene.get(post).waiting) == (2, 0)


def test_who_waits_there_may_stand_in_and_leaves_the_line(any_scene: CoverScene) -> None:
    goes, waits = any_scene.people(2)
    post = any_scene.post(capacity=1)
    any_scene.sign_up(goes, post)
    any_scene.sign_up(waits, post)
    any_scene.take(waits, any_scene.look(goes, post))
    assert any_scene.confirmed(post) == [waits.person_id]
    assert (any_scene.get(post).taken, any_scene.get(post).waiting) == (1, 0)


def test_all_rules_hold_for_who_stands_in(any_scene: CoverScene) -> None:
    goes, busy, tired = any_scene.people(3)
    post = any_scene.post(capacity=1, hours=2)
    any_scene.sign_up(goes, post)
    call = any_scene.look(goes, post)
    any_scene.sign_up(busy, any_scene.post(at=SATURDAY + timedelta(hours=1)))
    with pytest.raises(PostsOverlap):
        any_scene.take(busy, call)
    any_scene.sign_up(tired, any_scene.post(at=SATURDAY + timedelta(hours=3), hours=7))
    with pytest.raises(TooManyHours):
        any_scene.take(tired, call)
    assert any_scene.confirmed(post) == [goes.person_id], "a refusal changes nothing"
    assert any_scene.get(post).taken == 1


def test_nobody_stands_in_for_themselves_or_takes_two_places(scene: CoverScene) -> None:
    goes, there = scene.people(2)
    post = scene.post(capacity=2)
    scene.sign_up(goes, post)
    scene.sign_up(there, post)
    call = scene.look(goes, post)
    with pytest.raises(OwnPlace):
        scene.take(goes, call)
    with pytest.raises(AlreadyThere):
        scene.take(there, call)
    stranger = type(goes)(scene.person().person_id, 1, "", "zh_CN")
    with pytest.raises(NotRegistered):
        scene.take(stranger, call)


def test_only_who_has_a_place_looks(scene: CoverScene, clock: SetClock) -> None:
    holds, waits, nobody = scene.people(3)
    post = scene.post(capacity=1)
    scene.sign_up(holds, post)
    scene.sign_up(waits, post)
    with pytest.raises(OnlyWaiting):
        scene.look(waits, post)
    with pytest.raises(NotSignedUp):
        scene.look(nobody, post)
    clock.at = SATURDAY
    with pytest.raises(PostHasStarted):
        scene.look(holds, post)


def test_who_comes_after_all_ends_the_search(scene: CoverScene) -> None:
    lead, goes, comes = scene.person("吴老师"), scene.person("小陈"), scene.person()
    post = scene.post(lead=lead)
    scene.sign_up(goes, post)
    call = scene.look(goes, post)
    with pytest.raises(NotFound):
        scene.stop(comes, call)
    scene.stop(goes, call)
    scene.stop(goes, call)
    assert scene.signup(goes, post).looking_since is None
    with pytest.raises(NobodyWanted):
        scene.take(comes, call)
    assert sum("小陈 不找人替了" in text for text in scene.told(lead)) == 1


def test_leaving_ends_the_search(any_scene: CoverScene) -> None:
    goes, comes, _ = any_scene.people(3)
    post = any_scene.post()
    any_scene.sign_up(goes, post)
    call = any_scene.look(goes, post)
    any_scene.ask_around(goes, call)
    any_scene.leave(goes, post)
    with pytest.raises(NobodyWanted):
        any_scene.take(comes, call)
    assert any_scene.settle() == [call.id]
    assert any_scene.get_call(call).end is CoverEnd.gone
    assert set(any_scene.states(call)) == {AskState.closed}
    assert any_scene.settle() == []


def test_the_search_ends_at_the_start_and_says_so_two_hours_before(
    scene: CoverScene, clock: SetClock
) -> None:
    goes = scene.person()
    post = scene.post()
    scene.sign_up(goes, post)
    call = scene.look(goes, post)
    clock.at = SATURDAY - timedelta(hours=2, minutes=1)
    assert scene.settle() == []
    clock.at = SATURDAY - timedelta(hours=2)
    assert scene.settle() == [call.id]
    assert scene.settle() == []
    assert sum("还没有人替您" in text for text in scene.told(goes)) == 1
    clock.at = SATURDAY
    assert scene.settle() == [call.id]
    assert scene.get_call(call).end is CoverEnd.begun
    assert scene.signup(goes, post).looking_since is None
    assert scene.confirmed(post) == [goes.person_id]


def test_who_begins_to_look_shortly_before_is_not_warned(
    scene: CoverScene, clock: SetClock
) -> None:
    goes = scene.person()
    post = scene.post()
    scene.sign_up(goes, post)
    clock.at = SATURDAY - timedelta(hours=1)
    scene.look(goes, post)
    assert scene.settle() == []


def test_the_bot_asks_around_once_a_search(any_scene: CoverScene) -> None:
    goes, *others = any_scene.people(12)
    post = any_scene.post()
    any_scene.sign_up(goes, post)
    call = any_scene.look(goes, post)
    assert any_scene.ask_around(goes, call) == any_scene.config.posts.cover.people_asked
    assert any_scene.ask_around(goes, call) == 0
    assert goes.person_id not in any_scene.asked(call)
    taker = others[0]
    any_scene.send_all()
    any_scene.say_yes(taker, any_scene.ask_of(taker, call))
    assert any_scene.confirmed(post) == [taker.person_id]
    assert any_scene.ask_of(taker, call).state is AskState.accepted
    assert "已补齐，谢谢" in any_scene.edits(others[1])[0]
    assert any_scene.edits(taker) == []


def test_those_in_the_line_are_asked_first(scene: CoverScene) -> None:
    goes, *others = scene.people(4)
    post = scene.post(capacity=1)
    scene.sign_up(goes, post)
    scene.sign_up(others[-1], post)
    call = scene.look(goes, post)
    scene.ask_around(goes, call)
    assert scene.asked(call)[0] == others[-1].person_id


def test_the_lead_hears_who_left_and_where_the_place_went(scene: CoverScene) -> None:
    lead, goes, waits = scene.person("吴老师"), scene.person("小陈"), scene.person("小林")
    post = scene.post(capacity=1, lead=lead)
    scene.sign_up(goes, post)
    scene.sign_up(waits, post)
    scene.leave_and_tell(goes, post)
    [told] = [text for text in scene.told(lead) if "小陈 取消了报名" in text]
    assert "名额已按顺序留给候补的人" in told
    scene.accept(waits, post)
    scene.leave_and_tell(waits, post)
    [told] = [text for text in scene.told(lead) if "小林 取消了报名" in text]
    assert "名额空出来了" in told


def test_a_lead_of_the_office_who_goes_is_not_told_of_themselves(scene: CoverScene) -> None:
    lead = scene.person("", Role.volunteer)
    post = scene.post(lead=lead)
    scene.sign_up(lead, post)
    before = len(scene.told(lead))
    scene.leave_and_tell(lead, post)
    assert len(scene.told(lead)) == before


def test_the_minor_of_who_hands_on_the_place_does_not_stay_alone(any_scene: CoverScene) -> None:
    goes, comes, waits = any_scene.people(3)
    post = any_scene.post(kind="shichang", capacity=2)
    child = any_scene.person("小明")

    def ward(work: Work) -> None:
        found = work.session.get_one(Person, child.person_id)
        found.minor, found.guardian_id = True, goes.person_id

    any_scene.write(ward)
    for one in (goes, child, waits):
        any_scene.sign_up(one, post)
    any_scene.take(comes, any_scene.look(goes, post))
    assert any_scene.confirmed(post) == [comes.person_id]
    assert any_scene.offered(post) == [waits.person_id], "the place of the minor is given on"
    assert any_scene.get(post).taken == 2
