"""Add the documents of units."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "unit_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("file_kind", sa.String(length=20), nullable=False),
        sa.Column("file_id", sa.String(length=300), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=True),
        sa.Column("stored_file_id", sa.Integer(), nullable=True),
        sa.Column("official_day", sa.Date(), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filed_by", sa.Integer(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("return_reason", sa.String(length=600), nullable=True),
        sa.ForeignKeyConstraint(
            ["filed_by"], ["person.id"], name=op.f("fk_unit_document_filed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["person.id"], name=op.f("fk_unit_document_reviewed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["stored_file_id"],
            ["stored_file.id"],
            name=op.f("fk_unit_document_stored_file_id_stored_file"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_unit_document_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_document")),
    )
    with op.batch_alter_table("unit_document", schema=None) as batch_op:
        batch_op.create_index("ix_unit_document_state", ["state", "filed_at"], unique=False)
        batch_op.create_index("ix_unit_document_unit", ["unit_id", "slot"], unique=False)
        batch_op.create_index(
            "uq_unit_document_version", ["slot", "unit_id", "version"], unique=True
        )


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("unit_document", schema=None) as batch_op:
        batch_op.drop_index("uq_unit_document_version")
        batch_op.drop_index("ix_unit_document_unit")
        batch_op.drop_index("ix_unit_document_state")

    op.drop_table("unit_document")
