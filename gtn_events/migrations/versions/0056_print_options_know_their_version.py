"""What was chosen for print knows how often it changed, so that a choice of somebody else is not lost.

Revision 0056, after 0055.
"""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.add_column("forum_print_options", sa.Column("lock_version", sa.Integer(), server_default="1", nullable=False))


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_column("forum_print_options", "lock_version")
