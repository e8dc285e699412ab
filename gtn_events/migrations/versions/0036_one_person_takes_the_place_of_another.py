"""One person takes the place of another.

Revision 0036, after 0035.
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

ARRANGED = sa.text("state = 'arranged'")
WHERE = {"sqlite_where": ARRANGED, "postgresql_where": ARRANGED}


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "forum_substitution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leaves_id", sa.Integer(), nullable=False),
        sa.Column("comes_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("arranged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arranged_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["leaves_id"], ["forum_registration.id"], name=op.f("fk_forum_substitution_leaves_id")
        ),
        sa.ForeignKeyConstraint(["comes_id"], ["forum_registration.id"], name=op.f("fk_forum_substitution_comes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_substitution")),
    )
    with op.batch_alter_table("forum_substitution", schema=None) as batch_op:
        batch_op.create_index("uq_forum_substitution_leaves", ["leaves_id"], unique=True, **WHERE)
        batch_op.create_index("uq_forum_substitution_comes", ["comes_id"], unique=True, **WHERE)
        batch_op.create_index("ix_forum_substitution_left", ["leaves_id", "state"], unique=False)
        batch_op.create_index("ix_forum_substitution_came", ["comes_id", "state"], unique=False)
    with op.batch_alter_table("delegations_nomination", schema=None) as batch_op:
        batch_op.add_column(sa.Column("substitution_id", sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(
            batch_op.f("uq_delegations_nomination_substitution_id"), ["substitution_id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_delegations_nomination_substitution_id"),
            "forum_substitution",
            ["substitution_id"],
            ["id"],
        )


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("delegations_nomination", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_delegations_nomination_substitution_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_delegations_nomination_substitution_id"), type_="unique")
        batch_op.drop_column("substitution_id")

    op.drop_table("forum_substitution")
