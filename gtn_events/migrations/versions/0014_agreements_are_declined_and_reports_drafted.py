"""A party declines an agreement with a reason, and reports have drafts.

Revision 0014, after 0013.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    with op.batch_alter_table("incubation_agreement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ended_reason", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("incubation_agreement", schema=None) as batch_op:
        batch_op.alter_column("ended_reason", server_default=None, existing_type=sa.Text(), existing_nullable=False)
    with op.batch_alter_table("incubation_agreement_party", schema=None) as batch_op:
        batch_op.add_column(sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("incubation_report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE incubation_report SET saved_at = sent_at")
    with op.batch_alter_table("incubation_report", schema=None) as batch_op:
        batch_op.alter_column("saved_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.alter_column("sent_at", existing_type=sa.DateTime(timezone=True), nullable=True)


def downgrade() -> None:
    """Go back to the one before."""
    op.execute("DELETE FROM incubation_report WHERE sent_at IS NULL")
    op.execute("UPDATE incubation_agreement SET state = 'superseded' WHERE state = 'declined'")
    with op.batch_alter_table("incubation_report", schema=None) as batch_op:
        batch_op.alter_column("sent_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.drop_column("saved_at")
    with op.batch_alter_table("incubation_agreement_party", schema=None) as batch_op:
        batch_op.drop_column("declined_at")
    with op.batch_alter_table("incubation_agreement", schema=None) as batch_op:
        batch_op.drop_column("ended_reason")
