"""Read the files that people send."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "document_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stored_file_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=True),
        sa.Column("caption", sa.Text(), nullable=True),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_owner", sa.String(length=40), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("activities", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_document_job_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["stored_file_id"],
            ["stored_file.id"],
            name=op.f("fk_document_job_stored_file_id_stored_file"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_job")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("document_job", schema=None) as batch_op:
        batch_op.create_index("ix_document_job_ended", ["ended_at"], unique=False)
        batch_op.create_index("ix_document_job_person", ["person_id", "state"], unique=False)
        batch_op.create_index("ix_document_job_wanted", ["state", "retry_at"], unique=False)


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("document_job", schema=None) as batch_op:
        batch_op.drop_index("ix_document_job_wanted")
        batch_op.drop_index("ix_document_job_person")
        batch_op.drop_index("ix_document_job_ended")

    op.drop_table("document_job")
