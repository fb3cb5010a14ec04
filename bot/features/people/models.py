"""The tables of people, role grants and invitations."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.roles import Role
from bot.db.base import Base, Choice, UtcDateTime


class Person(Base):
    """Somebody who wrote to the bot. No more is kept than the campaign needs.

    `name` is empty until the person registers or takes up an invitation. `unreachable_at` is set
    when Telegram refuses our messages (blocked, gone) and cleared by the next /start.
    `forgotten_at` means that the personal data was erased: no telegram_id, name or phone.
    `menu_stale` means that the command menu of their chat is that of other roles or of another
    language than they have now.

    A `minor` comes with their guardian (`guardian_id`) or with a school team (VOL-11); no birth
    date is kept. `registered_by` is who registered somebody without Telegram (`telegram_id` None);
    None for those who came themselves. Until `no_asks_until` they are not asked to cover posts.
    `reminder_minutes` is how long before a post they want the second reminder; None: as configured.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    name: Mapped[str] = mapped_column(String(80), default="")
    phone: Mapped[str | None] = mapped_column(String(30))
    language: Mapped[str] = mapped_column(String(10))
    team: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    consent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    unreachable_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    forgotten_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    menu_stale: Mapped[bool] = mapped_column(default=False)
    minor: Mapped[bool] = mapped_column(default=False, server_default=false())
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    registered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    no_asks_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminder_minutes: Mapped[int | None]

    __table_args__ = (
        Index("ix_person_menu_stale", "menu_stale"),
        Index("ix_person_team", "team"),
        Index("ix_person_guardian", "guardian_id"),
        Index("ix_person_registered_by", "registered_by"),
    )


class Grant(Base):
    """A role that a person holds, from `granted_at` until `revoked_at`.

    `unit_id` is set for contacts and unit heads, `post_id` for post leads. `granted_by` is None
    for a grant that came from the shell or by registering oneself.
    """

    __tablename__ = "role_grant"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(Choice(Role))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    post_id: Mapped[int | None] = mapped_column()
    team: Mapped[str | None] = mapped_column(String(40))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_grant_person", "person_id", "revoked_at"),
        Index("ix_grant_role", "role", "revoked_at"),
        Index("ix_grant_unit", "unit_id", "role", "revoked_at"),
    )


class Invitation(Base):
    """A single-use invitation to a role; the code itself is not kept, only its hash.

    `created_by` is None for an invitation made in the shell. `replaces_id` is the grant that ends
    when the invitation is taken up: its holder hands over to whoever takes it up. `team` is the
    team that a team lead is to lead; None: the one they belong to.
    """

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Role] = mapped_column(Choice(Role))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    team: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("role_grant.id"))


class LinkCode(Base):
    """A code in a link that people hand on: to join a team, or to be a minor's guardian.

    `team` is the team that whoever opens it joins, as often as it is opened; `ward_id` the minor
    whose guardian the one who confirms it becomes, once. After `ended_at` it opens nothing.
    """

    __tablename__ = "link_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    team: Mapped[str | None] = mapped_column(String(40))
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_link_code_team", "team"),
        Index("ix_link_code_ward", "ward_id"),
    )


class WrongCode(Base):
    """One wrong invitation code that a person tried."""

    __tablename__ = "wrong_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
