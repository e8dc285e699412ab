"""The applicant's result: the offer, why each higher choice was not possible, and the two answers."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires
from gtn_events.eligibility.domain.setting import economy_names

from ..domain.offers import accept_offer, decline_offer
from ..enums import OfferState
from ..forms.offer import DeclineForm
from ..models import Application, Call, MatchRun, Offer
from ..queries.choices import choices_of, run_behind
from ..queries.match import flows_of, outcome_of
from ..queries.offers import latest_offer, placements_of_offers
from ..queries.waiting import waiting_before
from .flow_pages import flows_shown
from .my import blueprint, own_application


@blueprint.get("/offer")
@requires(Permission.SIGNED_IN)
def offer(call: Call) -> ResponseReturnValue:
    """Show what the match gave, also when it gave nothing; before it is published, when that will be."""
    own = own_application(call)
    made = latest_offer(own)
    run = run_behind(own, made)
    return render_template(
        "incubation/my/offer.html",
        call=call,
        application=own,
        offer=made,
        run=run,
        waiting={} if made is not None and made.state is not OfferState.WITHDRAWN else waiting_before(own),
        placement=placements_of_offers([made]).get(made.id) if made is not None else None,
        **(_explained(own, run) if run is not None else {}),
        now=clock.now(),
    )


@blueprint.get("/offer/accept")
@requires(Permission.SIGNED_IN)
def accept_ask(call: Call) -> ResponseReturnValue:
    """Ask before the place is taken."""
    own, made = _own_offer(call)
    if made.state is not OfferState.OFFERED or made.accept_by < clock.now():
        return redirect(url_for(".offer", call=call))
    return render_template("incubation/my/accept.html", call=call, application=own, offer=made)


@blueprint.post("/offer/accept")
@requires(Permission.SIGNED_IN)
def accept(call: Call) -> ResponseReturnValue:
    """Take the place."""
    _own, made = _own_offer(call)
    accept_offer(made, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(
        _("You have the place at %(host)s. The host and the organiser are told.", host=made.intake.host.name), "success"
    )
    return redirect(url_for(".offer", call=call))


@blueprint.route("/offer/decline", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def decline(call: Call) -> ResponseReturnValue:
    """Ask before the place is given back, and why; or give it back."""
    own, made = _own_offer(call)
    if not made.state.holds_a_place:
        return redirect(url_for(".offer", call=call))
    form = DeclineForm()
    if form.validate_on_submit():
        try:
            decline_offer(made, actor=current_account(), now=clock.now(), reason=form.reason.data or "")
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            flash(_("The place is given back. It goes to somebody else."), "success")
            return redirect(url_for(".offer", call=call))
    page = render_template("incubation/my/decline.html", call=call, application=own, offer=made, form=form)
    return page, 422 if form.errors else 200


def _own_offer(call: Call) -> tuple[Application, Offer]:
    own = own_application(call)
    return own, latest_offer(own) or abort(404)


def _explained(own: Application, run: MatchRun) -> dict[str, object]:
    outcome = outcome_of(run, own)
    return {
        "outcome": outcome,
        "choices": choices_of(own, outcome),
        "flows": flows_shown(flows_of(run), economy_names()),
    }
