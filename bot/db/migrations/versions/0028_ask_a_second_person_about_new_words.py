"""Ask a second person about the new words of a notice to many."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("words_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("proposed", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("proposed_by", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("proposals", sa.Integer(), server_default="0", nullable=False)
        )
        for name in ("words_by", "proposed_by"):
            batch_op.create_foreign_key(
                batch_op.f(f"fk_notice_{name}_person"), "person", [name], ["id"]
            )


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("notice", schema=None) as batch_op:
        for name in ("words_by", "proposed_by"):
            batch_op.drop_constraint(batch_op.f(f"fk_notice_{name}_person"), type_="foreignkey")
        for name in ("proposals", "proposed_by", "proposed", "words_by"):
            batch_op.drop_column(name)
