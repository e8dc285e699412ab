"""A link to the figures of a firm keeps only the SHA-256 of its token; figures say whence they are, and have a receipt.

Revision 0015, after 0014.
"""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

FIGURES = sa.table("incubation_figures", sa.column("id", sa.Integer), sa.column("token", sa.String))


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "incubation_figure_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("figure_set_id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["figure_set_id"], ["incubation_figures.id"], name=op.f("fk_incubation_figure_link_figure_set_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incubation_figure_link")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_incubation_figure_link_token_sha256")),
    )
    with op.batch_alter_table("incubation_figure_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incubation_figure_link_figure_set_id"), ["figure_set_id"], unique=False)
    with op.batch_alter_table("incubation_figures", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_incubation_figures_token"), type_="unique")
        batch_op.drop_column("token")
        batch_op.add_column(sa.Column("source", sa.String(length=500), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("sha256", sa.String(length=64), nullable=False, server_default=""))
    with op.batch_alter_table("incubation_figures", schema=None) as batch_op:
        batch_op.alter_column("source", server_default=None)
        batch_op.alter_column("sha256", server_default=None)


def downgrade() -> None:
    """Go back to the one before; tokens are made from the ids, and no mail has them."""
    with op.batch_alter_table("incubation_figures", schema=None) as batch_op:
        batch_op.drop_column("sha256")
        batch_op.drop_column("saved_at")
        batch_op.drop_column("source")
        batch_op.add_column(sa.Column("token", sa.String(length=43), nullable=True))
    for (number,) in op.get_bind().execute(sa.select(FIGURES.c.id)).all():
        token = hashlib.sha256(f"figures {number}".encode()).hexdigest()[:43]
        op.execute(FIGURES.update().where(FIGURES.c.id == number).values(token=token))
    with op.batch_alter_table("incubation_figures", schema=None) as batch_op:
        batch_op.alter_column("token", existing_type=sa.String(length=43), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_incubation_figures_token"), ["token"])
    with op.batch_alter_table("incubation_figure_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incubation_figure_link_figure_set_id"))
    op.drop_table("incubation_figure_link")
