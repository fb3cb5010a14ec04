"""Tell of many posts piece by piece."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("flip", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cursor", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("flip", schema=None) as batch_op:
        batch_op.drop_column("cursor")
