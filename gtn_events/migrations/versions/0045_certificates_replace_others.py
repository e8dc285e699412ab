"""Certificates replace others.

Revision 0045, after 0044.
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    with op.batch_alter_table("certificates_certificate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("replaces_serial", sa.String(length=40), nullable=True))
        batch_op.create_unique_constraint(
            batch_op.f("uq_certificates_certificate_replaces_serial"), ["replaces_serial"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_certificates_certificate_replaces_serial"),
            "certificates_certificate",
            ["replaces_serial"],
            ["serial"],
        )


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("certificates_certificate", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_certificates_certificate_replaces_serial"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_certificates_certificate_replaces_serial"), type_="unique")
        batch_op.drop_column("replaces_serial")

