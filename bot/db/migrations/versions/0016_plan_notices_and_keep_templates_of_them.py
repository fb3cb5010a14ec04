"""Plan notices and keep templates of them."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "notice_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_notice_template_created_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_template")),
    )
    with op.batch_alter_table("document_job", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("purpose", sa.String(length=40), server_default="activities", nullable=False)
        )

    _plan_notices()
    with op.batch_alter_table("notice_recipient", schema=None) as batch_op:
        batch_op.add_column(sa.Column("dropped", sa.String(length=40), nullable=True))


def downgrade() -> None:
    """Take this step back."""
    _forget_new_states()
    with op.batch_alter_table("notice_recipient", schema=None) as batch_op:
        batch_op.drop_column("dropped")

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_notice_confirmed_by_person"), type_="foreignkey")
        batch_op.drop_index("ix_notice_send_at")
        batch_op.drop_index("ix_notice_chase_at")
        batch_op.drop_column("recall_cursor")
        batch_op.drop_column("recalled_at")
        batch_op.drop_column("errors_seen")
        batch_op.drop_column("pause_reason")
        batch_op.drop_column("confirmed_by")
        batch_op.drop_column("chase_at")
        batch_op.drop_column("wants_receipt")
        batch_op.drop_column("once")
        batch_op.drop_column("disturbs")
        batch_op.drop_column("send_at")
        batch_op.drop_column("entities")

    with op.batch_alter_table("document_job", schema=None) as batch_op:
        batch_op.drop_column("purpose")

    op.drop_table("notice_template")


def _forget_new_states() -> None:
    """Let notices that stand where none could stand before be over."""
    notice = sa.table(
        "notice",
        sa.column("state", sa.String()),
        sa.column("created_at", sa.DateTime(timezone=True)),
        sa.column("finished_at", sa.DateTime(timezone=True)),
    )
    ended = sa.func.coalesce(notice.c.finished_at, notice.c.created_at)
    for states, state in (
        (("awaiting", "scheduled", "paused", "cancelled"), "stopped"),
        (("recalled",), "sent"),
    ):
        op.get_bind().execute(
            notice.update().where(notice.c.state.in_(states)).values(state=state, finished_at=ended)
        )


def _plan_notices() -> None:
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("entities", sa.Text(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("send_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("disturbs", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("once", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("wants_receipt", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("chase_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("confirmed_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("pause_reason", sa.String(length=40), nullable=True))
        batch_op.add_column(
            sa.Column(
                "errors_seen",
                sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                server_default="0",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column(
                "recall_cursor",
                sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                server_default="0",
                nullable=False,
            )
        )
        batch_op.create_index("ix_notice_chase_at", ["chase_at"], unique=False)
        batch_op.create_index("ix_notice_send_at", ["state", "send_at"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_notice_confirmed_by_person"), "person", ["confirmed_by"], ["id"]
        )
