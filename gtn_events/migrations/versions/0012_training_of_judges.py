"""Judges score samples for training.

Revision 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "competition_training_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("summary", sa.String(length=500), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("comes_first", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["competition_round.id"], name=op.f("fk_competition_training_entry_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competition_training_entry")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_competition_training_entry_round_id_number")),
    )
    op.create_table(
        "competition_training_scorecard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("judge_id", sa.Integer(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("comments", sa.JSON(), nullable=False),
        sa.Column("total", sa.String(length=40), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["judge_id"], ["competition_judge.id"], name=op.f("fk_competition_training_scorecard_judge_id")
        ),
        sa.ForeignKeyConstraint(
            ["training_id"],
            ["competition_training_entry.id"],
            name=op.f("fk_competition_training_scorecard_training_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competition_training_scorecard")),
        sa.UniqueConstraint(
            "training_id", "judge_id", name=op.f("uq_competition_training_scorecard_training_id_judge_id")
        ),
    )
    with op.batch_alter_table("competition_training_scorecard", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_competition_training_scorecard_judge_id"), ["judge_id"], unique=False)


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("competition_training_scorecard", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_competition_training_scorecard_judge_id"))

    op.drop_table("competition_training_scorecard")
    op.drop_table("competition_training_entry")
