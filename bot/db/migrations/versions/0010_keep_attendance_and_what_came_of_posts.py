"""Keep attendance, and what came of posts."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "check_in_secret",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_check_in_secret_post_id_post")
        ),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_check_in_secret")),
    )
    op.create_table(
        "post_result",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_post_result_version")),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["person.id"], name=op.f("fk_post_result_closed_by_person")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_result_post_id_post")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_post_result_report_id_report")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_post_result_unit_id_unit")),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_post_result")),
    )
    with op.batch_alter_table("post_result", schema=None) as batch_op:
        batch_op.create_index("ix_post_result_unit", ["unit_id", "report_id"], unique=False)
        batch_op.create_index("uq_post_result_report", ["report_id"], unique=True)

    op.create_table(
        "wrong_check_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_wrong_check_in_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_wrong_check_in_post_id_post")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_check_in")),
    )
    with op.batch_alter_table("wrong_check_in", schema=None) as batch_op:
        batch_op.create_index(
            "ix_wrong_check_in_person", ["person_id", "post_id", "at"], unique=False
        )

    op.create_table(
        "attendance",
        sa.Column("signup_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("how_in", sa.String(length=40), nullable=True),
        sa.Column("how_out", sa.String(length=40), nullable=True),
        sa.CheckConstraint("present >= 1", name=op.f("ck_attendance_present")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_attendance_person_id_person")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_attendance_post_id_post")),
        sa.ForeignKeyConstraint(
            ["signup_id"], ["signup.id"], name=op.f("fk_attendance_signup_id_signup")
        ),
        sa.PrimaryKeyConstraint("signup_id", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index("ix_attendance_person", ["person_id", "state"], unique=False)
        batch_op.create_index("ix_attendance_post", ["post_id", "state"], unique=False)
        batch_op.create_index("ix_attendance_state", ["state", "post_id"], unique=False)

    op.create_table(
        "attendance_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signup_id", sa.Integer(), nullable=False),
        sa.Column("by_person_id", sa.Integer(), nullable=True),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.String(length=40), nullable=False),
        sa.Column("after", sa.String(length=40), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("distance_m", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_attendance_entry_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["signup_id"], ["signup.id"], name=op.f("fk_attendance_entry_signup_id_signup")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_entry")),
    )
    with op.batch_alter_table("attendance_entry", schema=None) as batch_op:
        batch_op.create_index("ix_attendance_entry_signup", ["signup_id", "id"], unique=False)

    op.create_table(
        "post_count",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("approx", sa.Boolean(), nullable=False),
        sa.Column("bound", sa.String(length=40), nullable=True),
        sa.Column("raw", sa.String(length=80), nullable=False),
        sa.CheckConstraint("value >= 0", name=op.f("ck_post_count_value")),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post_result.post_id"], name=op.f("fk_post_count_post_id_post_result")
        ),
        sa.PrimaryKeyConstraint("post_id", "what", name=op.f("pk_post_count")),
    )
    with op.batch_alter_table("post_count", schema=None) as batch_op:
        batch_op.create_index("ix_post_count_what", ["what"], unique=False)

    op.create_table(
        "post_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("file_id", sa.String(length=300), nullable=False),
        sa.Column("unique_id", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post_result.post_id"], name=op.f("fk_post_photo_post_id_post_result")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_photo")),
    )
    with op.batch_alter_table("post_photo", schema=None) as batch_op:
        batch_op.create_index("uq_post_photo", ["post_id", "unique_id"], unique=True)


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("post_photo", schema=None) as batch_op:
        batch_op.drop_index("uq_post_photo")

    op.drop_table("post_photo")
    with op.batch_alter_table("post_count", schema=None) as batch_op:
        batch_op.drop_index("ix_post_count_what")

    op.drop_table("post_count")
    with op.batch_alter_table("attendance_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_attendance_entry_signup")

    op.drop_table("attendance_entry")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index("ix_attendance_state")
        batch_op.drop_index("ix_attendance_post")
        batch_op.drop_index("ix_attendance_person")

    op.drop_table("attendance")
    with op.batch_alter_table("wrong_check_in", schema=None) as batch_op:
        batch_op.drop_index("ix_wrong_check_in_person")

    op.drop_table("wrong_check_in")
    with op.batch_alter_table("post_result", schema=None) as batch_op:
        batch_op.drop_index("uq_post_result_report")
        batch_op.drop_index("ix_post_result_unit")

    op.drop_table("post_result")
    op.drop_table("check_in_secret")
