"""What stands in the house, by its ids."""

from dataclasses import dataclass

from tests.security.bulletins import BulletinThings
from tests.security.covering import CoverThings
from tests.security.hours import HourThings
from tests.security.joint import JointThings
from tests.security.stand import StandThings


@dataclass(frozen=True)
class Things:
    """The ids of what is in the house: `own_…` belongs to the first holder of a role."""

    own_unit: int
    other_unit: int
    group: int
    own_report: int
    other_report: int
    other_number: str
    joint: JointThings
    own_plan: int
    other_plan: int
    official: int
    own_document: int
    other_document: int
    wish: int
    own_routine: int
    other_routine: int
    own_month: int
    other_month: int
    own_total: int
    other_total: int
    own_post: int
    other_post: int
    flip: int
    hours: HourThings
    stand: StandThings
    notice: int
    reply: int
    bulletins: BulletinThings
    meeting: int
    notice_template: int
    invitation: int
    own_grant: int
    other_grant: int
    admin_grant: int
    staff_grant: int
    volunteer: int
    other_volunteer: int
    other_draft: int
    other_pasted: int
    other_textfile: int
    code: str
    cover: CoverThings
    batch: int
    copy_draft: int
    template: int
    place: int
    enrolled: int
    team_plan: int
    team_code: str
    guardian_code: str
    ward: int
    skipped: int
