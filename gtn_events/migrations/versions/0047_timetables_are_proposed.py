"""Timetables are proposed.

Revision 0047, after 0046.
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "forum_timetable",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("wishes", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("is_best", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_timetable_forum_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["accounts_account.id"], name=op.f("fk_forum_timetable_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_timetable")),
        sa.UniqueConstraint("forum_id", name=op.f("uq_forum_timetable_forum_id")),
    )


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_table("forum_timetable")
