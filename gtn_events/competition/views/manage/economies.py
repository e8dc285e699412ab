"""What the economies have done so far: their places, their coordinators, who owes a word."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.queries.coordinators import coordinators_of
from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...domain.coordinators import owes_a_word, remind_coordinators
from ...domain.endorsement_window import endorsement_until, may_decide
from ...models import Competition
from ...queries.places import standings_of
from .blueprint import blueprint


@blueprint.get("/economies")
@requires(Permission.COMPETITION_ENTRIES_SEE)
def economies(competition: Competition) -> ResponseReturnValue:
    """Show every economy with its places, what it said of its entries, and who speaks for it."""
    standings, coordinators = standings_of(competition), coordinators_of()
    owing = {each.code for each in standings if owes_a_word(competition, each)}
    return render_template(
        "competition/manage/economies.html",
        competition=competition,
        standings=standings,
        coordinators=coordinators,
        owing=owing,
        reachable=sum(bool(coordinators.get(code)) for code in owing),
        until=endorsement_until(competition),
        decides=may_decide(competition, now=clock.now()),
    )


@blueprint.post("/economies/remind")
@requires(Permission.COMPETITION_ENTRIES_MANAGE)
def economies_remind(competition: Competition) -> ResponseReturnValue:
    """Remind the coordinators who owe a decision, each once a day at most."""
    count = remind_coordinators(competition, actor=current_account(), now=clock.now())
    db.session.commit()
    if count:
        flash(ngettext("%(num)s coordinator is reminded.", "%(num)s coordinators are reminded.", count), "success")
    else:
        flash(_("Nobody is left to remind today."), "info")
    return redirect(url_for(".economies", competition=competition))
