"""Keep bulletins."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Apply this step."""
    _number_them()
    _keep_them()
    _keep_what_they_hold()


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("bulletin_item", schema=None) as batch_op:
        batch_op.drop_index("uq_bulletin_item_report")

    op.drop_table("bulletin_item")
    with op.batch_alter_table("bulletin", schema=None) as batch_op:
        batch_op.drop_index("uq_bulletin_serial")
        batch_op.drop_index("ix_bulletin_state")

    op.drop_table("bulletin")
    op.drop_table("bulletin_series")


def _number_them() -> None:
    op.create_table(
        "bulletin_series",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_bulletin_series")),
    )


def _keep_them() -> None:
    op.create_table(
        "bulletin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("foreword", sa.Text(), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issuer", sa.String(length=120), nullable=True),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["bulletin.id"], name=op.f("fk_bulletin_corrects_id_bulletin")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_bulletin_created_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["person.id"], name=op.f("fk_bulletin_issued_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin")),
    )
    with op.batch_alter_table("bulletin", schema=None) as batch_op:
        batch_op.create_index("ix_bulletin_state", ["state", "issued_on"], unique=False)
        batch_op.create_index("uq_bulletin_serial", ["year", "serial"], unique=True)


def _keep_what_they_hold() -> None:
    op.create_table(
        "bulletin_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bulletin_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=16), nullable=True),
        sa.Column("typical", sa.Boolean(), nullable=False),
        sa.Column("unit_name", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bulletin_id"], ["bulletin.id"], name=op.f("fk_bulletin_item_bulletin_id_bulletin")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_bulletin_item_report_id_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin_item")),
    )
    with op.batch_alter_table("bulletin_item", schema=None) as batch_op:
        batch_op.create_index("uq_bulletin_item_report", ["bulletin_id", "report_id"], unique=True)
