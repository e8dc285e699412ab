"""Recorded roots, what a decision was made from, and a round that adds the total of an earlier one.

Revision 0009, after 0008.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# What was stored as a sentence is stored as its code with its values.
SENTENCES = (
    ("category-place", r"Place (?P<number>\d+) of those that go on in the category (?P<detail>.*)\."),
    ("place", r"Place (?P<number>\d+) of those that go on\."),
    ("above-threshold", r"The total reaches what the rule asks for\."),
    ("reserve", r"Number (?P<number>\d+) of the reserve list\."),
    ("reserve", r"From the reserve list: (?P<departure>.*)"),
    ("below-threshold", r"The total is below what the rule asks for\."),
    ("economy-full", r"The places of the economy \((?P<number>\d+)\) were taken by entries that stand higher\."),
    ("places-full", r"The (?P<number>\d+) places were taken by entries that stand higher\."),
    ("category-full", r"The places of the category were taken by entries that stand higher\."),
    ("not-ranked", r"No scorecard counts for this entry, or it was withdrawn\."),
)


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "competition_recorded_root",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("competition_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["competition_id"], ["competition.id"], name=op.f("fk_competition_recorded_root_competition_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["competition_round.id"], name=op.f("fk_competition_recorded_root_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competition_recorded_root")),
    )
    with op.batch_alter_table("competition_recorded_root", schema=None) as batch_op:
        batch_op.create_index("ix_competition_recorded_root_competition", ["competition_id", "recorded_at"])
        batch_op.create_index(batch_op.f("ix_competition_recorded_root_round_id"), ["round_id"])
    with op.batch_alter_table("competition_round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("adds", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("competition_round", schema=None) as batch_op:
        batch_op.alter_column("adds", server_default=None)
    with op.batch_alter_table("competition_round_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reason", sa.String(length=40), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("reason_number", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("reason_detail", sa.Text(), nullable=False, server_default=""))
        batch_op.alter_column("why", new_column_name="departure")
    with op.batch_alter_table("competition_round_entry", schema=None) as batch_op:
        for column in ("reason", "reason_number", "reason_detail"):
            batch_op.alter_column(column, server_default=None)
    _code_sentences()
    _forget_sentences_of_plans()
    with op.batch_alter_table("competition_award", schema=None) as batch_op:
        batch_op.add_column(sa.Column("departure", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("competition_award", schema=None) as batch_op:
        batch_op.alter_column("departure", server_default=None)


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("competition_award", schema=None) as batch_op:
        batch_op.drop_column("departure")
    with op.batch_alter_table("competition_round_entry", schema=None) as batch_op:
        batch_op.alter_column("departure", new_column_name="why")
        for column in ("reason_detail", "reason_number", "reason"):
            batch_op.drop_column(column)
    with op.batch_alter_table("competition_round", schema=None) as batch_op:
        batch_op.drop_column("adds")
    op.drop_table("competition_recorded_root")


def _code_sentences() -> None:
    columns = ("id", "reason", "reason_number", "reason_detail", "departure")
    rows = sa.table("competition_round_entry", *map(sa.column, columns))
    for row_id, sentence in (
        op.get_bind().execute(sa.select(rows.c.id, rows.c.departure).where(rows.c.departure != "")).all()
    ):
        found = ((code, re.fullmatch(pattern, sentence, re.DOTALL)) for code, pattern in SENTENCES)
        code, values = next(
            ((code, match.groupdict()) for code, match in found if match), ("", {"departure": sentence})
        )
        op.get_bind().execute(
            sa.update(rows)
            .where(rows.c.id == row_id)
            .values(
                reason=code,
                reason_number=int(values.get("number") or 0),
                reason_detail=values.get("detail") or "",
                departure=values.get("departure") or "",
            )
        )


def _forget_sentences_of_plans() -> None:
    """Take the sentences out of plans, which hold codes from now on; an assignment that is run again says them anew."""
    rounds = sa.table("competition_round", sa.column("id"), sa.column("plan", sa.JSON()))
    for row_id, plan in op.get_bind().execute(sa.select(rounds.c.id, rounds.c.plan)).all():
        if plan:
            kept = {name: value for name, value in plan.items() if name != "what_if"} | {"reasons": []}
            op.get_bind().execute(sa.update(rounds).where(rounds.c.id == row_id).values(plan=kept))
