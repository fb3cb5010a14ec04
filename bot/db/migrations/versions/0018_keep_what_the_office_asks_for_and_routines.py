"""Keep what the office asks for, deadlines it moved, extensions, and routines of units."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Apply this step."""
    _moves()
    _extensions()
    _obligations()
    _routines()


def downgrade() -> None:
    """Take this step back."""
    op.drop_table("routine_done")
    with op.batch_alter_table("routine", schema=None) as batch_op:
        batch_op.drop_index("ix_routine_unit")

    op.drop_table("routine")
    op.drop_table("obligation")
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.drop_index("ix_extension_state")
        batch_op.drop_index("ix_extension_slot")

    op.drop_table("extension")
    with op.batch_alter_table("deadline_move", schema=None) as batch_op:
        batch_op.drop_index("ix_deadline_move")

    op.drop_table("deadline_move")


def _moves() -> None:
    op.create_table(
        "deadline_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation", sa.String(length=16), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("moved_by", sa.Integer(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["moved_by"], ["person.id"], name=op.f("fk_deadline_move_moved_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_move")),
    )
    with op.batch_alter_table("deadline_move", schema=None) as batch_op:
        batch_op.create_index("ix_deadline_move", ["obligation", "period"], unique=False)


def _extensions() -> None:
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation", sa.String(length=16), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("open_key", sa.String(length=60), nullable=True),
        sa.Column("wanted", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=600), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=600), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_extension_asked_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_extension_decided_by_person")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_extension_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
        sa.UniqueConstraint("open_key", name=op.f("uq_extension_open_key")),
    )
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.create_index(
            "ix_extension_slot", ["obligation", "period", "unit_id"], unique=False
        )
        batch_op.create_index("ix_extension_state", ["state"], unique=False)


def _obligations() -> None:
    op.create_table(
        "obligation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("details", sa.String(length=400), nullable=True),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("frequency", sa.String(length=40), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("due_day", sa.String(length=16), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ladder", sa.String(length=32), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["person.id"], name=op.f("fk_obligation_ended_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_obligation_made_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
    )


def _routines() -> None:
    op.create_table(
        "routine",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("rhythm", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_routine_set_by_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_routine_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routine")),
    )
    with op.batch_alter_table("routine", schema=None) as batch_op:
        batch_op.create_index("ix_routine_unit", ["unit_id"], unique=False)

    op.create_table(
        "routine_done",
        sa.Column("routine_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("done_by", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["done_by"], ["person.id"], name=op.f("fk_routine_done_done_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["routine_id"], ["routine.id"], name=op.f("fk_routine_done_routine_id_routine")
        ),
        sa.PrimaryKeyConstraint("routine_id", "day", name=op.f("pk_routine_done")),
    )
