"""A placement that is over, with figures that can be given; every text carries one word."""

from datetime import date
from typing import Any

from gtn_events.core.db import db
from gtn_events.incubation.enums import Moment
from gtn_events.incubation.models import Intake
from tests.factories import make_account
from tests.incubation.factories import make_application
from tests.incubation.figures_factories import give, make_placement, set_at

LONG_AGO = date(2013, 6, 1)


def make_figures(intake: Intake, word: str) -> dict[str, Any]:
    """Make it and return what the addresses of figures are filled with: the first set is given, the others wait."""
    call = intake.call
    firm = make_account(f"placed.{word}@firm.example", family_name=f"Placed {word}")
    application = make_application(
        call,
        firm,
        title=f"Placed {word}",
        reference=f"{call.reference_prefix}-{word[:4].upper()}-PLAC",
        organisation_name=f"Placed firm {word}",
    )
    placement = make_placement(application, intake)
    first, waits = set_at(placement, Moment.START), set_at(placement, Moment.END)
    give(first, note=f"Figures {word}", source=f"Source {word}", sent_by=f"Gave {word}")
    waits.due_on, waits.note = LONG_AGO, f"Draft {word}"
    db.session.commit()
    return {"placement_id": placement.id, "figures_id": waits.id, "moment": Moment.END.value}
