"""Keep issued bulletins in the register, the order of their items, and albums message by message."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("bulletin", schema=None) as batch_op:
        batch_op.add_column(sa.Column("document_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_bulletin_document_id_official_document"),
            "official_document",
            ["document_id"],
            ["id"],
        )
    with op.batch_alter_table("bulletin_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("file_job", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stored_file_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_file_job_stored_file_id_stored_file"),
            "stored_file",
            ["stored_file_id"],
            ["id"],
        )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("album", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("album")
    with op.batch_alter_table("file_job", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_file_job_stored_file_id_stored_file"), type_="foreignkey"
        )
        batch_op.drop_column("stored_file_id")
    with op.batch_alter_table("bulletin_item", schema=None) as batch_op:
        batch_op.drop_column("place")
    with op.batch_alter_table("bulletin", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_bulletin_document_id_official_document"), type_="foreignkey"
        )
        batch_op.drop_column("document_id")
