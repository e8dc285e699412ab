"""Places are allotted to economies, and economies say yes first.

Revision 0016, after 0015.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "forum_allotment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=20), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.Column("releases_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("holder <> ''", name=op.f("ck_forum_allotment_holder_named")),
        sa.ForeignKeyConstraint(["category_id"], ["forum_category.id"], name=op.f("fk_forum_allotment_category_id")),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_allotment_forum_id")),
        sa.ForeignKeyConstraint(["pool_id"], ["core_seat_pool.id"], name=op.f("fk_forum_allotment_pool_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_allotment")),
        sa.UniqueConstraint("category_id", "holder", name=op.f("uq_forum_allotment_category_id_holder")),
    )
    with op.batch_alter_table("forum_allotment", schema=None) as batch_op:
        batch_op.create_index("ix_forum_allotment_due", ["released_at", "releases_at"], unique=False)
        batch_op.create_index("ix_forum_allotment_holder", ["forum_id", "holder"], unique=False)

    with op.batch_alter_table("forum", schema=None) as batch_op:
        batch_op.add_column(sa.Column("economy_answer_days", sa.Integer(), nullable=False, server_default="7"))

    with op.batch_alter_table("forum_category", schema=None) as batch_op:
        batch_op.add_column(sa.Column("common_pool_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_forum_category_common_pool_id"), "core_seat_pool", ["common_pool_id"], ["id"]
        )

    with op.batch_alter_table("forum_registration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stage", sa.String(length=40), nullable=False, server_default="host"))
        batch_op.add_column(sa.Column("answer_due_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("economy_answered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("economy_answered_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("economy_reason", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("allotment_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("delegation_function", sa.String(length=40), nullable=False, server_default="delegate")
        )
        batch_op.add_column(sa.Column("delegation_rank", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("funding", sa.String(length=40), nullable=False, server_default="own"))
        batch_op.create_index(batch_op.f("ix_forum_registration_allotment_id"), ["allotment_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_forum_registration_allotment_id"), "forum_allotment", ["allotment_id"], ["id"]
        )


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("forum_registration", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_forum_registration_allotment_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_forum_registration_allotment_id"))
        batch_op.drop_column("funding")
        batch_op.drop_column("delegation_rank")
        batch_op.drop_column("delegation_function")
        batch_op.drop_column("allotment_id")
        batch_op.drop_column("economy_reason")
        batch_op.drop_column("economy_answered_by_id")
        batch_op.drop_column("economy_answered_at")
        batch_op.drop_column("answer_due_at")
        batch_op.drop_column("stage")

    with op.batch_alter_table("forum_category", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_forum_category_common_pool_id"), type_="foreignkey")
        batch_op.drop_column("common_pool_id")

    with op.batch_alter_table("forum", schema=None) as batch_op:
        batch_op.drop_column("economy_answer_days")

    with op.batch_alter_table("forum_allotment", schema=None) as batch_op:
        batch_op.drop_index("ix_forum_allotment_holder")
        batch_op.drop_index("ix_forum_allotment_due")

    op.drop_table("forum_allotment")
