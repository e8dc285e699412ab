"""Sessions have places to sign up for.

Revision 0049, after 0048.
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "forum_limited_session",
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pool_id"], ["core_seat_pool.id"], name=op.f("fk_forum_limited_session_pool_id")),
        sa.ForeignKeyConstraint(["session_id"], ["forum_session.id"], name=op.f("fk_forum_limited_session_session_id")),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_forum_limited_session")),
        sa.UniqueConstraint("pool_id", name=op.f("uq_forum_limited_session_pool_id")),
    )
    op.create_table(
        "forum_session_booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waitlisted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offer_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("came_from_waiting_list", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["forum_registration.id"], name=op.f("fk_forum_session_booking_registration_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["forum_limited_session.session_id"], name=op.f("fk_forum_session_booking_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_session_booking")),
        sa.UniqueConstraint(
            "registration_id", "session_id", name=op.f("uq_forum_session_booking_registration_id_session_id")
        ),
    )
    with op.batch_alter_table("forum_session_booking", schema=None) as batch_op:
        batch_op.create_index("ix_forum_session_booking_offers", ["state", "offer_ends_at"], unique=False)
        batch_op.create_index(
            "ix_forum_session_booking_waiting", ["session_id", "state", "waitlisted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_forum_session_booking_registration_id"), ["registration_id"], unique=False)


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_table("forum_session_booking")
    op.drop_table("forum_limited_session")
