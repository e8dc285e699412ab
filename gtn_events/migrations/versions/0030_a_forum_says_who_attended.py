"""A forum has a rule that says who attended.

Revision 0030, after 0029.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "forum_attendance_rule",
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("every", sa.Boolean(), nullable=False),
        sa.CheckConstraint("percent BETWEEN 1 AND 100", name=op.f("ck_forum_attendance_rule_percent_of_days")),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_attendance_rule_forum_id")),
        sa.PrimaryKeyConstraint("forum_id", name=op.f("pk_forum_attendance_rule")),
    )
    op.create_table(
        "forum_attendance_checkpoint",
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("checkpoint_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["forum_id"], ["forum_attendance_rule.forum_id"], name=op.f("fk_forum_attendance_checkpoint_forum_id")
        ),
        sa.ForeignKeyConstraint(
            ["checkpoint_id"],
            ["forum_checkpoint.id"],
            name=op.f("fk_forum_attendance_checkpoint_checkpoint_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("forum_id", "checkpoint_id", name=op.f("pk_forum_attendance_checkpoint")),
    )
    with op.batch_alter_table("forum_attendance_checkpoint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_attendance_checkpoint_checkpoint_id"), ["checkpoint_id"], unique=False)


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_table("forum_attendance_checkpoint")
    op.drop_table("forum_attendance_rule")
