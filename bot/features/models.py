"""The model list: every module that holds tables."""

from bot.features.archive import models as archive
from bot.features.attendance import models as attendance
from bot.features.audit import models as audit
from bot.features.bulletins import models as bulletins
from bot.features.certificates import models as certificates
from bot.features.closing import models as closing
from bot.features.cover import models as cover
from bot.features.deadlines import models as deadlines
from bot.features.digests import models as digests
from bot.features.documents import models as documents
from bot.features.drafts import models as drafts
from bot.features.finding import models as finding
from bot.features.flips import models as flips
from bot.features.hours import models as hours
from bot.features.inbox import models as inbox
from bot.features.making import models as making
from bot.features.meetings import models as meetings
from bot.features.months import models as months
from bot.features.notices import models as notices
from bot.features.obligations import models as obligations
from bot.features.outbox import models as outbox
from bot.features.people import models as people
from bot.features.places import models as places
from bot.features.posts import models as posts
from bot.features.receipts import models as receipts
from bot.features.register import models as register
from bot.features.rehearsal import models as rehearsal
from bot.features.reports import models as reports
from bot.features.routines import models as routines
from bot.features.runs import models as runs
from bot.features.teams import models as teams
from bot.features.textfiles import models as textfiles
from bot.features.units import models as units
from bot.features.workdays import models as workdays

MODEL_MODULES = (
    archive,
    attendance,
    audit,
    bulletins,
    certificates,
    closing,
    cover,
    deadlines,
    digests,
    documents,
    drafts,
    finding,
    flips,
    hours,
    inbox,
    making,
    meetings,
    months,
    notices,
    obligations,
    outbox,
    people,
    places,
    posts,
    receipts,
    register,
    rehearsal,
    reports,
    routines,
    runs,
    teams,
    textfiles,
    units,
    workdays,
)
