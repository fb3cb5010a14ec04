"""Keep hours and certificates."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "certificate_series",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_certificate_series")),
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("signed", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(length=120), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("signed + confirmed + added > 0", name=op.f("ck_certificate_some")),
        sa.CheckConstraint(
            "signed >= 0 AND confirmed >= 0 AND added >= 0", name=op.f("ck_certificate_minutes")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_certificate_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["certificate.id"], name=op.f("fk_certificate_replaces_id_certificate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_certificate_replaces_id")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index("ix_certificate_person", ["person_id", "month", "id"], unique=False)
        batch_op.create_index("uq_certificate_serial", ["month", "serial"], unique=True)

    op.create_table(
        "hour_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("by_person_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'missing') = (minutes IS NOT NULL)", name=op.f("ck_hour_request_asked")
        ),
        sa.CheckConstraint(
            "(kind = 'wrong') = (entry_id IS NOT NULL)", name=op.f("ck_hour_request_entry")
        ),
        sa.CheckConstraint("minutes IS NULL OR minutes > 0", name=op.f("ck_hour_request_minutes")),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_hour_request_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_hour_request_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_hour_request_post_id_post")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_request")),
    )
    with op.batch_alter_table("hour_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hour_request_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hour_request_post_id"), ["post_id"], unique=False)

    op.create_table(
        "hour_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("by_person_id", sa.Integer(), nullable=True),
        sa.Column("once", sa.String(length=60), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind <> 'added' OR request_id IS NOT NULL", name=op.f("ck_hour_entry_added")
        ),
        sa.CheckConstraint(
            "corrects_id IS NOT NULL OR minutes > 0", name=op.f("ck_hour_entry_first")
        ),
        sa.CheckConstraint(
            "corrects_id IS NULL OR reason IS NOT NULL", name=op.f("ck_hour_entry_reason")
        ),
        sa.CheckConstraint("minutes <> 0", name=op.f("ck_hour_entry_minutes")),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_hour_entry_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["hour_entry.id"], name=op.f("fk_hour_entry_corrects_id_hour_entry")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_hour_entry_person_id_person")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_hour_entry_post_id_post")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["hour_request.id"], name=op.f("fk_hour_entry_request_id_hour_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_entry")),
        sa.UniqueConstraint("once", name=op.f("uq_hour_entry_once")),
    )
    with op.batch_alter_table("hour_entry", schema=None) as batch_op:
        batch_op.create_index("ix_hour_entry_corrects", ["corrects_id"], unique=False)
        batch_op.create_index("ix_hour_entry_day", ["day"], unique=False)
        batch_op.create_index("ix_hour_entry_person", ["person_id", "day"], unique=False)
        batch_op.create_index("ix_hour_entry_post", ["post_id"], unique=False)

    op.create_table(
        "hour_ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=True),
        sa.Column("by_person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_hour_ruling_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["hour_request.id"], name=op.f("fk_hour_ruling_request_id_hour_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_ruling")),
        sa.UniqueConstraint("request_id", name=op.f("uq_hour_ruling_request_id")),
    )


def downgrade() -> None:
    """Take this step back."""
    op.drop_table("hour_ruling")
    with op.batch_alter_table("hour_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_hour_entry_post")
        batch_op.drop_index("ix_hour_entry_person")
        batch_op.drop_index("ix_hour_entry_day")
        batch_op.drop_index("ix_hour_entry_corrects")

    op.drop_table("hour_entry")
    with op.batch_alter_table("hour_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hour_request_post_id"))
        batch_op.drop_index(batch_op.f("ix_hour_request_person_id"))

    op.drop_table("hour_request")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index("uq_certificate_serial")
        batch_op.drop_index("ix_certificate_person")

    op.drop_table("certificate")
    op.drop_table("certificate_series")
