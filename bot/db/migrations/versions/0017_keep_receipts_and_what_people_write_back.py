"""Keep receipts and what people write back; invite to meetings."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "notice_receipt",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_receipt_notice_id_notice")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_notice_receipt_person_id_person")
        ),
        sa.PrimaryKeyConstraint("notice_id", "person_id", name=op.f("pk_notice_receipt")),
    )
    _keep_replies()
    _keep_rounds()
    _invite_to_meetings()
    _invite_guests()


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("meeting_guest", schema=None) as batch_op:
        batch_op.drop_index("ix_meeting_guest_person")

    op.drop_table("meeting_guest")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index("ix_meeting_starts_at")

    op.drop_table("meeting")
    op.drop_table("receipt_closing")
    with op.batch_alter_table("receipt_chase", schema=None) as batch_op:
        batch_op.drop_index("uq_receipt_chase_number")
        batch_op.drop_index("ix_receipt_chase_finished")

    op.drop_table("receipt_chase")
    with op.batch_alter_table("notice_reply", schema=None) as batch_op:
        batch_op.drop_index("ix_notice_reply_person")
        batch_op.drop_index("ix_notice_reply_notice")
        batch_op.drop_index("ix_notice_reply_answers")

    op.drop_table("notice_reply")
    op.drop_table("notice_receipt")


def _keep_replies() -> None:
    op.create_table(
        "notice_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("album_id", sa.String(length=40), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answers_id"],
            ["notice_reply.id"],
            name=op.f("fk_notice_reply_answers_id_notice_reply"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_notice_reply_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_reply_notice_id_notice")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_notice_reply_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_reply")),
    )
    with op.batch_alter_table("notice_reply", schema=None) as batch_op:
        batch_op.create_index("ix_notice_reply_answers", ["answers_id"], unique=False)
        batch_op.create_index("ix_notice_reply_notice", ["notice_id", "id"], unique=False)
        batch_op.create_index("ix_notice_reply_person", ["person_id"], unique=False)


def _keep_rounds() -> None:
    op.create_table(
        "receipt_chase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_receipt_chase_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_receipt_chase_notice_id_notice")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_chase")),
    )
    with op.batch_alter_table("receipt_chase", schema=None) as batch_op:
        batch_op.create_index("ix_receipt_chase_finished", ["finished_at"], unique=False)
        batch_op.create_index("uq_receipt_chase_number", ["notice_id", "number"], unique=True)

    op.create_table(
        "receipt_closing",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["person.id"], name=op.f("fk_receipt_closing_closed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_receipt_closing_notice_id_notice")
        ),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_receipt_closing")),
    )


def _invite_to_meetings() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_meeting_created_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"],
            ["official_document.id"],
            name=op.f("fk_meeting_minutes_id_official_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index("ix_meeting_starts_at", ["starts_at"], unique=False)


def _invite_guests() -> None:
    op.create_table(
        "meeting_guest",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("stand_in", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_guest_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_meeting_guest_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["person.id"], name=op.f("fk_meeting_guest_signed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_meeting_guest_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_meeting_guest")),
    )
    with op.batch_alter_table("meeting_guest", schema=None) as batch_op:
        batch_op.create_index("ix_meeting_guest_person", ["person_id"], unique=False)
