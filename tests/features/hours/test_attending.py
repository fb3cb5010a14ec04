"""A post that is closed makes hours of those who came."""

from datetime import timedelta

from bot.db.work import Work
from bot.features.attendance.models import Attendance, How, Presence
from bot.features.attendance.settling import Settled, _settlers, settle_post
from bot.features.hours.attending import credit_attendance
from bot.features.hours.models import HourKind
from bot.features.hours.rules import Totals
from bot.features.people.actor import Actor
from tests.features.hours.scene import HourScene


def came(
    scene: HourScene, post_id: int, who: Actor, *, how_in: How, how_out: How | None, go: int | None
) -> None:
    """Let somebody have come at the start, and gone after `go` minutes (None: not yet)."""
    start = scene.get(post_id).starts_at
    signup = scene.signup(who, post_id)

    def write(work: Work) -> None:
        work.session.add(
            Attendance(
                signup_id=signup.id,
                post_id=post_id,
                person_id=who.person_id,
                state=Presence.checked_in if go is None else Presence.checked_out,
                present=signup.size,
                in_at=start,
                out_at=None if go is None else start + timedelta(minutes=go),
                how_in=how_in,
                how_out=how_out,
            )
        )

    scene.write(write)


def close(scene: HourScene, post_id: int, lead: Actor) -> Settled:
    return scene.write(
        lambda work: settle_post(work, scene.config, post_id=post_id, by_person_id=lead.person_id)
    )


def test_each_way_of_coming_and_going_has_its_kind(any_scene: HourScene) -> None:
    lead = any_scene.person()
    signed, listed, stayed, away = people = any_scene.people(4)
    post = any_scene.past_post(*people, lead=lead)
    came(any_scene, post, signed, how_in=How.code, how_out=How.button, go=100)
    came(any_scene, post, listed, how_in=How.list, how_out=How.list, go=60)
    came(any_scene, post, stayed, how_in=How.qr, how_out=None, go=None)
    for _ in range(2):
        close(any_scene, post, lead)
    assert [any_scene.totals(one) for one in people] == [
        Totals(signed=100),
        Totals(confirmed=60),
        Totals(confirmed=120),
        Totals(),
    ]
    assert [one.by_person_id for one in any_scene.entries(stayed)] == [lead.person_id]
    assert credit_attendance in _settlers
    assert [one.kind for one in any_scene.entries(signed)] == [HourKind.signed]
    assert any_scene.entries(away) == []
