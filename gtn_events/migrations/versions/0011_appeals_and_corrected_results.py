"""Entrants appeal and results are corrected.

Revision 0011, after 0010.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "competition_appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("competition_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decider_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("version_before", sa.Integer(), nullable=True),
        sa.Column("carried_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("carried_out", sa.Text(), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state = 'draft' OR (sent_at IS NOT NULL AND sent_at <= deadline AND ground IS NOT NULL)",
            name=op.f("ck_competition_appeal_sent_in_time"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('upheld', 'partly-upheld', 'not-upheld') OR (decided_at IS NOT NULL AND decision <> '')",
            name=op.f("ck_competition_appeal_decided_with_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["competition_id"], ["competition.id"], name=op.f("fk_competition_appeal_competition_id")
        ),
        sa.ForeignKeyConstraint(["decider_id"], ["accounts_account.id"], name=op.f("fk_competition_appeal_decider_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["competition_entry.id"], name=op.f("fk_competition_appeal_entry_id")),
        sa.ForeignKeyConstraint(["round_id"], ["competition_round.id"], name=op.f("fk_competition_appeal_round_id")),
        sa.ForeignKeyConstraint(["upload_id"], ["core_upload.id"], name=op.f("fk_competition_appeal_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competition_appeal")),
    )
    with op.batch_alter_table("competition_appeal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_competition_appeal_decider_id"), ["decider_id"], unique=False)
        batch_op.create_index("ix_competition_appeal_list", ["competition_id", "state", "sent_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_competition_appeal_round_id"), ["round_id"], unique=False)
        batch_op.create_index(
            "uq_competition_appeal_live",
            ["entry_id", "subject"],
            unique=True,
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )

    op.create_table(
        "competition_amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("competition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("appeal_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appeal_id"], ["competition_appeal.id"], name=op.f("fk_competition_amendment_appeal_id")
        ),
        sa.ForeignKeyConstraint(
            ["competition_id"], ["competition.id"], name=op.f("fk_competition_amendment_competition_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competition_amendment")),
        sa.UniqueConstraint("competition_id", "number", name=op.f("uq_competition_amendment_competition_id_number")),
    )
    with op.batch_alter_table("competition_amendment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_competition_amendment_appeal_id"), ["appeal_id"], unique=False)

    with op.batch_alter_table("competition", schema=None) as batch_op:
        batch_op.add_column(sa.Column("appeal_days", sa.Integer(), nullable=True))

    with op.batch_alter_table("competition_assignment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("scores_until", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("competition_result_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("appeal_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_competition_result_version_appeal_id"), ["appeal_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_competition_result_version_appeal_id"), "competition_appeal", ["appeal_id"], ["id"]
        )


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("competition_result_version", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_competition_result_version_appeal_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_competition_result_version_appeal_id"))
        batch_op.drop_column("appeal_id")

    with op.batch_alter_table("competition_assignment", schema=None) as batch_op:
        batch_op.drop_column("scores_until")

    with op.batch_alter_table("competition", schema=None) as batch_op:
        batch_op.drop_column("appeal_days")

    with op.batch_alter_table("competition_amendment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_competition_amendment_appeal_id"))

    op.drop_table("competition_amendment")
    with op.batch_alter_table("competition_appeal", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_competition_appeal_live",
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )
        batch_op.drop_index(batch_op.f("ix_competition_appeal_round_id"))
        batch_op.drop_index("ix_competition_appeal_list")
        batch_op.drop_index(batch_op.f("ix_competition_appeal_decider_id"))

    op.drop_table("competition_appeal")
