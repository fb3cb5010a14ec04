"""Closing a post: hours, thanks and the draft of a report, each once (VOL-09)."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from bot.core.errors import BusinessError, NotAllowed
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.attendance import settling
from bot.features.attendance.models import How, Presence
from bot.features.attendance.settling import Settled
from bot.features.closing import service
from bot.features.closing.errors import (
    ClosedMeanwhile,
    MoreKnewThanAsked,
    NotBegunYet,
    ResultIsFiled,
)
from bot.features.closing.models import Counted, PostResult
from bot.features.closing.outcome import Outcome
from bot.features.closing.queries import get_result, total
from bot.features.closing.units import reporting_unit
from bot.features.outbox.models import OutboxRow
from bot.features.people.actor import Actor
from bot.features.people.models import Grant
from bot.features.posts.errors import PostIsCancelled
from bot.features.posts.models import Post, PostState
from bot.features.reports.content import Content
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.service import file_report
from bot.features.units.models import Unit
from bot.features.units.queries import get_unit
from bot.features.units.service import load_units
from tests.features.attendance.gate import Gate
from tests.features.posts.scene import SATURDAY


def amount(value: int) -> Amount:
    return Amount(Decimal(value), approx=False, raw=str(value))


def counts(**values: int) -> Mapping[Counted, Amount]:
    return {Counted(name): amount(value) for name, value in values.items()}


def close(
    gate: Gate,
    outcome: Outcome | None = None,
    *,
    by: Actor | None = None,
    version: int | None = None,
) -> int:
    """Close the post and return the version of what came of it."""

    def write(work: Work) -> int:
        row = service.close_post(
            work,
            actor=by or gate.lead,
            post_id=gate.post_id,
            outcome=outcome or Outcome(),
            config=gate.scene.config,
            version=version,
        )
        return row.version

    return gate.scene.write(write)


def contact_of(gate: Gate, slug: str) -> Actor:
    """Return a new contact of the unit `slug`."""
    person = gate.scene.person("", Role.contact)

    def write(work: Work) -> None:
        load_units(work, gate.scene.config)
        work.session.flush()
        grant = work.session.scalars(select(Grant).where(Grant.person_id == person.person_id)).one()
        grant.unit_id = get_unit(work, slug).id

    gate.scene.write(write)
    return gate.fresh(person)


def sent(gate: Gate, holds: str) -> int:
    """Return how many outbox rows have a key that holds `holds`."""

    def read(view: View) -> int:
        rows = select(func.count()).where(OutboxRow.dedupe_key.contains(holds))
        return view.session.scalar(rows) or 0

    return gate.scene.read(read)


def test_those_who_came_are_thanked_and_the_others_are_absent(gate: Gate) -> None:
    came, missing = gate.people(2)
    gate.check_in(came, gate.code())
    gate.at(95)
    assert close(gate) == 1
    assert gate.scene.get(gate.post_id).state is PostState.closed
    assert (gate.state(came), gate.state(missing)) == (Presence.checked_out, Presence.absent)
    [one] = gate.presences()
    assert (one.how_out, gate.minutes()) == (How.close, [90])
    assert any("这一岗计 90 分钟" in text for text in gate.scene.told(came))
    assert not any("谢谢" in text for text in gate.scene.told(missing))
    assert sent(gate, ":thanks:") == 1


def test_hours_are_settled_once_whatever_is_corrected(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[Settled] = []
    monkeypatch.setattr(settling, "_settlers", [lambda _w, _c, one: settled.append(one)])
    person = gate.people(1)[0]
    gate.check_in(person, gate.code())
    gate.at(95)
    close(gate)
    assert close(gate, version=1) == 2
    assert [[one.person_id for one in each.presents] for each in settled] == [[person.person_id]]


def test_a_post_that_is_closed_before_its_end_counts_until_then(gate: Gate) -> None:
    person = gate.people(1)[0]
    gate.check_in(person, gate.code())
    gate.at(40)
    close(gate)
    assert gate.minutes() == [40]


def test_what_was_counted_is_kept_and_summed(gate: Gate) -> None:
    gate.at(95)
    close(gate, Outcome(counts(signatures=50, asked=20, knew=18), remark="很热闹"))
    found = gate.scene.read(lambda view: get_result(view, gate.post_id))
    assert list(found.outcome.counts) == [Counted.signatures, Counted.asked, Counted.knew]
    assert found.outcome.remark == "很热闹"
    summed = gate.scene.read(
        lambda view: total(view, Counted.signatures, since=SATURDAY, until=found.post.ends_at)
    )
    assert summed == 50


def test_a_second_close_is_refused_and_a_correction_is_not(gate: Gate) -> None:
    gate.at(95)
    close(gate)
    with pytest.raises(ClosedMeanwhile) as refused:
        close(gate, by=gate.office)
    assert refused.value.data == {"name": "吴老师"}
    assert close(gate, Outcome(counts(leaflets=5)), by=gate.office, version=1) == 2
    with pytest.raises(ClosedMeanwhile):
        close(gate, version=1)


@pytest.mark.parametrize(
    ("minutes", "values", "refusal"),
    [
        pytest.param(-1, {}, NotBegunYet, id="not begun"),
        pytest.param(95, {"state": PostState.cancelled}, PostIsCancelled, id="cancelled"),
    ],
)
def test_what_cannot_be_closed(
    sqlite_gate: Gate, minutes: int, values: dict[str, object], refusal: type[BusinessError]
) -> None:
    sqlite_gate.at(minutes)
    sqlite_gate.change(**values)
    with pytest.raises(refusal):
        close(sqlite_gate)


def test_strangers_close_nothing_and_sums_must_add_up(sqlite_gate: Gate) -> None:
    sqlite_gate.at(95)
    with pytest.raises(NotAllowed):
        close(sqlite_gate, by=sqlite_gate.scene.person())
    with pytest.raises(MoreKnewThanAsked):
        close(sqlite_gate, Outcome(counts(asked=2, knew=3)))
    assert sqlite_gate.scene.get(sqlite_gate.post_id).state is PostState.published


def test_the_responsible_unit_gets_the_draft_once_and_a_correction_changes_it(gate: Gate) -> None:
    contact = contact_of(gate, "tuanquwei")
    gate.at(95)
    close(gate, Outcome(counts(leaflets=200)))
    [draft] = [text for text in gate.scene.told(contact) if "报送稿" in text]
    assert "200份" in draft
    close(gate, Outcome(counts(leaflets=300)), version=1)
    told = [text for text in gate.scene.told(contact) if "报送稿" in text]
    assert len(told) == 2
    assert "300份" in told[1]
    assert sent(gate, f":proposal:{contact.person_id}:v2") == 1, "an edit of the first message"


def test_a_post_makes_one_report(gate: Gate) -> None:
    contact = contact_of(gate, "tuanquwei")
    other = contact_of(gate, "tuanquwei")
    gate.at(95)
    close(gate)

    def write(work: Work) -> int:
        content = Content(unit_id=contact.unit_ids[0], task_id=None, title="志愿服务活动")
        report = file_report(work, gate.scene.config, content, actor=contact)
        service.link_report(work, actor=contact, post_id=gate.post_id, report_id=report.id)
        return report.id

    report_id = gate.scene.write(write)
    assert sent(gate, f":proposal:{other.person_id}:filed") == 1
    with pytest.raises(ResultIsFiled):
        gate.scene.write(write)
    close(gate, Outcome(counts(leaflets=9)), version=1)
    row = gate.scene.read(lambda view: view.session.get_one(PostResult, gate.post_id))
    assert (row.report_id, row.version) == (report_id, 2)
    assert sent(gate, ":v2") == 0, "what was submitted is not changed behind its back"


def test_where_no_unit_has_a_contact_the_office_is_told(sqlite_gate: Gate) -> None:
    sqlite_gate.at(95)
    close(sqlite_gate)
    assert any("没有联络员" in text for text in sqlite_gate.scene.told(sqlite_gate.office))


def test_the_posts_own_unit_comes_first_then_the_tasks_then_the_others(sqlite_gate: Gate) -> None:
    gate = sqlite_gate

    def unit_slug(view: View) -> str | None:
        post = view.session.get_one(Post, gate.post_id)
        unit_id = reporting_unit(view, gate.scene.config, post)
        return None if unit_id is None else view.session.get_one(Unit, unit_id).slug

    assert gate.scene.read(unit_slug) is None
    contact_of(gate, "wenmingban")
    assert gate.scene.read(unit_slug) == "wenmingban"
    contact_of(gate, "tuanquwei")
    assert gate.scene.read(unit_slug) == "tuanquwei"
    responsible = gate.scene.config.task("C6").responsible[0]
    contact_of(gate, responsible)
    assert gate.scene.read(unit_slug) == responsible
    kexie = contact_of(gate, "kexie")
    gate.change(unit_id=kexie.unit_ids[0])
    assert gate.scene.read(unit_slug) == "kexie"


def test_a_lecture_counts_its_listeners_and_gives_no_hours(
    sqlite_gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[Settled] = []
    monkeypatch.setattr(settling, "_settlers", [lambda _w, _c, one: settled.append(one)])
    gate = sqlite_gate
    contact = contact_of(gate, "tuanquwei")
    gate.change(kind="shimin-jiangtang", title="文明礼仪")
    listener = gate.people(2)[0]
    gate.check_in(listener, gate.code())
    gate.at(95)
    close(gate)
    assert settled == []
    [draft] = [text for text in gate.scene.told(contact) if "报送稿" in text]
    assert "市民讲堂《文明礼仪》" in draft
    assert "到场 1 人" in draft
    assert any("谢谢您来听" in text for text in gate.scene.told(listener))
