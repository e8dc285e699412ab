"""The entrant's page of what the judges say, after each decided round."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.permissions import Permission, requires

from ..domain.appeal_window import contestable
from ..domain.feedback import feedback_of
from ..models import Competition
from ..queries.feedback import entry_of
from .loading import load_competition

blueprint = Blueprint("competition_feedback", __name__, url_prefix="/competitions/<competition>/my/<reference>")
load_competition(blueprint)


@blueprint.get("/feedback")
@requires(Permission.SIGNED_IN)
def feedback(competition: Competition, reference: str) -> ResponseReturnValue:
    """Show how far the entry came and what the judges wrote to its entrant; nobody else's entry is found."""
    entry = entry_of(competition, current_account(), reference)
    if entry is None:
        abort(404)
    now = clock.now()
    return render_template(
        "competition/my/feedback.html",
        competition=competition,
        entry=entry,
        rounds=feedback_of(entry),
        appealable={each.round.id: each for each in contestable(entry) if each.round and each.is_open(now)},
    )
