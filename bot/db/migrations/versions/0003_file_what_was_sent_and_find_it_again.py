"""File what was sent, and find it again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "archive_series",
        sa.Column("base", sa.String(length=80), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("base", name=op.f("pk_archive_series")),
    )
    op.create_table(
        "hints_off",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_hints_off_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_hints_off")),
    )
    op.create_table(
        "search",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_search_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_search")),
    )
    op.create_table(
        "archive_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stored_file_id", sa.Integer(), nullable=False),
        sa.Column("base", sa.String(length=80), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=20), nullable=False),
        sa.Column("unit_slug", sa.String(length=60), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("path", sa.String(length=120), nullable=True),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["stored_file_id"],
            ["stored_file.id"],
            name=op.f("fk_archive_item_stored_file_id_stored_file"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_archive_item_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive_item")),
    )
    with op.batch_alter_table("archive_item", schema=None) as batch_op:
        batch_op.create_index("ix_archive_item_base", ["base"], unique=False)
        batch_op.create_index("ix_archive_item_content", ["sha256"], unique=False)
        batch_op.create_index("ix_archive_item_path", ["path"], unique=False)
        batch_op.create_index("ix_archive_item_unit", ["unit_id", "admitted_at"], unique=False)
        batch_op.create_index("ix_archive_item_unplaced", ["placed_at", "id"], unique=False)
        batch_op.create_index("uq_archive_item_file", ["stored_file_id"], unique=True)
        batch_op.create_index("uq_archive_item_number", ["number"], unique=True)

    op.create_table(
        "report_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_link_report_id_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_link")),
    )
    with op.batch_alter_table("report_link", schema=None) as batch_op:
        batch_op.create_index("uq_report_link", ["report_id", "position"], unique=True)

    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index("ix_report_day", ["day"], unique=False)
        batch_op.create_index("ix_report_filed", ["filed_at", "id"], unique=False)

    # Files that are here already were not looked into: nothing is known against them.
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.add_column(sa.Column("format", sa.String(length=40), nullable=True))
        batch_op.add_column(
            sa.Column("differs", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("damaged", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("cleared", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("refusals", sa.Integer(), nullable=False, server_default="0"))
        batch_op.create_index("ix_stored_file_content", ["sha256"], unique=False)
        batch_op.create_index("ix_stored_file_path", ["path"], unique=False)


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.drop_index("ix_stored_file_path")
        batch_op.drop_index("ix_stored_file_content")
        batch_op.drop_column("refusals")
        batch_op.drop_column("cleared")
        batch_op.drop_column("damaged")
        batch_op.drop_column("differs")
        batch_op.drop_column("format")

    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index("ix_report_filed")
        batch_op.drop_index("ix_report_day")

    with op.batch_alter_table("report_link", schema=None) as batch_op:
        batch_op.drop_index("uq_report_link")

    op.drop_table("report_link")
    with op.batch_alter_table("archive_item", schema=None) as batch_op:
        batch_op.drop_index("uq_archive_item_number")
        batch_op.drop_index("uq_archive_item_file")
        batch_op.drop_index("ix_archive_item_unplaced")
        batch_op.drop_index("ix_archive_item_unit")
        batch_op.drop_index("ix_archive_item_path")
        batch_op.drop_index("ix_archive_item_content")
        batch_op.drop_index("ix_archive_item_base")

    op.drop_table("archive_item")
    op.drop_table("search")
    op.drop_table("hints_off")
    op.drop_table("archive_series")
