"""Keep calls for cover and who was asked."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "cover_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("other_post_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=30), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_cover_call_asked_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["other_post_id"], ["post.id"], name=op.f("fk_cover_call_other_post_id_post")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_cover_call_person_id_person")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_cover_call_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover_call")),
        sa.UniqueConstraint("code", name=op.f("uq_cover_call_code")),
    )
    with op.batch_alter_table("cover_call", schema=None) as batch_op:
        batch_op.create_index("ix_cover_call_open", ["ended_at", "post_id"], unique=False)
        batch_op.create_index("ix_cover_call_person", ["person_id", "ended_at"], unique=False)
        batch_op.create_index("ix_cover_call_post", ["post_id", "kind"], unique=False)

    op.create_table(
        "cover_ask",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["call_id"], ["cover_call.id"], name=op.f("fk_cover_ask_call_id_cover_call")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_cover_ask_person_id_person")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_cover_ask_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover_ask")),
    )
    with op.batch_alter_table("cover_ask", schema=None) as batch_op:
        batch_op.create_index("ix_cover_ask_call", ["call_id", "state"], unique=False)
        batch_op.create_index("ix_cover_ask_person", ["person_id", "at"], unique=False)
        batch_op.create_index("uq_cover_ask_person", ["post_id", "person_id"], unique=True)


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("cover_ask", schema=None) as batch_op:
        batch_op.drop_index("uq_cover_ask_person")
        batch_op.drop_index("ix_cover_ask_person")
        batch_op.drop_index("ix_cover_ask_call")

    op.drop_table("cover_ask")
    with op.batch_alter_table("cover_call", schema=None) as batch_op:
        batch_op.drop_index("ix_cover_call_post")
        batch_op.drop_index("ix_cover_call_person")
        batch_op.drop_index("ix_cover_call_open")

    op.drop_table("cover_call")
