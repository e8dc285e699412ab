"""Certificates have designs, which are kept as versions.

Revision 0054, after 0053.
"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "certificates_design",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope_kind", sa.String(length=30), nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["accounts_account.id"], name=op.f("fk_certificates_design_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates_design")),
        sa.UniqueConstraint("scope_kind", "scope_id", "kind", "number", name=op.f("uq_certificates_design_scope_kind_scope_id_kind_number")),
    )
    with op.batch_alter_table("certificates_certificate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("design_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_certificates_certificate_design_id"), "certificates_design", ["design_id"], ["id"]
        )


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("certificates_certificate", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_certificates_certificate_design_id"), type_="foreignkey")
        batch_op.drop_column("design_id")
    op.drop_table("certificates_design")
