"""Schedules are edited act by act, and warnings are accepted.

Revision 0043, after 0042.
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

ACTS = "forum_programme_act"
WARNINGS = "forum_accepted_warning"


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        ACTS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("slot_guid", sa.String(length=36), nullable=False),
        sa.Column("before_starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("before_minutes", sa.Integer(), nullable=True),
        sa.Column("before_room_id", sa.Integer(), nullable=True),
        sa.Column("after_starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("after_minutes", sa.Integer(), nullable=True),
        sa.Column("after_room_id", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(before_starts_at IS NULL) = (before_minutes IS NULL)", name=op.f("ck_forum_programme_act_before_is_whole")
        ),
        sa.CheckConstraint(
            "(after_starts_at IS NULL) = (after_minutes IS NULL)", name=op.f("ck_forum_programme_act_after_is_whole")
        ),
        sa.CheckConstraint(
            "before_starts_at IS NOT NULL OR after_starts_at IS NOT NULL", name=op.f("ck_forum_programme_act_somewhere")
        ),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_programme_act_forum_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["forum_session.id"], name=op.f("fk_forum_programme_act_session_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["before_room_id"], ["forum_room.id"], name=op.f("fk_forum_programme_act_before_room_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["after_room_id"], ["forum_room.id"], name=op.f("fk_forum_programme_act_after_room_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["accounts_account.id"], name=op.f("fk_forum_programme_act_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_programme_act")),
    )
    op.create_index("ix_forum_programme_act_forum", ACTS, ["forum_id", "id"])
    op.create_index("ix_forum_programme_act_session", ACTS, ["session_id", "id"])
    for column in ("before_room_id", "after_room_id", "actor_id"):
        op.create_index(op.f(f"ix_forum_programme_act_{column}"), ACTS, [column])
    op.create_table(
        WARNINGS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_accepted_warning_forum_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["forum_session.id"], name=op.f("fk_forum_accepted_warning_session_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"], ["accounts_account.id"], name=op.f("fk_forum_accepted_warning_accepted_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_accepted_warning")),
        sa.UniqueConstraint("forum_id", "facts", name=op.f("uq_forum_accepted_warning_forum_id_facts")),
    )
    op.create_index(op.f("ix_forum_accepted_warning_session_id"), WARNINGS, ["session_id"])


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_table(WARNINGS)
    op.drop_table(ACTS)
