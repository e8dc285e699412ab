"""Delegates ask for letters; their passport data are sealed; letters are numbered without gaps.

Revision 0024, after 0023.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "forum_letter_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.Column("invitation_text", sa.Text(), nullable=False),
        sa.Column("visa_text", sa.Text(), nullable=False),
        sa.Column("signatory_name", sa.String(length=120), nullable=False),
        sa.Column("signatory_post", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_letter_settings_forum_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_letter_settings")),
        sa.UniqueConstraint("forum_id", name=op.f("uq_forum_letter_settings_forum_id")),
    )
    op.create_table(
        "forum_letter_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["forum_registration.id"], name=op.f("fk_forum_letter_request_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_letter_request")),
        sa.UniqueConstraint("registration_id", name=op.f("uq_forum_letter_request_registration_id")),
    )
    op.create_table(
        "forum_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=30), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.Column("revoked_by_id", sa.Integer(), nullable=True),
        sa.Column("revoke_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_letter_forum_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["forum_registration.id"], name=op.f("fk_forum_letter_registration_id")
        ),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["forum_letter.id"], name=op.f("fk_forum_letter_replaced_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_letter")),
        sa.UniqueConstraint("forum_id", "number", name=op.f("uq_forum_letter_forum_id_number")),
    )
    with op.batch_alter_table("forum_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_letter_registration_id"), ["registration_id"], unique=False)
        batch_op.create_index(
            "uq_forum_letter_live",
            ["registration_id", "kind"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_table("forum_letter")
    op.drop_table("forum_letter_request")
    op.drop_table("forum_letter_settings")
