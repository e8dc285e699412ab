"""Circulars of a forum: versions, files, acknowledgements of economies.

Revision 0027, after 0026.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "delegations_circular",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_delegations_circular_forum_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations_circular")),
        sa.UniqueConstraint("forum_id", "number", name=op.f("uq_delegations_circular_forum_id_number")),
    )
    with op.batch_alter_table("delegations_circular", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegations_circular_forum_id"), ["forum_id"], unique=False)

    op.create_table(
        "delegations_circular_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("circular_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("acknowledge_by", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("draft", "released", "superseded", name="circularstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["circular_id"], ["delegations_circular.id"], name=op.f("fk_delegations_circular_version_circular_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations_circular_version")),
        sa.UniqueConstraint("circular_id", "version", name=op.f("uq_delegations_circular_version_circular_id_version")),
    )
    with op.batch_alter_table("delegations_circular_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegations_circular_version_circular_id"), ["circular_id"], unique=False)
        batch_op.create_index(
            "uq_delegations_circular_version_draft",
            ["circular_id"],
            unique=True,
            sqlite_where=sa.text("state = 'draft'"),
            postgresql_where=sa.text("state = 'draft'"),
        )
        batch_op.create_index(
            "uq_delegations_circular_version_released",
            ["circular_id"],
            unique=True,
            sqlite_where=sa.text("state = 'released'"),
            postgresql_where=sa.text("state = 'released'"),
        )

    op.create_table(
        "delegations_circular_acknowledgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("economy_code", sa.String(length=8), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts_account.id"], name=op.f("fk_delegations_circular_acknowledgement_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["economy_code"], ["core_economy.code"], name=op.f("fk_delegations_circular_acknowledgement_economy_code")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["delegations_circular_version.id"],
            name=op.f("fk_delegations_circular_acknowledgement_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations_circular_acknowledgement")),
        sa.UniqueConstraint(
            "version_id", "economy_code", name=op.f("uq_delegations_circular_acknowledgement_version_id_economy_code")
        ),
    )
    with op.batch_alter_table("delegations_circular_acknowledgement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_delegations_circular_acknowledgement_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_delegations_circular_acknowledgement_economy_code"), ["economy_code"], unique=False
        )

    op.create_table(
        "delegations_circular_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["upload_id"], ["core_upload.id"], name=op.f("fk_delegations_circular_file_upload_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["delegations_circular_version.id"], name=op.f("fk_delegations_circular_file_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations_circular_file")),
    )
    with op.batch_alter_table("delegations_circular_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegations_circular_file_upload_id"), ["upload_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delegations_circular_file_version_id"), ["version_id"], unique=False)


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("delegations_circular_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delegations_circular_file_version_id"))
        batch_op.drop_index(batch_op.f("ix_delegations_circular_file_upload_id"))

    op.drop_table("delegations_circular_file")
    with op.batch_alter_table("delegations_circular_acknowledgement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delegations_circular_acknowledgement_economy_code"))
        batch_op.drop_index(batch_op.f("ix_delegations_circular_acknowledgement_account_id"))

    op.drop_table("delegations_circular_acknowledgement")
    with op.batch_alter_table("delegations_circular_version", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_delegations_circular_version_released",
            sqlite_where=sa.text("state = 'released'"),
            postgresql_where=sa.text("state = 'released'"),
        )
        batch_op.drop_index(
            "uq_delegations_circular_version_draft",
            sqlite_where=sa.text("state = 'draft'"),
            postgresql_where=sa.text("state = 'draft'"),
        )
        batch_op.drop_index(batch_op.f("ix_delegations_circular_version_circular_id"))

    op.drop_table("delegations_circular_version")
    with op.batch_alter_table("delegations_circular", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delegations_circular_forum_id"))

    op.drop_table("delegations_circular")
