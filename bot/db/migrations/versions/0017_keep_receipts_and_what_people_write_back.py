"""Keep receipts and what people write back."""

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


def downgrade() -> None:
    """Take this step back."""
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
