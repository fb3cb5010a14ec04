"""Answer presses that wait early."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("query_id", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("early", sa.String(length=40), nullable=True))


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_column("early")
        batch_op.drop_column("kept_at")
        batch_op.drop_column("query_id")
