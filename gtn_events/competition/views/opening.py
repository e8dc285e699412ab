"""Opening a competition, from nothing or from an earlier edition."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.accounts.views.settings import asks_for_preview
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ..defaults import DECLARATION
from ..domain.cloning import NewEdition, clone_competition
from ..domain.opening import open_competition
from ..forms.competition import CloneForm, NewCompetitionForm
from ..models import Competition
from .loading import load_competition

blueprint = Blueprint("competition_opening", __name__, url_prefix="/competitions")
load_competition(blueprint)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.COMPETITION_CREATE)
def new() -> ResponseReturnValue:
    """Show the form for a new competition, or open it as a draft."""
    usual = {"time_zone": current_account().time_zone, "declaration": DECLARATION}
    form = NewCompetitionForm(data=None if request.method == "POST" else usual)
    if asks_for_preview() or not form.validate_on_submit():
        return _new_page(form)
    try:
        competition = open_competition(
            form.details(), declaration=form.declaration.data, actor=current_account(), now=clock.now()
        )
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _new_page(form)
    flash(_("%(title)s is a draft now. Look at its categories, then publish it.", title=competition.title), "success")
    return redirect(url_for("competition_manage.categories", competition=competition))


@blueprint.route("/<competition>/clone", methods=["GET", "POST"])
@requires(Permission.COMPETITION_EDIT)
def clone(competition: Competition) -> ResponseReturnValue:
    """Ask what the next edition is called and when entries open, or make it as a draft."""
    form = CloneForm(data=None if request.method == "POST" else {"title": competition.title})
    if not form.validate_on_submit():
        return _clone_page(competition, form)
    edition = NewEdition(
        title=form.title.data,
        edition=form.edition.data,
        slug=form.slug.data,
        reference_prefix=form.reference_prefix.data,
        opens_on=form.opens_on.data,
    )
    try:
        copy = clone_competition(competition, edition, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _clone_page(competition, form)
    flash(_("%(title)s is a draft now. Look through its settings, then publish it.", title=copy.title), "success")
    return redirect(url_for("competition_manage.settings", competition=copy))


def _new_page(form: NewCompetitionForm) -> ResponseReturnValue:
    status = 422 if form.errors else 200
    return render_template("competition/manage/new.html", form=form, preview=asks_for_preview()), status


def _clone_page(competition: Competition, form: CloneForm) -> ResponseReturnValue:
    page = render_template("competition/manage/clone.html", competition=competition, form=form)
    return page, 422 if form.errors else 200
