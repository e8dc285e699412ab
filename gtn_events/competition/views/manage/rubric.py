"""The criteria of a round: edited together, previewed as a judge sees them, kept in versions."""

import itertools

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.rubrics import changes_between, check_criteria, is_locked, save_rubric, specs_of
from ...enums import RoundState
from ...errors import RubricRefused
from ...forms.rubric import RubricForm, stored_rubric
from ...models import Competition, Round
from ...queries.rounds import round_of, with_criteria
from .blueprint import blueprint


@blueprint.route("/rounds/<int:number>/criteria", methods=["GET", "POST"])
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def rubric(competition: Competition, number: int) -> ResponseReturnValue:
    """Show the criteria, arrange or preview what is typed, or save it."""
    found = db.one_or_404(with_criteria(round_of(competition, number)))
    form = RubricForm(data=None if request.method == "POST" else stored_rubric(specs_of(found.rubric)))
    if request.method == "GET":
        return _page(competition, found, form)
    act = request.form.get("act", "save")
    if act not in {"save", "preview"}:
        form.arrange(act)
        return _page(competition, found, form)
    if not form.validate():
        return _page(competition, found, form)
    if act == "preview":
        return _preview(competition, found, form)
    return _save(competition, found, form)


def _save(competition: Competition, found: Round, form: RubricForm) -> ResponseReturnValue:
    try:
        saved = save_rubric(
            found,
            form.specs(),
            actor=current_account(),
            now=clock.now(),
            as_new_version=form.as_new_version.data,
            reason=form.reason.data or "",
        )
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(competition, found, form)
    flash(
        _("The criteria of %(title)s are saved, version %(number)d.", title=found.title, number=saved.version),
        "success",
    )
    return redirect(url_for(".rubric", competition=competition, number=found.number))


def _preview(competition: Competition, found: Round, form: RubricForm) -> ResponseReturnValue:
    try:
        check_criteria(form.specs())
    except RubricRefused as refusal:
        form.refuse(refusal)
    return _page(competition, found, form, preview=True)


def _page(competition: Competition, found: Round, form: RubricForm, *, preview: bool = False) -> ResponseReturnValue:
    versions = list(found.rubrics)
    page = render_template(
        "competition/manage/rubric.html",
        competition=competition,
        round=found,
        form=form,
        locked=found.rubric is not None and is_locked(found.rubric),
        over=found.state not in {RoundState.PLANNED, RoundState.OPEN},
        preview=form.specs() if preview else None,
        history=[
            (after, changes_between(specs_of(before), specs_of(after)))
            for before, after in itertools.pairwise(versions)
        ][::-1],
    )
    return page, 422 if form.errors or form.form_errors else 200
