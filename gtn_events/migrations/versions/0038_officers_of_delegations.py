"""Officers of delegations.

Revision 0038, after 0037.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "delegations_officer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("economy_code", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("post", sa.String(length=150), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_delegations_officer_days_in_order")),
        sa.ForeignKeyConstraint(
            ["economy_code"], ["core_economy.code"], name=op.f("fk_delegations_officer_economy_code")
        ),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_delegations_officer_forum_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations_officer")),
        sa.UniqueConstraint("forum_id", "economy_code", "kind", name=op.f("uq_delegations_officer_forum_id_economy_code_kind")),
    )


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_table("delegations_officer")
