"""Side events have own questions.

Revision 0033, after 0032.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

COLUMNS = (
    ("forum_side_event", "questionnaire_id", "questionnaire"),
    ("forum_side_event_booking", "answer_set_id", "questionnaire_answer_set"),
    ("forum_side_event_guest", "answer_set_id", "questionnaire_answer_set"),
)


def upgrade() -> None:
    """Go to this revision."""
    for table, column, target in COLUMNS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f"fk_{table}_{column}"), target, [column], ["id"])


def downgrade() -> None:
    """Go back to the one before."""
    for table, column, _target in reversed(COLUMNS):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(batch_op.f(f"fk_{table}_{column}"), type_="foreignkey")
            batch_op.drop_column(column)
