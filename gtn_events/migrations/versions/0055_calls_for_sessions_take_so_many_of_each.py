"""A call for sessions takes at most so many proposals of one person; those that are there go on without a limit.

Revision 0055, after 0054.
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    with op.batch_alter_table("forum_session_call") as table:
        table.add_column(sa.Column("most_each", sa.Integer(), server_default="0", nullable=False))
        table.create_check_constraint(op.f("ck_forum_session_call_most_each_not_negative"), "most_each >= 0")


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("forum_session_call") as table:
        table.drop_constraint(op.f("ck_forum_session_call_most_each_not_negative"), type_="check")
        table.drop_column("most_each")
