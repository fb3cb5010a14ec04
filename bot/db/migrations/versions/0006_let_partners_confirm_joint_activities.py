"""Let partners confirm joint activities.

Units that reports named before are asked from now on: nobody has confirmed for them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "partner_answer",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("own_report_id", sa.Integer(), nullable=True),
        sa.Column("apart", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["person.id"], name=op.f("fk_partner_answer_answered_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["own_report_id"], ["report.id"], name=op.f("fk_partner_answer_own_report_id_report")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_partner_answer_report_id_report")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_partner_answer_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("report_id", "unit_id", name=op.f("pk_partner_answer")),
    )
    with op.batch_alter_table("partner_answer", schema=None) as batch_op:
        batch_op.create_index("ix_partner_answer_own", ["own_report_id"], unique=False)
        batch_op.create_index("ix_partner_answer_unit", ["unit_id", "state"], unique=False)
    op.execute(
        "INSERT INTO partner_answer (report_id, unit_id, state, asked_at, apart)"
        " SELECT DISTINCT report.id, report_partner.unit_id, 'pending', report.submitted_at,"
        " false"
        " FROM report_partner JOIN report ON report.id = report_partner.report_id"
        " WHERE report_partner.unit_id IS NOT NULL AND report_partner.unit_id <> report.unit_id"
    )


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("partner_answer", schema=None) as batch_op:
        batch_op.drop_index("ix_partner_answer_unit")
        batch_op.drop_index("ix_partner_answer_own")

    op.drop_table("partner_answer")
