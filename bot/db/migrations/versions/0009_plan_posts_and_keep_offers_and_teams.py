"""Plan posts; keep offers and teams."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("crowd", sa.String(length=120), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_place_created_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("name", name=op.f("uq_place_name")),
    )
    op.create_table(
        "post_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_post_batch_created_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_batch")),
    )
    op.create_table(
        "team_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=40), nullable=False),
        sa.Column("theme", sa.String(length=120), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_team_plan_created_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_plan")),
    )
    with op.batch_alter_table("team_plan", schema=None) as batch_op:
        batch_op.create_index("ix_team_plan_team", ["team", "first_day"], unique=False)

    op.create_table(
        "line_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_line_entry_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_entry")),
    )
    with op.batch_alter_table("line_entry", schema=None) as batch_op:
        batch_op.create_index("ix_line_entry_post", ["post_id", "id"], unique=False)

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("minor", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("guardian_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("registered_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("no_asks_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("reminder_minutes", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_person_guardian_id_person"), "person", ["guardian_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_person_registered_by_person"), "person", ["registered_by"], ["id"]
        )

    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.add_column(sa.Column("minimum", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(
            sa.Column("companions", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("role", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("group_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("batch_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("place_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("title", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("speaker", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("team", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("plan_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint("minimum", "minimum >= 0 AND minimum <= capacity")
        batch_op.create_index(batch_op.f("ix_post_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_place_id"), ["place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_plan_id"), ["plan_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_post_batch_id_post_batch"), "post_batch", ["batch_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_post_unit_id_unit"), "unit", ["unit_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_post_plan_id_team_plan"), "team_plan", ["plan_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_post_group_id_post"), "post", ["group_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_post_place_id_place"), "place", ["place_id"], ["id"]
        )

    with op.batch_alter_table("signup", schema=None) as batch_op:
        batch_op.add_column(sa.Column("size", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("by_person_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("offer_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("looking_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("sure_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint("size", "size >= 1")
        batch_op.create_index("ix_signup_offer", ["state", "offer_until"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_signup_by_person_id_person"), "person", ["by_person_id"], ["id"]
        )


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("signup", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_signup_by_person_id_person"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("ck_signup_size"), type_="check")
        batch_op.drop_index("ix_signup_offer")
        batch_op.drop_column("sure_at")
        batch_op.drop_column("looking_since")
        batch_op.drop_column("offer_until")
        batch_op.drop_column("by_person_id")
        batch_op.drop_column("size")

    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_post_place_id_place"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_post_group_id_post"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_post_plan_id_team_plan"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_post_unit_id_unit"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_post_batch_id_post_batch"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("ck_post_minimum"), type_="check")
        batch_op.drop_index(batch_op.f("ix_post_plan_id"))
        batch_op.drop_index(batch_op.f("ix_post_place_id"))
        batch_op.drop_index(batch_op.f("ix_post_group_id"))
        batch_op.drop_index(batch_op.f("ix_post_batch_id"))
        batch_op.drop_column("paused_at")
        batch_op.drop_column("plan_id")
        batch_op.drop_column("team")
        batch_op.drop_column("unit_id")
        batch_op.drop_column("speaker")
        batch_op.drop_column("title")
        batch_op.drop_column("place_id")
        batch_op.drop_column("batch_id")
        batch_op.drop_column("group_id")
        batch_op.drop_column("role")
        batch_op.drop_column("companions")
        batch_op.drop_column("minimum")

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_person_registered_by_person"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_person_guardian_id_person"), type_="foreignkey")
        batch_op.drop_column("reminder_minutes")
        batch_op.drop_column("no_asks_until")
        batch_op.drop_column("registered_by")
        batch_op.drop_column("guardian_id")
        batch_op.drop_column("minor")

    with op.batch_alter_table("line_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_line_entry_post")

    op.drop_table("line_entry")
    with op.batch_alter_table("team_plan", schema=None) as batch_op:
        batch_op.drop_index("ix_team_plan_team")

    op.drop_table("team_plan")
    op.drop_table("post_batch")
    op.drop_table("place")
