"""Badges are handed over to officers of delegations, and each knows where it was before.

Revision 0025, after 0024.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "forum_badge_handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("economy_code", sa.String(length=8), nullable=True),
        sa.Column("delegation_class", sa.String(length=40), nullable=False),
        sa.Column("taker_name", sa.String(length=200), nullable=False),
        sa.Column("taker_function", sa.String(length=150), nullable=False),
        sa.Column("taker_account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["economy_code"], ["core_economy.code"], name=op.f("fk_forum_badge_handover_economy_code")
        ),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_badge_handover_forum_id")),
        sa.ForeignKeyConstraint(
            ["taker_account_id"], ["accounts_account.id"], name=op.f("fk_forum_badge_handover_taker_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_badge_handover")),
    )
    with op.batch_alter_table("forum_badge_handover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_badge_handover_forum_id"), ["forum_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_forum_badge_handover_taker_account_id"), ["taker_account_id"], unique=False
        )
    op.create_table(
        "forum_badge_handover_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("badge_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["badge_id"], ["forum_badge.id"], name=op.f("fk_forum_badge_handover_line_badge_id")),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["forum_badge_handover.id"], name=op.f("fk_forum_badge_handover_line_handover_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_badge_handover_line")),
        sa.UniqueConstraint(
            "handover_id", "badge_id", name=op.f("uq_forum_badge_handover_line_handover_id_badge_id")
        ),
    )
    with op.batch_alter_table("forum_badge_handover_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_badge_handover_line_badge_id"), ["badge_id"], unique=False)
    with op.batch_alter_table("forum_badge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state_before", sa.String(length=40), nullable=True))


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("forum_badge", schema=None) as batch_op:
        batch_op.drop_column("state_before")
    op.drop_table("forum_badge_handover_line")
    op.drop_table("forum_badge_handover")
