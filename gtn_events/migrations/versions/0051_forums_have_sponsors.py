"""Forums have sponsors, texts of sessions in more languages, and remember how their programme is printed.

Revision 0051, after 0050.
"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def _paper(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Enum("a3", "a4", "a5", name="paper", native_enum=False, length=40), nullable=False)


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "forum_sponsor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("level", sa.Enum("principal", "sponsor", "partner", "supporter", name="sponsorlevel", native_enum=False, length=40), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("logo_upload_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_sponsor_forum_id")),
        sa.ForeignKeyConstraint(["logo_upload_id"], ["core_upload.id"], name=op.f("fk_forum_sponsor_logo_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_sponsor")),
        sa.UniqueConstraint("forum_id", "name", name=op.f("uq_forum_sponsor_forum_id_name")),
    )
    op.create_index(op.f("ix_forum_sponsor_forum_id"), "forum_sponsor", ["forum_id"])
    op.create_table(
        "forum_print_options",
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.Enum("ring", "currents", "quilt", name="booklettheme", native_enum=False, length=40), nullable=False),
        _paper("paper"),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("notes_pages", sa.Integer(), nullable=False),
        _paper("poster_paper"),
        _paper("sign_paper"),
        sa.CheckConstraint("notes_pages BETWEEN 0 AND 24", name=op.f("ck_forum_print_options_notes_pages")),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_print_options_forum_id")),
        sa.PrimaryKeyConstraint("forum_id", name=op.f("pk_forum_print_options")),
    )
    op.create_table(
        "forum_session_text",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["forum_session.id"], name=op.f("fk_forum_session_text_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "language", name=op.f("pk_forum_session_text")),
    )


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_table("forum_session_text")
    op.drop_table("forum_print_options")
    op.drop_table("forum_sponsor")
