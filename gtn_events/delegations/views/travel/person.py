"""One traveller: journey, amounts, papers and their course."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.forms.base import Form
from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.journal import entries_about, shown_entries
from gtn_events.core.permissions import Permission, requires
from gtn_events.forum.models import Forum

from ...domain.travel import set_amounts, set_journey
from ...forms.travel import AmountsForm, JourneyForm, amounts_of, journey_of, stored_amounts, stored_journey
from ...models import Traveller
from ...queries.travel import paper_states, travel_settings, traveller_in
from ...travel_ledger import ledger
from .blueprint import blueprint


@blueprint.get("/people/<int:traveller_id>")
@requires(Permission.FORUM_TRAVEL_SEE)
def person(forum: Forum, traveller_id: int) -> ResponseReturnValue:
    """Show one traveller; the files stay closed."""
    return _page(forum, db.one_or_404(traveller_in(forum, traveller_id)))


@blueprint.post("/people/<int:traveller_id>/journey")
@requires(Permission.FORUM_TRAVEL_SEE)
def person_journey(forum: Forum, traveller_id: int) -> ResponseReturnValue:
    """Set the days at the venue, from the itinerary."""
    found, form = db.one_or_404(traveller_in(forum, traveller_id)), JourneyForm()
    if not form.validate():
        return _page(forum, found, journey=form)
    try:
        set_journey(
            found,
            arrives_on=form.arrives_on.data,
            departs_on=form.departs_on.data,
            seen=form.version,
            actor=current_account(),
            now=clock.now(),
        )
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse_beside(refusal, found, stored_journey(found))
        return _page(forum, found, journey=form)
    flash(_("The days are saved, the per diem is computed from them."), "success")
    return redirect(url_for(".person", forum=forum, traveller_id=traveller_id))


@blueprint.post("/people/<int:traveller_id>/amounts")
@requires(Permission.FORUM_TRAVEL_SEE)
def person_amounts(forum: Forum, traveller_id: int) -> ResponseReturnValue:
    """Set what is planned and what was paid."""
    found, form = db.one_or_404(traveller_in(forum, traveller_id)), AmountsForm()
    if not form.validate():
        return _page(forum, found, amounts=form)
    try:
        set_amounts(found, form.amounts(), seen=form.version, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse_beside(refusal, found, stored_amounts(found))
        return _page(forum, found, amounts=form)
    flash(_("The amounts are saved."), "success")
    return redirect(url_for(".person", forum=forum, traveller_id=traveller_id))


def _page(
    forum: Forum, found: Traveller, *, journey: Form | None = None, amounts: Form | None = None
) -> ResponseReturnValue:
    settings = travel_settings(forum)
    page = render_template(
        "delegations/travel/person.html",
        forum=forum,
        settings=settings,
        traveller=found,
        row=ledger([found], settings)[0],
        states=paper_states(found, settings.papers if settings else []),
        papers={paper.kind: paper for paper in found.papers},
        journey=journey or journey_of(found),
        amounts=amounts or amounts_of(found),
        history=shown_entries(list(db.session.scalars(entries_about(found)))),
    )
    return page, 422 if journey or amounts else 200
