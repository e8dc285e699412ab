"""CPU of looking at a file of 2,000 nominations, as a workbook and as CSV, with half of them known already.

``python bench/nominations.py``, on SQLite. Reading the file and comparing every line with what is there;
the page that shows a hundred of the lines is not part of it.
"""

import csv
import tempfile
import time
from pathlib import Path

from gtn_events.accounts.enums import Role
from gtn_events.app import create_app
from gtn_events.core.db import Base, db
from gtn_events.core.economies import Economy, seed_economies
from gtn_events.core.exports import xlsx_file
from gtn_events.core.sheets import read_sheet
from gtn_events.delegations.domain.nomination_sheet import apply_sheet, preview_sheet
from gtn_events.delegations.models import Delegation
from tests.databases import settings_on
from tests.factories import MADE_AT, grant_role, make_account, make_category, make_forum

LINES, TARGET = 2_000, 3.0
HEADS = ["E-mail", "Category", "Given name", "Family name", "Gender", "Position", "Organisation"]
HEADS += ["Kind of organisation", "Function", "Rank", "Funding", "Why this person"]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings_on(f"sqlite:///{folder}/bench.db", instance=Path(folder)))
        with app.app_context():
            Base.metadata.create_all(db.engine)
            seed_economies(db.session())
            measure(Path(folder))
            db.session.remove()
            db.engine.dispose()


def measure(folder: Path) -> None:
    """Measure both kinds of file."""
    category = make_category(make_forum())
    delegation = Delegation(category.forum, db.session.get_one(Economy, "PE"))
    actor = make_account("coordinator@gtn.example")
    grant_role(actor, Role.ECONOMY_COORDINATOR, delegation.scope)
    known = preview_sheet(delegation, [HEADS, *(row(number) for number in range(0, LINES, 2))], [category])
    apply_sheet(delegation, known.lines, nominates=False, actor=actor, now=MADE_AT)
    db.session.commit()
    rows = [row(number, "Director" if number % 4 == 0 else "Founder") for number in range(LINES)]
    text = folder / "people.csv"
    with text.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADS, *rows])
    for path, is_workbook in ((xlsx_file(HEADS, rows), True), (text, False)):
        begun = time.process_time()
        sheet = read_sheet(path, is_workbook=is_workbook, most_lines=LINES + 1)
        counts = preview_sheet(delegation, sheet, [category]).counts
        used = time.process_time() - begun
        verdict = "met" if used < TARGET else "MISSED"
        print(f"{path.suffix}: {used:.2f} s CPU, target {TARGET:.0f} s, {verdict}; {dict(counts)}")
        db.session.rollback()


def row(number: int, position: str = "Founder") -> list[str]:
    """Return one complete line."""
    person = [f"person{number}@firm.example", "Delegate", "Inés", f"Quispe {number}", "Woman", position]
    words = "Runs the cold stores that the forum asks for, and buys for forty cooperatives. " * 5
    return [*person, "Andes Cold Chain", "SME", "Delegate", str(number % 900 + 1), "APEC", words.strip()]


if __name__ == "__main__":
    main()
