"""Programmes are released in versions.

Revision 0040, after 0039.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "forum_programme_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("public_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("repeats", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_programme_release_forum_id")),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["accounts_account.id"], name=op.f("fk_forum_programme_release_released_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_programme_release")),
        sa.UniqueConstraint("forum_id", "number", name=op.f("uq_forum_programme_release_forum_id_number")),
    )
    op.create_index(op.f("ix_forum_programme_release_told_at"), "forum_programme_release", ["told_at"])
    op.create_table(
        "forum_programme_released_text",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["forum_programme_release.id"],
            name=op.f("fk_forum_programme_released_text_release_id"),
        ),
        sa.PrimaryKeyConstraint("release_id", "kind", "subject_id", name=op.f("pk_forum_programme_released_text")),
    )


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_table("forum_programme_released_text")
    op.drop_table("forum_programme_release")
