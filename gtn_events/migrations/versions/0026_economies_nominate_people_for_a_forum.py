"""Economies nominate people for a forum.

Revision 0026, after 0025.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "delegations_nomination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("economy_code", sa.String(length=8), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=False),
        sa.Column("honorific", sa.String(length=20), nullable=False),
        sa.Column("given_name", sa.String(length=100), nullable=False),
        sa.Column("family_name", sa.String(length=100), nullable=False),
        sa.Column("own_script_name", sa.String(length=150), nullable=False),
        sa.Column("gender", sa.String(length=20), nullable=False),
        sa.Column("position", sa.String(length=200), nullable=False),
        sa.Column("organisation_name", sa.String(length=200), nullable=False),
        sa.Column("organisation_kind", sa.String(length=30), nullable=False),
        sa.Column("function", sa.String(length=40), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("reserve", sa.Boolean(), nullable=False),
        sa.Column("funding", sa.String(length=40), nullable=False),
        sa.Column("relevance", sa.Text(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("answer_words", sa.Text(), nullable=False),
        sa.Column("link_digest", sa.String(length=64), nullable=True),
        sa.Column("link_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("nominated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("nominated_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("rank IS NULL OR rank > 0", name=op.f("ck_delegations_nomination_rank_positive")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["forum_category.id"], name=op.f("fk_delegations_nomination_category_id")
        ),
        sa.ForeignKeyConstraint(
            ["economy_code"], ["core_economy.code"], name=op.f("fk_delegations_nomination_economy_code")
        ),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_delegations_nomination_forum_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["forum_registration.id"], name=op.f("fk_delegations_nomination_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations_nomination")),
        sa.UniqueConstraint("link_digest", name=op.f("uq_delegations_nomination_link_digest")),
        sa.UniqueConstraint("registration_id", name=op.f("uq_delegations_nomination_registration_id")),
    )
    with op.batch_alter_table("delegations_nomination", schema=None) as batch_op:
        batch_op.create_index("ix_delegations_nomination_economy", ["forum_id", "economy_code", "state"], unique=False)
        batch_op.create_index(
            "uq_delegations_nomination_address",
            ["forum_id", "email_key"],
            unique=True,
            sqlite_where=sa.text("state IN ('draft', 'expired', 'invited', 'nominated')"),
            postgresql_where=sa.text("state IN ('draft', 'expired', 'invited', 'nominated')"),
        )


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("delegations_nomination", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_delegations_nomination_address",
            sqlite_where=sa.text("state IN ('draft', 'expired', 'invited', 'nominated')"),
            postgresql_where=sa.text("state IN ('draft', 'expired', 'invited', 'nominated')"),
        )
        batch_op.drop_index("ix_delegations_nomination_economy")

    op.drop_table("delegations_nomination")
