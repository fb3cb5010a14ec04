"""Keep the corrections of notices."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("edition", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column(
                "correct_cursor",
                sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                nullable=True,
            )
        )


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_column("correct_cursor")
        batch_op.drop_column("corrected_at")
        batch_op.drop_column("edition")
