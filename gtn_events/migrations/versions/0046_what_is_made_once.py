"""Proposals and lines of services know the form that they were made of.

Revision 0046, after 0045.
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

OWNERS = {"forum_proposal": "account_id", "incubation_service_hours": "placement_id"}


def upgrade() -> None:
    """Go to this revision."""
    for table, owner in OWNERS.items():
        op.add_column(table, sa.Column("nonce", sa.String(length=32)))
        op.create_index(op.f(f"ix_{table}_nonce"), table, [owner, "nonce"], unique=True)


def downgrade() -> None:
    """Go back to the one before."""
    for table in reversed(OWNERS):
        op.drop_index(op.f(f"ix_{table}_nonce"), table_name=table)
        op.drop_column(table, "nonce")
