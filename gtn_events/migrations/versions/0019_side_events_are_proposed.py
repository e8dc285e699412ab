"""Side events are proposed.

Revision 0019, after 0018.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "forum_proposal_window",
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("takes", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_forum_proposal_window_in_order")),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_proposal_window_forum_id")),
        sa.PrimaryKeyConstraint("forum_id", name=op.f("pk_forum_proposal_window")),
    )
    op.create_table(
        "forum_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("side_event_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("lead_economy_code", sa.String(length=8), nullable=True),
        sa.Column("lead_name", sa.String(length=200), nullable=False),
        sa.Column("contact_name", sa.String(length=120), nullable=False),
        sa.Column("contact_email", sa.String(length=320), nullable=False),
        sa.Column("contact_phone", sa.String(length=60), nullable=False),
        sa.Column("format", sa.String(length=40), nullable=False),
        sa.Column("languages", sa.String(length=200), nullable=False),
        sa.Column("interpretation", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("objectives", sa.Text(), nullable=False),
        sa.Column("expected_number", sa.Integer(), nullable=True),
        sa.Column("room_layout", sa.String(length=200), nullable=False),
        sa.Column("equipment", sa.String(length=300), nullable=False),
        sa.Column("accessibility", sa.String(length=300), nullable=False),
        sa.Column("wishes", sa.JSON(), nullable=False),
        sa.Column("speakers", sa.Text(), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts_account.id"], name=op.f("fk_forum_proposal_account_id")),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_proposal_forum_id")),
        sa.ForeignKeyConstraint(
            ["lead_economy_code"], ["core_economy.code"], name=op.f("fk_forum_proposal_lead_economy_code")
        ),
        sa.ForeignKeyConstraint(
            ["side_event_id"], ["forum_side_event.id"], name=op.f("fk_forum_proposal_side_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_proposal")),
        sa.UniqueConstraint("side_event_id", name=op.f("uq_forum_proposal_side_event_id")),
    )
    with op.batch_alter_table("forum_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_proposal_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_forum_proposal_list", ["forum_id", "state", "id"], unique=False)

    op.create_table(
        "forum_proposal_co_host",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["forum_proposal.id"], name=op.f("fk_forum_proposal_co_host_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_proposal_co_host")),
        sa.UniqueConstraint("proposal_id", "email_key", name=op.f("uq_forum_proposal_co_host_proposal_id_email_key")),
    )
    with op.batch_alter_table("forum_proposal_co_host", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_proposal_co_host_email_key"), ["email_key"], unique=False)

    op.create_table(
        "forum_proposal_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts_account.id"], name=op.f("fk_forum_proposal_note_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["forum_proposal.id"], name=op.f("fk_forum_proposal_note_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_proposal_note")),
    )
    with op.batch_alter_table("forum_proposal_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_proposal_note_proposal_id"), ["proposal_id"], unique=False)



def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("forum_proposal_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_proposal_note_proposal_id"))

    op.drop_table("forum_proposal_note")
    with op.batch_alter_table("forum_proposal_co_host", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_proposal_co_host_email_key"))

    op.drop_table("forum_proposal_co_host")
    with op.batch_alter_table("forum_proposal", schema=None) as batch_op:
        batch_op.drop_index("ix_forum_proposal_list")
        batch_op.drop_index(batch_op.f("ix_forum_proposal_account_id"))

    op.drop_table("forum_proposal")
    op.drop_table("forum_proposal_window")
