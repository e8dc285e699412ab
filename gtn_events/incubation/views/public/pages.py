"""The list of calls, the page of one (what, for whom, what it costs, the dates, the one button), and how places go."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import public
from gtn_events.eligibility.domain.keeping import rules_of
from gtn_events.eligibility.domain.setting import economy_names, words_of_rule

from ...domain.call_window import Window, timeline_of, window_of
from ...domain.intake_limits import is_guaranteed, limits_in_words
from ...enums import ApplicationState
from ...models import Application, Call
from ...queries.calls import Places, places_by_call, published_calls
from ...queries.intakes import intakes_to_show
from .blueprint import blueprint

FIRST = (Window.OPEN, Window.BEFORE, Window.RANKING, Window.MATCHING, Window.OVER)


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    """Show the published calls: those that take applications first, then what comes, then what goes on or is over."""
    now = clock.now()
    found = [(each, window_of(each, now=now)) for each in published_calls()]
    found.sort(key=lambda pair: FIRST.index(pair[1]))
    return render_template("incubation/public/index.html", calls=found, places=places_by_call(), no_places=Places())


@blueprint.get("/how-places-are-given")
@public
def how() -> ResponseReturnValue:
    """Explain in plain words how applicants and hosts are brought together, and how anybody can check it."""
    return render_template("incubation/public/how.html")


@blueprint.get("/<call>/")
@public
def show(call: Call) -> ResponseReturnValue:
    """Show one call to whoever thinks about applying."""
    now, names, intakes = clock.now(), economy_names(), intakes_to_show(call)
    return render_template(
        "incubation/public/show.html",
        call=call,
        rules=[words_of_rule(rule, names) for rule in rules_of(call)],
        window=window_of(call, now=now),
        timeline=timeline_of(call, now=now),
        intakes=intakes,
        limits={intake.id: limits_in_words(call, intake) for intake in intakes},
        unsure=[intake.host.name for intake in intakes if not is_guaranteed(intake)],
        has_applied=_has_applied(call),
        ring=[(code, name, 0) for code, name in names.items()],
        now=now,
    )


def _has_applied(call: Call) -> bool:
    if not current_user.is_authenticated:
        return False
    own = select(Application.id).where(
        Application.call_id == call.id,
        Application.account_id == current_user.id,
        Application.state != ApplicationState.WITHDRAWN,
    )
    return db.session.scalar(own.limit(1)) is not None
