"""What stands in the house: people of every kind, and something of everybody's."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.core.roles import UNIT_BOUND, Role
from bot.db.work import View, Work
from bot.features.archive.service import Incoming as IncomingFile
from bot.features.deadlines.filing import Filed, Where, file_plan
from bot.features.drafts.models import Draft, DraftState
from bot.features.finding.service import remember
from bot.features.notices.audience import EVERYONE, Audience
from bot.features.notices.content import Content
from bot.features.notices.models import Notice
from bot.features.notices.service import confirm
from bot.features.notices.templates import save_template
from bot.features.people.actor import Actor, find_actor
from bot.features.people.invitations import find_by_code, invite
from bot.features.people.models import Grant, Person
from bot.features.posts.drafting import NewPost
from bot.features.posts.managing import publish
from bot.features.posts.models import Post
from bot.features.posts.signing import sign_up
from bot.features.reports.models import Report
from bot.features.reports.service import file_report
from tests.security.bulletins import furnish_bulletins
from tests.security.came_back import came_back
from tests.security.covering import furnish_cover
from tests.security.flips import flip_of
from tests.security.hours import furnish_hours
from tests.security.joint import JointThings, Side, furnish_joint
from tests.security.ordered import furnish_orders
from tests.security.papers import (
    official_document,
    repeated_file,
    said,
    sent_file,
    total_id,
    unit_document,
)
from tests.security.planned import planned
from tests.security.stand import furnish_stand
from tests.security.teams import furnish_team
from tests.security.things import Things
from tests.support.bot import RunningBot, unit_id_of
from tests.support.months import file_month

OWN, OTHER = "kexie", "keji"
TEAM, OTHER_TEAM = "kepu", "jinguo"
"""The team that the team lead leads, and another one."""
SECRET = "机密"
"""Stands in every text of the house: no refusal may show it."""

STRANGER, NOBODY, FORMER = "stranger", "nobody", "former"
"""Who never wrote; who wrote and holds no role; who was a coordinator."""
OTHERS = {
    "other_contact": Role.contact,
    "other_head": Role.unit_head,
    "other_post_lead": Role.post_lead,
    "other_volunteer": Role.volunteer,
}
"""Second holders of a role, each bound to another unit or post than the first."""

PEOPLE = (*(role.value for role in Role), NOBODY, FORMER)
NUMBERS = {name: 1001 + n for n, name in enumerate((*PEOPLE, *OTHERS))}


def furnish(work: Work, bot: RunningBot) -> Things:
    """Put something of everybody's into the database and return what is where."""
    units = {slug: unit_id_of(work, slug) for slug in (OWN, OTHER)}
    _people(work, units)
    office = _actor(work, Role.coordinator)
    leads = (Role.post_lead.value, "other_post_lead")
    posts = [publish(work, actor=office, post=_post(work, lead)) for lead in leads]
    for name, post in zip((Role.volunteer.value, "other_volunteer"), posts, strict=True):
        sign_up(work, actor=_actor(work, name), post_id=post.id, config=bot.config)
    reports, plans = _papers(work, bot, units)
    months = _months(work, bot, units)
    documents = _documents(work, bot, units)
    notice, template = _notices(work, bot, office)
    return Things(
        own_unit=units[OWN],
        other_unit=units[OTHER],
        group=unit_id_of(work, "xiangzhen-jiedao"),
        own_report=reports[0].id,
        other_report=reports[1].id,
        other_number=reports[1].number,
        joint=_joint(work, bot, units),
        own_plan=plans[0].submission.id,
        other_plan=plans[1].submission.id,
        official=official_document(work, bot.config, office, _file(OWN)),
        own_document=documents[0],
        other_document=documents[1],
        own_month=months[0],
        other_month=months[1],
        own_total=total_id(work, months[0]),
        other_total=total_id(work, months[1]),
        notice=notice.id,
        bulletins=furnish_bulletins(work, office, [one.id for one in reports], SECRET),
        **came_back(work, bot.config, notice, office, _actor(work, Role.contact), words=SECRET),
        notice_template=template,
        **_invitation(work, bot),
        own_grant=_grant_id(work, Role.contact.value),
        other_grant=_grant_id(work, "other_contact"),
        admin_grant=_grant_id(work, Role.admin.value),
        staff_grant=_grant_id(work, Role.team_lead.value),
        volunteer=_actor(work, Role.volunteer).person_id,
        other_volunteer=_actor(work, "other_volunteer").person_id,
        other_draft=_draft(work, "report"),
        other_pasted=_draft(work, "pasted", DraftState.parked),
        other_textfile=repeated_file(
            work, IncomingFile(**sent_file(SECRET)), _actor(work, "other_contact"), f"{SECRET}说明"
        ),
        **planned(work, bot.config, office, [_post(work, Role.post_lead.value)], words=SECRET),
        **_at_posts(work, bot, office, posts, units),
    )


def _at_posts(
    work: Work, bot: RunningBot, office: Actor, posts: Sequence[Post], units: Mapping[str, int]
) -> dict[str, Any]:
    """Put what belongs to the two posts into the database and return what is where."""
    return {
        **furnish_orders(work, office, (units[OWN], units[OTHER]), SECRET),
        "own_post": posts[0].id,
        "other_post": posts[1].id,
        "flip": flip_of(work, office.person_id, posts[1]),
        "hours": furnish_hours(work, posts, SECRET),
        "cover": furnish_cover(work, bot.config, office, posts),
        "stand": furnish_stand(work, office, posts, [units[OWN], units[OTHER]]),
        **furnish_team(work, bot.config, office, posts[0].id, TEAM, SECRET),
    }


def _notices(work: Work, bot: RunningBot, office: Actor) -> tuple[Notice, int]:
    """Send a notice to everyone and keep it as a template; return it and the template's number."""
    notice = confirm(
        work,
        actor=office,
        config=bot.config,
        content=Content(f"{SECRET}通知"),
        audience=Audience(frozenset({EVERYONE})),
    )
    return notice, save_template(work, actor=office, notice=notice, name=f"{SECRET}模板").id


def _invitation(work: Work, bot: RunningBot) -> dict[str, Any]:
    """Return the code and the id of an invitation that nobody has used."""
    admin = _actor(work, Role.admin)
    code = invite(work, actor=admin, role=Role.supervisor, unit=None, config=bot.config)
    invitation = find_by_code(work, code)
    assert invitation is not None
    return {"code": code, "invitation": invitation.id}


def _people(work: Work, units: Mapping[str, int]) -> None:
    for role in Role:
        _add(work, role.value, role, units[OWN])
    for name, role in OTHERS.items():
        _add(work, name, role, units[OTHER])
    _add(work, NOBODY, None, None)
    _add(work, FORMER, Role.coordinator, None, revoked=True)
    for number in NUMBERS.values():
        remember(work, person_of(work, number).id, "活动")


def _papers(
    work: Work, bot: RunningBot, units: Mapping[str, int]
) -> tuple[list[Report], list[Filed]]:
    reports = [
        file_report(work, bot.config, said(units[slug], slug, SECRET), actor=_actor(work, name))
        for name, slug in ((Role.contact.value, OWN), ("other_contact", OTHER))
    ]
    plans = [
        file_plan(
            work,
            Where("O1", "once", units[slug]),
            actor=_actor(work, name),
            config=bot.config,
            file=_file(slug),
            official_day=None,
        )
        for name, slug in ((Role.contact.value, OWN), ("other_contact", OTHER))
    ]
    return reports, plans


def _documents(work: Work, bot: RunningBot, units: Mapping[str, int]) -> list[int]:
    return [
        unit_document(work, bot.config, units[slug], _actor(work, name), _file(slug))
        for name, slug in ((Role.contact.value, OWN), ("other_contact", OTHER))
    ]


def _joint(work: Work, bot: RunningBot, units: Mapping[str, int]) -> JointThings:
    own = Side(OWN, units[OWN], _actor(work, Role.contact))
    other = Side(OTHER, units[OTHER], _actor(work, "other_contact"))
    return furnish_joint(work, bot.config, own, other, words=SECRET)


def _months(work: Work, bot: RunningBot, units: Mapping[str, int]) -> list[int]:
    return [
        file_month(
            work,
            Where("O2", "2024-06", units[slug]),
            actor=_actor(work, name),
            config=bot.config,
            news=f"{SECRET}动态{slug}",
        ).submission.id
        for name, slug in ((Role.contact.value, OWN), ("other_contact", OTHER))
    ]


def _add(
    work: Work, name: str, role: Role | None, unit_id: int | None, *, revoked: bool = False
) -> None:
    person = Person(
        telegram_id=NUMBERS[name],
        name=f"{SECRET}{name}",
        phone=f"{SECRET}13800000000",
        language="zh_CN",
        created_at=work.now,
        consent_at=work.now,
    )
    work.session.add(person)
    work.session.flush()
    if role is not None:
        work.session.add(
            Grant(
                person_id=person.id,
                role=role,
                unit_id=unit_id if role in UNIT_BOUND else None,
                team=TEAM if role is Role.team_lead else None,
                granted_at=work.now,
                revoked_at=work.now if revoked else None,
            )
        )
        work.session.flush()


def _post(work: Work, lead: str) -> NewPost:
    day = work.now + timedelta(days=3)
    return NewPost(
        "shichang",
        f"{lead}岗",
        day,
        day + timedelta(hours=2),
        capacity=5,
        lead_person_id=person_of(work, NUMBERS[lead]).id,
        note=None,
    )


def _file(slug: str) -> IncomingFile:
    return IncomingFile(
        tg_file_id=f"{slug}-plan",
        tg_unique_id=f"{slug}-plan-unique",
        kind="document",
        name=f"{SECRET}方案{slug}.docx",
        size_bytes=100,
        mime="application/msword",
    )


def _draft(work: Work, flow: str, state: DraftState = DraftState.active) -> int:
    """Let the other contact have an unfinished report."""
    number = NUMBERS["other_contact"]
    draft = Draft(
        chat_id=number,
        person_id=person_of(work, number).id,
        flow=flow,
        version=1,
        state=state,
        step="title",
        answers={"title": f"{SECRET}草稿"},
        started_at=work.now,
        touched_at=work.now,
    )
    work.session.add(draft)
    work.session.flush()
    return draft.id


def _actor(work: Work, who: str) -> Actor:
    actor = find_actor(work, NUMBERS[str(who)])
    assert actor is not None
    return actor


def person_of(work: View, telegram_id: int) -> Person:
    return work.session.scalars(select(Person).where(Person.telegram_id == telegram_id)).one()


def _grant_id(work: Work, who: str) -> int:
    owner = person_of(work, NUMBERS[who]).id
    return work.session.scalars(select(Grant.id).where(Grant.person_id == owner)).one()
