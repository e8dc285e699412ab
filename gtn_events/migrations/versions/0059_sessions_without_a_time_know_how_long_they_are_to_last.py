"""Sessions without a time know how long they are to last.

Revision 0059, after 0058.
"""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    with op.batch_alter_table("forum_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wished_minutes", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("forum_session", schema=None) as batch_op:
        batch_op.drop_column("wished_minutes")

