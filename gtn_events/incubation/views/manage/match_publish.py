"""Publishing a match: first what goes out and to whom, then the offers."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext as _n

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...domain.match_runs import check_publishable
from ...domain.offers import accept_by, publish_run
from ...errors import MatchRefused
from ...models import Call, MatchRun
from ...notifications_match import hosts_to_tell
from ...queries.match import is_published
from ...queries.run_list import outcomes_to_tell
from .blueprint import blueprint
from .match import run_or_404

MOST_SHOWN = 100


@blueprint.get("/match/<int:number>/publish")
@requires(Permission.CALL_MATCH)
def match_publish_ask(call: Call, number: int) -> ResponseReturnValue:
    """Show the mails that publishing sends, until when is answered, and the seed that becomes public."""
    run, now = run_or_404(call, number), clock.now()
    outcomes = outcomes_to_tell(run)
    offers = [each for each in outcomes if each.intake is not None]
    first = not is_published(call)
    hosts = hosts_to_tell(run, {each.intake_id for each in offers if each.intake_id is not None}, first=first)
    return render_template(
        "incubation/manage/match_publish.html",
        call=call,
        run=run,
        offers=offers,
        without=[each for each in outcomes if each.intake is None] if first else [],
        hosts=hosts,
        mails_to_hosts=sum(len(people) for _intake, people in hosts),
        most=MOST_SHOWN,
        until=accept_by(call, now),
        why_not=_why_not(run),
    )


@blueprint.post("/match/<int:number>/publish")
@requires(Permission.CALL_MATCH)
def match_publish(call: Call, number: int) -> ResponseReturnValue:
    """Make the run public; every place in it becomes an offer."""
    run = run_or_404(call, number)
    offers = publish_run(run, actor=current_account(), now=clock.now())
    db.session.commit()
    made = _n("%(num)s offer is made.", "%(num)s offers are made.", len(offers))
    flash(_("Run %(number)s is published.", number=run.number) + " " + made, "success")
    return redirect(url_for(".offers", call=call))


def _why_not(run: MatchRun) -> str:
    try:
        check_publishable(run)
    except MatchRefused as refusal:
        return refusal.message
    return ""
