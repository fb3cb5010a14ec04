"""Keep templates and duty cards; know places by what their names have in common."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "post_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_post_template_created_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_template")),
    )
    op.create_table(
        "duty_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=1200), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_duty_card_created_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_card")),
    )
    with op.batch_alter_table("duty_card", schema=None) as batch_op:
        batch_op.create_index("uq_duty_card_version", ["kind", "version"], unique=True)

    with op.batch_alter_table("post_batch", schema=None) as batch_op:
        batch_op.add_column(sa.Column("given", sa.Text(), nullable=True))
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.add_column(sa.Column("key", sa.String(length=160), nullable=True))
    _name_places()
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.alter_column("key", existing_type=sa.String(length=160), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_place_key"), ["key"])


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_place_key"), type_="unique")
        batch_op.drop_column("key")
    with op.batch_alter_table("post_batch", schema=None) as batch_op:
        batch_op.drop_column("given")
    with op.batch_alter_table("duty_card", schema=None) as batch_op:
        batch_op.drop_index("uq_duty_card_version")
    op.drop_table("duty_card")
    op.drop_table("post_template")


def _name_places() -> None:
    """Put the places of the posts that there are into the register, each once."""
    bind = op.get_bind()
    place = sa.table(
        "place",
        sa.column("id", sa.Integer()),
        sa.column("name", sa.String()),
        sa.column("key", sa.String()),
        sa.column("created_at", sa.DateTime(timezone=True)),
    )
    post = sa.table(
        "post",
        sa.column("place", sa.String()),
        sa.column("place_id", sa.Integer()),
        sa.column("created_at", sa.DateTime(timezone=True)),
    )
    for row in bind.execute(sa.select(place.c.id, place.c.name)).all():
        bind.execute(place.update().where(place.c.id == row.id).values(key=_key(row.name)))
    used = sa.select(post.c.place, sa.func.min(post.c.created_at)).group_by(post.c.place)
    for name, since in bind.execute(used.order_by(post.c.place)).all():
        there = sa.select(place.c.id).where(place.c.key == _key(name))
        if bind.scalar(there) is None:
            bind.execute(place.insert().values(name=name, key=_key(name), created_at=since))
        mine = (post.c.place == name) & post.c.place_id.is_(None)
        bind.execute(post.update().where(mine).values(place_id=bind.scalar(there)))


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in plain if unicodedata.category(char)[0] in "LN")
