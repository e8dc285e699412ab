"""Changing the settings of a competition."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, Stale
from gtn_events.core.journal import entries_about, shown_entries
from gtn_events.core.permissions import Permission, requires

from ...domain.competitions import CompetitionDetails, differences, edit_competition
from ...forms.competition import CompetitionForm, stored_settings
from ...models import Competition
from .blueprint import blueprint


@blueprint.route("/settings", methods=["GET", "POST"])
@requires(Permission.COMPETITION_EDIT)
def settings(competition: Competition) -> ResponseReturnValue:
    """Show the settings, or change them unless somebody else did meanwhile."""
    form = CompetitionForm(data=None if request.method == "POST" else stored_settings(competition))
    if asks_for_preview() or not form.validate_on_submit():
        return _page(competition, form)
    lock_version = int(form.lock_version.data) if (form.lock_version.data or "").isdecimal() else 0
    try:
        edit_competition(
            competition, form.details(), lock_version=lock_version, actor=current_account(), now=clock.now()
        )
        db.session.commit()
    except Stale:
        db.session.rollback()
        return _page(competition, form, stale=_what_differs(competition, form.details()))
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(competition, form)
    flash(_("The settings are saved."), "success")
    return redirect(url_for(".settings", competition=competition))


def asks_for_preview() -> bool:
    """Say whether the texts should be shown as they will look, and nothing saved."""
    return request.method == "POST" and "preview" in request.form


def _what_differs(competition: Competition, typed: CompetitionDetails) -> Mapping[str, tuple[Any, Any]]:
    db.session.refresh(competition)
    return differences(competition, typed)


def _page(
    competition: Competition,
    form: CompetitionForm,
    *,
    stale: Mapping[str, tuple[Any, Any]] | None = None,  # Any: a column's value
) -> ResponseReturnValue:
    if stale is not None:
        # Sending the same form again is then a decision, made in sight of the differences.
        form.lock_version.data = form.lock_version.raw_data = str(competition.lock_version)
    labels = {field.name: form[field.name].label.text for field in fields(CompetitionDetails)}
    page = render_template(
        "competition/manage/settings.html",
        competition=competition,
        form=form,
        preview=asks_for_preview(),
        stale=stale,
        labels=labels,
        history=shown_entries(list(db.session.scalars(entries_about(competition, limit=20)))),
    )
    return page, 409 if stale is not None else 422 if form.errors else 200
