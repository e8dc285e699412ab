"""A file that waits for a second step knows which one.

Revision 0052, after 0051.
"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.add_column("core_upload", sa.Column("purpose", sa.String(length=80), server_default="", nullable=False))


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_column("core_upload", "purpose")
