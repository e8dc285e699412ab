"""Programmes have rules: what a conflict does, opening hours, times away, expected numbers.

Revision 0039, after 0038.
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "forum_conflict_rule",
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("room", "speaker", "room-small", "outside", "side-event", "away", name="conflictkind", native_enum=False, length=40), nullable=False),
        sa.Column("treatment", sa.Enum("block", "warn", "ignore", name="treatment", native_enum=False, length=40), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_conflict_rule_forum_id")),
        sa.PrimaryKeyConstraint("forum_id", "kind", name=op.f("pk_forum_conflict_rule")),
    )
    op.create_table(
        "forum_opening_hours",
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.CheckConstraint("closes > opens", name=op.f("ck_forum_opening_hours_closes_after_opening")),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_opening_hours_forum_id")),
        sa.PrimaryKeyConstraint("forum_id", "day", name=op.f("pk_forum_opening_hours")),
    )
    op.create_table(
        "forum_time_away",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_forum_time_away_ends_after_start")),
        sa.CheckConstraint("(room_id IS NULL) <> (speaker_id IS NULL)", name=op.f("ck_forum_time_away_room_or_speaker")),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_time_away_forum_id")),
        sa.ForeignKeyConstraint(
            ["room_id"], ["forum_room.id"], name=op.f("fk_forum_time_away_room_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["forum_speaker.id"], name=op.f("fk_forum_time_away_speaker_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_time_away")),
    )
    op.create_index("ix_forum_time_away_forum", "forum_time_away", ["forum_id", "starts_at"])
    op.create_index(op.f("ix_forum_time_away_room_id"), "forum_time_away", ["room_id"])
    op.create_index(op.f("ix_forum_time_away_speaker_id"), "forum_time_away", ["speaker_id"])
    with op.batch_alter_table("forum_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("expected", sa.Integer(), nullable=True))
    with op.batch_alter_table("forum_room", schema=None) as batch_op:
        batch_op.add_column(sa.Column("equipment", sa.String(length=300), server_default="", nullable=False))
    with op.batch_alter_table("forum_room", schema=None) as batch_op:
        batch_op.alter_column("equipment", server_default=None)


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("forum_room", schema=None) as batch_op:
        batch_op.drop_column("equipment")
    with op.batch_alter_table("forum_session", schema=None) as batch_op:
        batch_op.drop_column("expected")
    op.drop_table("forum_time_away")
    op.drop_table("forum_opening_hours")
    op.drop_table("forum_conflict_rule")
