"""People whose travel is paid: rules, ceilings, travellers, papers.

Revision 0032, after 0031.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "delegations_travel_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("ceiling", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("daily_rate", sa.String(length=40), nullable=False),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_delegations_travel_settings_forum_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations_travel_settings")),
        sa.UniqueConstraint("forum_id", name=op.f("uq_delegations_travel_settings_forum_id")),
    )
    op.create_table(
        "delegations_travel_ceiling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("economy_code", sa.String(length=8), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_delegations_travel_ceiling_forum_id")),
        sa.ForeignKeyConstraint(
            ["economy_code"], ["core_economy.code"], name=op.f("fk_delegations_travel_ceiling_economy_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations_travel_ceiling")),
        sa.UniqueConstraint(
            "forum_id", "economy_code", name=op.f("uq_delegations_travel_ceiling_forum_id_economy_code")
        ),
    )
    amounts = [
        sa.Column(name, sa.String(length=40), nullable=False)
        for name in ("planned_fare", "planned_other", "paid_fare", "paid_per_diem", "paid_other")
    ]
    op.create_table(
        "delegations_traveller",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("economy_code", sa.String(length=8), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("arrives_on", sa.Date(), nullable=True),
        sa.Column("departs_on", sa.Date(), nullable=True),
        *amounts,
        sa.Column("funded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "departs_on >= arrives_on", name=op.f("ck_delegations_traveller_departs_after_arrival")
        ),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_delegations_traveller_forum_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["forum_registration.id"], name=op.f("fk_delegations_traveller_registration_id")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts_account.id"], name=op.f("fk_delegations_traveller_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["economy_code"], ["core_economy.code"], name=op.f("fk_delegations_traveller_economy_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations_traveller")),
    )
    with op.batch_alter_table("delegations_traveller", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegations_traveller_registration_id"), ["registration_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delegations_traveller_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_delegations_traveller_economy", ["forum_id", "economy_code"], unique=False)
        batch_op.create_index(
            "uq_delegations_traveller_live",
            ["forum_id", "account_id"],
            unique=True,
            sqlite_where=sa.text("state != 'withdrawn'"),
            postgresql_where=sa.text("state != 'withdrawn'"),
        )
    op.create_table(
        "delegations_travel_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("traveller_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["traveller_id"], ["delegations_traveller.id"], name=op.f("fk_delegations_travel_paper_traveller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations_travel_paper")),
        sa.UniqueConstraint("traveller_id", "kind", name=op.f("uq_delegations_travel_paper_traveller_id_kind")),
    )


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_table("delegations_travel_paper")
    op.drop_table("delegations_traveller")
    op.drop_table("delegations_travel_ceiling")
    op.drop_table("delegations_travel_settings")
