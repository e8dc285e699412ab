"""Economies endorse entries and nominate firms.

Revision 0007, after 0006.

The new column that is never empty keeps its default in the database: without one SQLite would
have to build the table of entries anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

HOLDS = sa.text("state <> 'withdrawn'")


def upgrade() -> None:
    """Go to this revision."""
    op.add_column("competition", sa.Column("endorsement_closes_at", sa.DateTime(timezone=True), nullable=True))
    # Both databases rename a column in place; a batch would build the table anew on SQLite.
    op.execute("ALTER TABLE competition_entry RENAME COLUMN endorsed_at TO endorsement_at")
    op.execute("ALTER TABLE competition_entry RENAME COLUMN endorsed_by_id TO endorsement_by_id")
    op.add_column(
        "competition_entry", sa.Column("endorsement", sa.String(length=40), server_default="waiting", nullable=False)
    )
    op.add_column("competition_entry", sa.Column("endorsement_reason", sa.Text(), nullable=True))
    op.add_column("competition_entry", sa.Column("preference", sa.Integer(), nullable=True))
    op.create_table(
        "competition_nomination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("competition_id", sa.Integer(), nullable=False),
        sa.Column("economy_code", sa.String(length=8), nullable=False),
        sa.Column("organisation_name", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("nominated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nominated_by_id", sa.Integer(), nullable=False),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts_account.id"], name=op.f("fk_competition_nomination_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["competition_id"], ["competition.id"], name=op.f("fk_competition_nomination_competition_id")
        ),
        sa.ForeignKeyConstraint(
            ["economy_code"], ["core_economy.code"], name=op.f("fk_competition_nomination_economy_code")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["competition_entry.id"], name=op.f("fk_competition_nomination_entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competition_nomination")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_competition_nomination_entry_id")),
    )
    with op.batch_alter_table("competition_nomination", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_competition_nomination_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            "ix_competition_nomination_economy", ["competition_id", "economy_code", "state"], unique=False
        )
        batch_op.create_index(
            "uq_competition_nomination_address",
            ["competition_id", "email_key"],
            unique=True,
            sqlite_where=HOLDS,
            postgresql_where=HOLDS,
        )


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_table("competition_nomination")
    op.drop_column("competition_entry", "preference")
    op.drop_column("competition_entry", "endorsement_reason")
    op.drop_column("competition_entry", "endorsement")
    op.execute("ALTER TABLE competition_entry RENAME COLUMN endorsement_by_id TO endorsed_by_id")
    op.execute("ALTER TABLE competition_entry RENAME COLUMN endorsement_at TO endorsed_at")
    op.drop_column("competition", "endorsement_closes_at")
