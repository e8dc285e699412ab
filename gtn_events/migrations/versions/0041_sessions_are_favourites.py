"""Sessions are favourites of people.

Revision 0041, after 0040.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "forum_favourite",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts_account.id"], name=op.f("fk_forum_favourite_account_id")),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_favourite_forum_id")),
        sa.PrimaryKeyConstraint("account_id", "forum_id", "code", name=op.f("pk_forum_favourite")),
    )


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_table("forum_favourite")
