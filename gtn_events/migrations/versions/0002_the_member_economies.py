"""The 21 member economies stand in their table.

Revision 0002, after 0001.

The values are written out: a migration does the same thing for ever, whatever becomes of
the seed in the code. Rows that are there already keep their edits.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ECONOMY = sa.table(
    "core_economy",
    sa.column("code", sa.String),
    sa.column("rank", sa.Integer),
    sa.column("formal_name", sa.String),
    sa.column("short_name", sa.String),
    sa.column("in_sentence", sa.String),
    sa.column("travel_eligible", sa.Boolean),
)

ROWS = (
    ("AUS", 1, "Australia", "Australia", "Australia", False),
    ("BD", 2, "Brunei Darussalam", "Brunei Darussalam", "Brunei Darussalam", False),
    ("CDA", 3, "Canada", "Canada", "Canada", False),
    ("CHL", 4, "Chile", "Chile", "Chile", True),
    ("PRC", 5, "People's Republic of China", "China", "China", True),
    ("HKC", 6, "Hong Kong, China", "Hong Kong, China", "Hong Kong, China", False),
    ("INA", 7, "Indonesia", "Indonesia", "Indonesia", True),
    ("JPN", 8, "Japan", "Japan", "Japan", False),
    ("ROK", 9, "Republic of Korea", "Korea", "Korea", False),
    ("MAS", 10, "Malaysia", "Malaysia", "Malaysia", True),
    ("MEX", 11, "Mexico", "Mexico", "Mexico", True),
    ("NZ", 12, "New Zealand", "New Zealand", "New Zealand", False),
    ("PNG", 13, "Papua New Guinea", "Papua New Guinea", "Papua New Guinea", True),
    ("PE", 14, "Peru", "Peru", "Peru", True),
    ("PHL", 15, "The Philippines", "The Philippines", "the Philippines", True),
    ("RUS", 16, "Russia", "Russia", "Russia", True),
    ("SGP", 17, "Singapore", "Singapore", "Singapore", False),
    ("CT", 18, "Chinese Taipei", "Chinese Taipei", "Chinese Taipei", False),
    ("THA", 19, "Thailand", "Thailand", "Thailand", True),
    ("US", 20, "The United States", "United States", "the United States", False),
    ("VN", 21, "Viet Nam", "Viet Nam", "Viet Nam", True),
)


def upgrade() -> None:
    """Add the economies that are missing."""
    connection = op.get_bind()
    present = set(connection.scalars(sa.select(ECONOMY.c.code)))
    names = [column.name for column in ECONOMY.columns]
    rows = [dict(zip(names, row, strict=True)) for row in ROWS if row[0] not in present]
    if rows:
        connection.execute(ECONOMY.insert(), rows)


def downgrade() -> None:
    """Leave them: accounts point at them, and the table itself goes with the revision before."""
