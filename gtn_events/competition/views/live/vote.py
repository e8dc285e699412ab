"""Voting from one's seat: the code of the badge, a choice, done; changed as often as one likes."""

from flask import abort, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.errors import TooManyAttempts
from gtn_events.accounts.signed_in import client_address
from gtn_events.config import Settings
from gtn_events.core import clock
from gtn_events.core.badges import Badge, read_badge
from gtn_events.core.db import db, set_reading
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import public

from ...domain.voting import badge_for, cast_ballot, chosen_by, entries_to_choose
from ...errors import VoteRefused
from ...forms.live import BadgeForm, chosen_entries
from ...models import Competition, LiveFinal
from ..live_shown import final_or_404
from .blueprint import blueprint


@blueprint.get("/vote/<int:number>")
@public
def vote(competition: Competition, number: int) -> ResponseReturnValue:
    """Ask for the code of a badge, or show whom it can vote for and whom it has voted for."""
    return _page(_voted_final(competition, number))


@blueprint.post("/vote/<int:number>/badge")
@public
def vote_badge(competition: Competition, number: int) -> ResponseReturnValue:
    """Take the code of a badge for this browser; an empty one lets somebody else vote with it."""
    final = _voted_final(competition, number)
    if request.form.get("forget"):
        session.pop(_key(final), None)
        return _back(final)
    form = BadgeForm()
    if not form.validate():
        return _page(final, form), 422
    try:
        badge_for(final, form.code.data, client=client_address(), now=clock.now())
    except (VoteRefused, TooManyAttempts) as refusal:
        db.session.commit()  # the attempt counts
        form.code.errors = [refusal.message]
        return _page(final, form), 422
    session[_key(final)] = form.code.data
    return _back(final)


@blueprint.post("/vote/<int:number>")
@public
def vote_cast(competition: Competition, number: int) -> ResponseReturnValue:
    """Take the ballot."""
    final = _voted_final(competition, number)
    badge = _badge(final)
    if badge is None:
        return _back(final)
    try:
        cast_ballot(final, badge, chosen_entries(request.form.getlist("choices")), secret_key=_secret_key())
    except DomainError as refusal:
        db.session.rollback()
        set_reading(True)
        return _page(final, refused=refusal), 422
    db.session.commit()
    flash(_("Your ballot is in. You can change it until the vote closes."), "success")
    return _back(final)


def _voted_final(competition: Competition, number: int) -> LiveFinal:
    final = final_or_404(competition, number)
    if not final.has_audience:
        abort(404)
    return final


def _badge(final: LiveFinal) -> Badge | None:
    code = session.get(_key(final), "")
    return read_badge(final.badge_event, code) if code else None


def _page(final: LiveFinal, form: BadgeForm | None = None, *, refused: DomainError | None = None) -> str:
    badge = _badge(final)
    return render_template(
        "competition/live/vote.html",
        competition=final.round.competition,
        final=final,
        round=final.round,
        badge=badge,
        form=form or BadgeForm(formdata=None),
        slots=entries_to_choose(final, badge) if badge else [],
        chosen=chosen_by(final, badge, secret_key=_secret_key()) if badge else [],
        refused=refused,
    )


def _key(final: LiveFinal) -> str:
    return f"badge-{final.id}"


def _secret_key() -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.secret_key


def _back(final: LiveFinal) -> ResponseReturnValue:
    round_ = final.round
    return redirect(url_for(".vote", competition=round_.competition, number=round_.number))
