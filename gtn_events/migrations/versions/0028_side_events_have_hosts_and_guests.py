"""Side events have hosts and guests.

Revision 0028, after 0027.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "forum_side_event_guest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("side_event_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=False),
        sa.Column("organisation_name", sa.String(length=200), nullable=False),
        sa.Column("economy_code", sa.String(length=8), nullable=True),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["economy_code"], ["core_economy.code"], name=op.f("fk_forum_side_event_guest_economy_code")
        ),
        sa.ForeignKeyConstraint(
            ["side_event_id"], ["forum_side_event.id"], name=op.f("fk_forum_side_event_guest_side_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_side_event_guest")),
        sa.UniqueConstraint(
            "side_event_id", "email_key", name=op.f("uq_forum_side_event_guest_side_event_id_email_key")
        ),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_forum_side_event_guest_token_sha256")),
    )
    with op.batch_alter_table("forum_side_event_guest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_side_event_guest_email_key"), ["email_key"], unique=False)

    with op.batch_alter_table("forum_side_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("audience", sa.String(length=40), nullable=False, server_default="delegates"))
        batch_op.add_column(sa.Column("speakers", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("logo_upload_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_forum_side_event_logo_upload_id"), "core_upload", ["logo_upload_id"], ["id"]
        )
    with op.batch_alter_table("forum_side_event", schema=None) as batch_op:
        batch_op.alter_column("audience", server_default=None)
        batch_op.alter_column("speakers", server_default=None)


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("forum_side_event", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_forum_side_event_logo_upload_id"), type_="foreignkey")
        batch_op.drop_column("logo_upload_id")
        batch_op.drop_column("speakers")
        batch_op.drop_column("audience")

    with op.batch_alter_table("forum_side_event_guest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_side_event_guest_email_key"))

    op.drop_table("forum_side_event_guest")
