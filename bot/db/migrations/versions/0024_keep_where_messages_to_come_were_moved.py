"""Keep until when an effect is put off, and to when a message to come was moved."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("job_run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("put_off_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_job_run_put_off",
            ["put_off_until"],
            unique=False,
            sqlite_where=sa.text("put_off_until IS NOT NULL"),
            postgresql_where=sa.text("put_off_until IS NOT NULL"),
        )
    with op.batch_alter_table("skipped_send", schema=None) as batch_op:
        batch_op.add_column(sa.Column("moved_to", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("instead_of", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_skipped_send_instead_of_skipped_send"),
            "skipped_send",
            ["instead_of"],
            ["id"],
        )
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    """Take this step back; what was cancelled for everybody is not kept for one."""
    op.execute("DELETE FROM skipped_send WHERE person_id IS NULL")
    op.execute("DELETE FROM job_run WHERE put_off_until IS NOT NULL")
    with op.batch_alter_table("skipped_send", schema=None) as batch_op:
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_constraint(
            batch_op.f("fk_skipped_send_instead_of_skipped_send"), type_="foreignkey"
        )
        batch_op.drop_column("instead_of")
        batch_op.drop_column("moved_to")
    with op.batch_alter_table("job_run", schema=None) as batch_op:
        batch_op.drop_index("ix_job_run_put_off")
        batch_op.drop_column("put_off_until")
