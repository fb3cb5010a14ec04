"""Invite to lead teams and hand on codes."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "link_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("team", sa.String(length=40), nullable=True),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_link_code_created_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["ward_id"], ["person.id"], name=op.f("fk_link_code_ward_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_code")),
        sa.UniqueConstraint("code", name=op.f("uq_link_code_code")),
    )
    with op.batch_alter_table("link_code", schema=None) as batch_op:
        batch_op.create_index("ix_link_code_team", ["team"], unique=False)
        batch_op.create_index("ix_link_code_ward", ["ward_id"], unique=False)

    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("team", sa.String(length=40), nullable=True))

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index("ix_person_guardian", ["guardian_id"], unique=False)
        batch_op.create_index("ix_person_registered_by", ["registered_by"], unique=False)
        batch_op.create_index("ix_person_team", ["team"], unique=False)


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index("ix_person_team")
        batch_op.drop_index("ix_person_registered_by")
        batch_op.drop_index("ix_person_guardian")

    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_column("team")

    with op.batch_alter_table("link_code", schema=None) as batch_op:
        batch_op.drop_index("ix_link_code_ward")
        batch_op.drop_index("ix_link_code_team")

    op.drop_table("link_code")
