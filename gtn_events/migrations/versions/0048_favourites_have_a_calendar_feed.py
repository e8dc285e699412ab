"""Favourites have a calendar feed.

Revision 0048, after 0047.
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "forum_favourite_feed",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts_account.id"], name=op.f("fk_forum_favourite_feed_account_id")
        ),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_favourite_feed_forum_id")),
        sa.PrimaryKeyConstraint("account_id", "forum_id", name=op.f("pk_forum_favourite_feed")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_forum_favourite_feed_token_sha256")),
    )


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_table("forum_favourite_feed")
