"""Groups of economies, and the posts of coordinators and deputies.

Revision 0022, after 0021.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "network_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_group")),
        sa.UniqueConstraint("name", name=op.f("uq_network_group_name")),
    )
    op.create_table(
        "network_group_member",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("economy_code", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["economy_code"], ["core_economy.code"], name=op.f("fk_network_group_member_economy_code")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["network_group.id"], name=op.f("fk_network_group_member_group_id")),
        sa.PrimaryKeyConstraint("group_id", "economy_code", name=op.f("pk_network_group_member")),
    )
    with op.batch_alter_table("network_group_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_network_group_member_economy_code"), ["economy_code"], unique=False)

    op.create_table(
        "network_post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum("regional", "sub-regional", "national", name="postlevel", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("economy_code", sa.String(length=8), nullable=True),
        sa.Column(
            "kind", sa.Enum("coordinator", "deputy", name="postkind", native_enum=False, length=40), nullable=False
        ),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("holder_email", sa.String(length=320), nullable=False),
        sa.Column("office_name", sa.String(length=200), nullable=False),
        sa.Column("post_title", sa.String(length=150), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("consented", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(level = 'regional' AND group_id IS NULL AND economy_code IS NULL) OR (level = 'sub-regional' AND group_id IS NOT NULL AND economy_code IS NULL) OR (level = 'national' AND group_id IS NULL AND economy_code IS NOT NULL)",
            name=op.f("ck_network_post_place_of_level"),
        ),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_network_post_days_in_order")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts_account.id"], name=op.f("fk_network_post_account_id")),
        sa.ForeignKeyConstraint(["economy_code"], ["core_economy.code"], name=op.f("fk_network_post_economy_code")),
        sa.ForeignKeyConstraint(["grant_id"], ["accounts_role_grant.id"], name=op.f("fk_network_post_grant_id")),
        sa.ForeignKeyConstraint(["group_id"], ["network_group.id"], name=op.f("fk_network_post_group_id")),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["accounts_invitation.id"],
            name=op.f("fk_network_post_invitation_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_post")),
    )
    with op.batch_alter_table("network_post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_network_post_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_network_post_economy_code"), ["economy_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_network_post_grant_id"), ["grant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_network_post_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_network_post_invitation_id"), ["invitation_id"], unique=False)


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("network_post", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_network_post_invitation_id"))
        batch_op.drop_index(batch_op.f("ix_network_post_group_id"))
        batch_op.drop_index(batch_op.f("ix_network_post_grant_id"))
        batch_op.drop_index(batch_op.f("ix_network_post_economy_code"))
        batch_op.drop_index(batch_op.f("ix_network_post_account_id"))

    op.drop_table("network_post")
    with op.batch_alter_table("network_group_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_network_group_member_economy_code"))

    op.drop_table("network_group_member")
    op.drop_table("network_group")
