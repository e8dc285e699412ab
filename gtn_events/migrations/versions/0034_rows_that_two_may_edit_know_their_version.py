"""Rows that two people may have open at once know their version.

Revision 0034, after 0033.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

TABLES = (
    "delegations_nomination",
    "delegations_travel_paper",
    "delegations_travel_settings",
    "delegations_traveller",
    "forum_category",
    "forum_checkpoint",
    "forum_letter_settings",
    "forum_side_event",
    "network_group",
    "network_post",
)


def upgrade() -> None:
    """Go to this revision."""
    for table in TABLES:
        # Not in a batch: what points at these rows must not see their table go and come.
        op.add_column(table, sa.Column("lock_version", sa.Integer(), server_default="1", nullable=False))


def downgrade() -> None:
    """Go back to the one before."""
    for table in reversed(TABLES):
        op.drop_column(table, "lock_version")
