"""Holders exchange their places.

Revision 0018, after 0017.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "forum_allotment_swap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("giver", sa.String(length=20), nullable=False),
        sa.Column("taker", sa.String(length=20), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("return_category_id", sa.Integer(), nullable=True),
        sa.Column("return_places", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("places > 0", name=op.f("ck_forum_allotment_swap_places_given")),
        sa.CheckConstraint("return_places >= 0", name=op.f("ck_forum_allotment_swap_return_not_negative")),
        sa.CheckConstraint(
            "(return_places = 0) = (return_category_id IS NULL)", name=op.f("ck_forum_allotment_swap_return_named")
        ),
        sa.CheckConstraint("giver <> taker", name=op.f("ck_forum_allotment_swap_two_holders")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["forum_category.id"], name=op.f("fk_forum_allotment_swap_category_id")
        ),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_allotment_swap_forum_id")),
        sa.ForeignKeyConstraint(
            ["return_category_id"], ["forum_category.id"], name=op.f("fk_forum_allotment_swap_return_category_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_allotment_swap")),
    )
    with op.batch_alter_table("forum_allotment_swap", schema=None) as batch_op:
        batch_op.create_index("ix_forum_allotment_swap_state", ["forum_id", "state"], unique=False)

    with op.batch_alter_table("forum_allotment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("agreed", sa.Integer(), nullable=False, server_default="0"))
    pools = sa.table("core_seat_pool", sa.column("id"), sa.column("capacity"))
    allotments = sa.table("forum_allotment", sa.column("pool_id"), sa.column("agreed"))
    kept = sa.select(pools.c.capacity).where(pools.c.id == allotments.c.pool_id).scalar_subquery()
    op.execute(sa.update(allotments).values(agreed=kept))


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("forum_allotment", schema=None) as batch_op:
        batch_op.drop_column("agreed")

    with op.batch_alter_table("forum_allotment_swap", schema=None) as batch_op:
        batch_op.drop_index("ix_forum_allotment_swap_state")

    op.drop_table("forum_allotment_swap")
