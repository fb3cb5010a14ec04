"""Let units set routines: when they are asked for on their day, and whether they rest."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("routine", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hour", sa.Integer(), server_default="9", nullable=False))
        batch_op.add_column(sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("routine", schema=None) as batch_op:
        batch_op.drop_column("paused_at")
        batch_op.drop_column("hour")
