"""Spreadsheets of nominations that wait to be taken.

Revision 0037, after 0036.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

TABLE = "delegations_nomination_sheet"
TARGETS = (("forum_id", "forum.id"), ("economy_code", "core_economy.code"), ("upload_id", "core_upload.id"))


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("economy_code", sa.String(length=8), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        *(sa.ForeignKeyConstraint([name], [target], name=op.f(f"fk_{TABLE}_{name}")) for name, target in TARGETS),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("upload_id", name=op.f(f"uq_{TABLE}_upload_id")),
    )


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_table(TABLE)
