"""Add the files that messages wait for."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "file_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_owner", sa.String(length=40), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size_bytes", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["outbox_id"],
            ["outbox.id"],
            name=op.f("fk_file_job_outbox_id_outbox"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_file_job_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_job")),
        sa.UniqueConstraint("outbox_id", name=op.f("uq_file_job_outbox_id")),
    )
    with op.batch_alter_table("file_job", schema=None) as batch_op:
        batch_op.create_index("ix_file_job_person", ["person_id", "state"], unique=False)
        batch_op.create_index("ix_file_job_wanted", ["state", "retry_at"], unique=False)


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("file_job", schema=None) as batch_op:
        batch_op.drop_index("ix_file_job_wanted")
        batch_op.drop_index("ix_file_job_person")

    op.drop_table("file_job")
