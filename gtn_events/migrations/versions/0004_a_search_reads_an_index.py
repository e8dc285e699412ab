"""On SQLite the list of registrations is searched in an index, not in the wide table.

Revision 0004, after 0003.

PostgreSQL gains nothing by it: it reads the table fast enough, and its indexes cannot hold
every text that fits into the column.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("ix_forum_registration_search", "forum_registration", ["forum_id", "state", "search_text"])


def downgrade() -> None:
    """Take it away."""
    if op.get_bind().dialect.name == "sqlite":
        op.drop_index("ix_forum_registration_search", "forum_registration")
