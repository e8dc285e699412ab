"""Confidential values and files are kept sealed, bound to the row they belong to.

Revision 0023, after 0022.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "core_sealed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_type", sa.String(length=60), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=True),
        sa.Column("stored_as", sa.String(length=200), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shred_on", sa.Date(), nullable=False),
        sa.Column("shredded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("shredded_at IS NULL OR box IS NULL", name=op.f("ck_core_sealed_shredded_is_empty")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_sealed")),
        sa.UniqueConstraint("stored_as", name=op.f("uq_core_sealed_stored_as")),
    )
    with op.batch_alter_table("core_sealed", schema=None) as batch_op:
        batch_op.create_index("ix_core_sealed_due", ["shredded_at", "shred_on"], unique=False)
        batch_op.create_index(
            "uq_core_sealed_live",
            ["owner_type", "owner_id", "name"],
            unique=True,
            sqlite_where=sa.text("shredded_at IS NULL"),
            postgresql_where=sa.text("shredded_at IS NULL"),
        )


def downgrade() -> None:
    """Go back to the one before; what was sealed is gone."""
    op.drop_table("core_sealed")
