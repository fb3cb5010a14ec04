"""Decide about many posts at once."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "flip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("shift_minutes", sa.Integer(), nullable=True),
        sa.Column("by_person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_flip_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["person.id"], name=op.f("fk_flip_undone_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flip")),
    )
    op.create_table(
        "flip_post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("flip_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("old_state", sa.String(length=40), nullable=False),
        sa.Column("old_starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("old_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("old_paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("old_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("led", sa.Boolean(), nullable=False),
        sa.Column("restored", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["flip_id"], ["flip.id"], name=op.f("fk_flip_post_flip_id_flip")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_flip_post_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flip_post")),
    )
    with op.batch_alter_table("flip_post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flip_post_post_id"), ["post_id"], unique=False)
        batch_op.create_index("uq_flip_post", ["flip_id", "post_id"], unique=True)


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("flip_post", schema=None) as batch_op:
        batch_op.drop_index("uq_flip_post")
        batch_op.drop_index(batch_op.f("ix_flip_post_post_id"))

    op.drop_table("flip_post")
    op.drop_table("flip")
