"""Badges are printed, and each print is counted.

Revision 0021, after 0020.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "forum_badge_design",
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("back_text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_badge_design_forum_id")),
        sa.PrimaryKeyConstraint("forum_id", name=op.f("pk_forum_badge_design")),
    )
    op.create_table(
        "forum_badge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_reason", sa.String(length=300), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.CheckConstraint("copies >= 1", name=op.f("ck_forum_badge_printed_once_at_least")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["forum_registration.id"], name=op.f("fk_forum_badge_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_badge")),
        sa.UniqueConstraint("registration_id", name=op.f("uq_forum_badge_registration_id")),
    )
    op.create_table(
        "forum_badge_print",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("badge_id", sa.Integer(), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["badge_id"], ["forum_badge.id"], name=op.f("fk_forum_badge_print_badge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_badge_print")),
        sa.UniqueConstraint("badge_id", "copy", name=op.f("uq_forum_badge_print_badge_id_copy")),
    )


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_table("forum_badge_print")
    op.drop_table("forum_badge")
    op.drop_table("forum_badge_design")
