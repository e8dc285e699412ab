"""Rules, texts and names that two people may have open at once know their version.

Revision 0042, after 0041.
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

TABLES = ("core_economy", "forum_attendance_rule", "forum_badge_design", "forum_proposal_window")


def upgrade() -> None:
    """Go to this revision."""
    for table in TABLES:
        # Not in a batch: what points at these rows must not see their table go and come.
        op.add_column(table, sa.Column("lock_version", sa.Integer(), server_default="1", nullable=False))


def downgrade() -> None:
    """Go back to the one before."""
    for table in reversed(TABLES):
        op.drop_column(table, "lock_version")
