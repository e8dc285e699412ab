"""Sessions have materials, and speakers photos.

Revision 0053, after 0052.
"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "forum_session_material",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=True),
        sa.Column("access", sa.String(length=40), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(upload_id IS NULL) = (url <> '')", name=op.f("ck_forum_session_material_file_or_link")
        ),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["accounts_account.id"], name=op.f("fk_forum_session_material_added_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["forum_session.id"], name=op.f("fk_forum_session_material_session_id")
        ),
        sa.ForeignKeyConstraint(["upload_id"], ["core_upload.id"], name=op.f("fk_forum_session_material_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_session_material")),
    )
    with op.batch_alter_table("forum_session_material", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_session_material_session_id"), ["session_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_forum_session_material_added_by_id"), ["added_by_id"], unique=False)
    op.create_table(
        "forum_speaker_photo",
        sa.Column("speaker_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["speaker_id"], ["forum_speaker.id"], name=op.f("fk_forum_speaker_photo_speaker_id")),
        sa.ForeignKeyConstraint(["upload_id"], ["core_upload.id"], name=op.f("fk_forum_speaker_photo_upload_id")),
        sa.PrimaryKeyConstraint("speaker_id", name=op.f("pk_forum_speaker_photo")),
    )


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_table("forum_speaker_photo")
    op.drop_table("forum_session_material")
