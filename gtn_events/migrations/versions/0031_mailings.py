"""Mails of a forum to a chosen set, and the frozen set.

Revision 0031, after 0030.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "forum_mailing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("audience_words", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft", "scheduled", "sending", "sent", "cancelled", name="mailingstate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("scheduled_by_id", sa.Integer(), nullable=True),
        sa.Column("sends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_mailing_forum_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_mailing")),
    )
    with op.batch_alter_table("forum_mailing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_mailing_forum_id"), ["forum_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_forum_mailing_state"), ["state"], unique=False)

    op.create_table(
        "forum_mailing_recipient",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mailing_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["mail_id"], ["core_outbox_mail.id"], name=op.f("fk_forum_mailing_recipient_mail_id")),
        sa.ForeignKeyConstraint(
            ["mailing_id"], ["forum_mailing.id"], name=op.f("fk_forum_mailing_recipient_mailing_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["forum_registration.id"], name=op.f("fk_forum_mailing_recipient_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_mailing_recipient")),
        sa.UniqueConstraint(
            "mailing_id", "registration_id", name=op.f("uq_forum_mailing_recipient_mailing_id_registration_id")
        ),
    )
    with op.batch_alter_table("forum_mailing_recipient", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_mailing_recipient_mail_id"), ["mail_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_forum_mailing_recipient_registration_id"), ["registration_id"], unique=False
        )


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("forum_mailing_recipient", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_mailing_recipient_registration_id"))
        batch_op.drop_index(batch_op.f("ix_forum_mailing_recipient_mail_id"))

    op.drop_table("forum_mailing_recipient")
    with op.batch_alter_table("forum_mailing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_mailing_state"))
        batch_op.drop_index(batch_op.f("ix_forum_mailing_forum_id"))

    op.drop_table("forum_mailing")
