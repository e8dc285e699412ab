"""It is known that an economy, not the person or the host, ended a registration.

Revision 0035, after 0034.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    with op.batch_alter_table("forum_registration", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("withdrawn_by_economy", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("forum_registration", schema=None) as batch_op:
        batch_op.drop_column("withdrawn_by_economy")
