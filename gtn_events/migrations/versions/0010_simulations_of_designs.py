"""Designs of a round that are simulated before its launch.

Revision 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "competition_simulation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("competition_id", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("judges", sa.Integer(), nullable=False),
        sa.Column("cards", sa.Integer(), nullable=False),
        sa.Column("shortlist", sa.Integer(), nullable=False),
        sa.Column("quality", sa.String(length=40), nullable=False),
        sa.Column("noise", sa.String(length=40), nullable=False),
        sa.Column("severity", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("cards BETWEEN 1 AND judges", name=op.f("ck_competition_simulation_cards_of_judges")),
        sa.CheckConstraint(
            "shortlist BETWEEN 1 AND entries", name=op.f("ck_competition_simulation_shortlist_of_entries")
        ),
        sa.ForeignKeyConstraint(
            ["competition_id"], ["competition.id"], name=op.f("fk_competition_simulation_competition_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competition_simulation")),
    )
    with op.batch_alter_table("competition_simulation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_competition_simulation_competition_id"), ["competition_id"])


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_table("competition_simulation")
