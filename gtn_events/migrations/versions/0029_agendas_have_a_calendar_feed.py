"""Agendas have a calendar feed.

Revision 0029, after 0028.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "forum_agenda_feed",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["forum_registration.id"], name=op.f("fk_forum_agenda_feed_registration_id")
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_forum_agenda_feed")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_forum_agenda_feed_token_sha256")),
    )
    with op.batch_alter_table("forum_side_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("forum_side_event_booking", schema=None) as batch_op:
        batch_op.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))



def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("forum_side_event_booking", schema=None) as batch_op:
        batch_op.drop_column("changed_at")

    with op.batch_alter_table("forum_side_event", schema=None) as batch_op:
        batch_op.drop_column("changed_at")

    op.drop_table("forum_agenda_feed")
