"""Sessions have a level and languages into which they are interpreted.

Revision 0044, after 0043.
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    # Not in a batch: what points at these rows must not see their table go and come.
    op.add_column("forum_session", sa.Column("level", sa.String(length=40), nullable=True))
    op.add_column("forum_session", sa.Column("interpretation", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_column("forum_session", "interpretation")
    op.drop_column("forum_session", "level")
