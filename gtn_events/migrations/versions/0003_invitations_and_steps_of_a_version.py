"""People are invited to roles; the steps of a form belong to a version of its questions.

Revision 0003, after 0002.

Every version gets the steps that its questionnaire had. The new column keeps its default in the
database: without one SQLite would have to build the table anew, while answers point at it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OPEN = sa.text("accepted_at IS NULL AND withdrawn_at IS NULL")


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "accounts_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("scope_kind", sa.String(length=30), nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"], ["accounts_account.id"], name=op.f("fk_accounts_invitation_accepted_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_invitation")),
    )
    with op.batch_alter_table("accounts_invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accounts_invitation_accepted_by_id"), ["accepted_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_accounts_invitation_email_key"), ["email_key"], unique=False)
        batch_op.create_index("ix_accounts_invitation_scope", ["scope_kind", "scope_id"], unique=False)
        batch_op.create_index(
            "uq_accounts_invitation_open",
            ["email_key", "role", "scope_kind", "scope_id"],
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        )

    op.add_column("questionnaire_version", sa.Column("steps", sa.JSON(), server_default="[]", nullable=False))
    op.execute(
        "UPDATE questionnaire_version SET steps = (SELECT questionnaire.steps FROM questionnaire"
        " WHERE questionnaire.id = questionnaire_version.questionnaire_id)"
    )
    op.drop_column("questionnaire", "steps")


def downgrade() -> None:
    """Go back to the one before; a questionnaire keeps the steps of its last version."""
    op.add_column("questionnaire", sa.Column("steps", sa.JSON(), server_default="[]", nullable=False))
    op.execute(
        "UPDATE questionnaire SET steps = last.steps FROM questionnaire_version AS last"
        " WHERE last.questionnaire_id = questionnaire.id AND last.number = (SELECT max(other.number)"
        " FROM questionnaire_version AS other WHERE other.questionnaire_id = questionnaire.id)"
    )
    op.drop_column("questionnaire_version", "steps")

    with op.batch_alter_table("accounts_invitation", schema=None) as batch_op:
        batch_op.drop_index("uq_accounts_invitation_open", sqlite_where=OPEN, postgresql_where=OPEN)
        batch_op.drop_index("ix_accounts_invitation_scope")
        batch_op.drop_index(batch_op.f("ix_accounts_invitation_email_key"))
        batch_op.drop_index(batch_op.f("ix_accounts_invitation_accepted_by_id"))

    op.drop_table("accounts_invitation")
