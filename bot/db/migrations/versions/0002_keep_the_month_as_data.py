"""Keep the month as data."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

PARTS = {"text": "F2", "changes": "F3", "experience": "F4", "outlook": "outlook"}
"""The columns that held a month's parts, and the sections that hold them now."""

filing = sa.table(
    "submission",
    *(sa.column(name) for name in ("id", "period", "state", *PARTS)),
)
section = sa.table(
    "month_section", *(sa.column(name) for name in ("submission_id", "section", "own"))
)
is_month = (filing.c.period != "once") & filing.c.state.not_in(["no_activity", "explained"])


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "month_words",
        sa.Column("obligation", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_month_words_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_month_words_written_by_person")
        ),
        sa.PrimaryKeyConstraint(
            "obligation", "unit_id", "period", "section", name=op.f("pk_month_words")
        ),
    )
    op.create_table(
        "month_activity",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("report_version", sa.Integer(), nullable=False),
        sa.Column("typical", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_month_activity_report_id_report")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_month_activity_submission_id_submission"),
        ),
        sa.PrimaryKeyConstraint("submission_id", "report_id", name=op.f("pk_month_activity")),
    )
    with op.batch_alter_table("month_activity", schema=None) as batch_op:
        batch_op.create_index("ix_month_activity_report", ["report_id"], unique=False)

    op.create_table(
        "month_section",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("assembled", sa.Text(), nullable=True),
        sa.Column("own", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_month_section_submission_id_submission"),
        ),
        sa.PrimaryKeyConstraint("submission_id", "section", name=op.f("pk_month_section")),
    )
    op.create_table(
        "month_total",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(length=40), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("approx", sa.Boolean(), nullable=False),
        sa.Column("bound", sa.String(length=40), nullable=True),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_month_total_submission_id_submission"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month_total")),
    )
    with op.batch_alter_table("month_total", schema=None) as batch_op:
        batch_op.create_index("uq_month_total_metric", ["submission_id", "metric"], unique=True)

    op.create_table(
        "month_source",
        sa.Column("total_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("approx", sa.Boolean(), nullable=False),
        sa.Column("bound", sa.String(length=40), nullable=True),
        sa.Column("activity", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_month_source_report_id_report")
        ),
        sa.ForeignKeyConstraint(
            ["total_id"], ["month_total.id"], name=op.f("fk_month_source_total_id_month_total")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_month_source_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("total_id", "report_id", name=op.f("pk_month_source")),
    )
    with op.batch_alter_table("report_partner", schema=None) as batch_op:
        batch_op.create_index("ix_report_partner_unit", ["unit_id", "report_id"], unique=False)

    # Without a batch, which would make the tables anew while others refer to their rows.
    op.add_column(
        "report", sa.Column("typical", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("submission", sa.Column("excused_until", sa.Date(), nullable=True))
    for column, name in PARTS.items():
        part = sa.select(filing.c.id, sa.literal(name), filing.c[column]).where(
            filing.c[column].is_not(None), is_month
        )
        op.execute(section.insert().from_select(["submission_id", "section", "own"], part))
    op.execute(filing.update().where(is_month).values(text=None))
    for column in ("changes", "experience", "outlook"):
        op.drop_column("submission", column)


def downgrade() -> None:
    """Take this step back."""
    for column, name in PARTS.items():
        if column != "text":
            op.add_column("submission", sa.Column(column, sa.Text(), nullable=True))
        own = (
            sa.select(section.c.own)
            .where(section.c.submission_id == filing.c.id, section.c.section == name)
            .scalar_subquery()
        )
        op.execute(filing.update().where(is_month).values({column: own}))
    op.drop_column("submission", "excused_until")
    op.drop_column("report", "typical")

    with op.batch_alter_table("report_partner", schema=None) as batch_op:
        batch_op.drop_index("ix_report_partner_unit")

    op.drop_table("month_source")
    with op.batch_alter_table("month_total", schema=None) as batch_op:
        batch_op.drop_index("uq_month_total_metric")

    op.drop_table("month_total")
    op.drop_table("month_section")
    with op.batch_alter_table("month_activity", schema=None) as batch_op:
        batch_op.drop_index("ix_month_activity_report")

    op.drop_table("month_activity")
    op.drop_table("month_words")
