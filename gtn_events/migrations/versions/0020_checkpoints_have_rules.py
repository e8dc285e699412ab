"""A checkpoint has a kind, a rule and those who may pass; every scan of a door is kept by its nonce.

Revision 0020, after 0019.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

CHECK_IN = sa.table(
    "forum_check_in",
    sa.column("id", sa.Integer),
    sa.column("checkpoint_id", sa.Integer),
    sa.column("registration_id", sa.Integer),
    sa.column("direction", sa.String),
    sa.column("at", sa.DateTime),
    sa.column("undone_at", sa.DateTime),
)
LIVE = sa.text("undone_at IS NULL")
TURNS = "(direction = 'in' AND pass_number % 2 = 1) OR (direction = 'out' AND pass_number % 2 = 0)"


def upgrade() -> None:
    """Go to this revision."""
    with op.batch_alter_table("forum_checkpoint", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=40), nullable=False, server_default="main-door"))
        batch_op.add_column(sa.Column("rule", sa.String(length=40), nullable=False, server_default="once"))
        batch_op.add_column(sa.Column("side_event_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("category_keys", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("counts", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("position", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_forum_checkpoint_side_event_id"), "forum_side_event", ["side_event_id"], ["id"]
        )
    with op.batch_alter_table("forum_checkpoint", schema=None) as batch_op:
        for name in ("kind", "rule", "category_keys", "counts", "position"):
            batch_op.alter_column(name, server_default=None)
    with op.batch_alter_table("forum_check_in", schema=None) as batch_op:
        batch_op.drop_index("uq_forum_check_in_live")
        batch_op.add_column(sa.Column("slot_key", sa.String(length=10), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("pass_number", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("direction", sa.String(length=40), nullable=False, server_default="in"))
    with op.batch_alter_table("forum_check_in", schema=None) as batch_op:
        for name in ("slot_key", "pass_number", "direction"):
            batch_op.alter_column(name, server_default=None)
        batch_op.create_check_constraint(batch_op.f("ck_forum_check_in_in_and_out_by_turns"), TURNS)
        batch_op.create_index(
            "uq_forum_check_in_live",
            ["checkpoint_id", "registration_id", "slot_key", "pass_number"],
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        )
    op.create_table(
        "forum_door_scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(length=36), nullable=False),
        sa.Column("checkpoint_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("check_in_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("direction", sa.String(length=40), nullable=False),
        sa.Column("shown", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("station", sa.String(length=80), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clock_was_off", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checkpoint_id"], ["forum_checkpoint.id"], name=op.f("fk_forum_door_scan_checkpoint_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["forum_registration.id"], name=op.f("fk_forum_door_scan_registration_id")
        ),
        sa.ForeignKeyConstraint(["check_in_id"], ["forum_check_in.id"], name=op.f("fk_forum_door_scan_check_in_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_door_scan")),
        sa.UniqueConstraint("nonce", name=op.f("uq_forum_door_scan_nonce")),
    )
    with op.batch_alter_table("forum_door_scan", schema=None) as batch_op:
        batch_op.create_index("ix_forum_door_scan_recent", ["checkpoint_id", "at"], unique=False)
        batch_op.create_index("ix_forum_door_scan_differing", ["checkpoint_id", "shown", "outcome"], unique=False)
        batch_op.create_index(batch_op.f("ix_forum_door_scan_registration_id"), ["registration_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_forum_door_scan_check_in_id"), ["check_in_id"], unique=False)


def downgrade() -> None:
    """Go back to the one before: of several passes of a person at a checkpoint the first way in counts."""
    op.drop_table("forum_door_scan")
    first = (
        sa.select(sa.func.min(CHECK_IN.c.id))
        .where(CHECK_IN.c.undone_at.is_(None), CHECK_IN.c.direction == "in")
        .group_by(CHECK_IN.c.checkpoint_id, CHECK_IN.c.registration_id)
    )
    op.execute(
        CHECK_IN.update()
        .where(CHECK_IN.c.undone_at.is_(None), CHECK_IN.c.id.not_in(first))
        .values(undone_at=CHECK_IN.c.at)
    )
    with op.batch_alter_table("forum_check_in", schema=None) as batch_op:
        batch_op.drop_index("uq_forum_check_in_live")
        batch_op.drop_constraint(batch_op.f("ck_forum_check_in_in_and_out_by_turns"), type_="check")
        batch_op.drop_column("direction")
        batch_op.drop_column("pass_number")
        batch_op.drop_column("slot_key")
        batch_op.create_index(
            "uq_forum_check_in_live",
            ["checkpoint_id", "registration_id"],
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        )
    with op.batch_alter_table("forum_checkpoint", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_forum_checkpoint_side_event_id"), type_="foreignkey")
        for name in ("closed_at", "position", "counts", "category_keys", "side_event_id", "rule", "kind"):
            batch_op.drop_column(name)
