"""Changing the settings of a competition."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.accounts.views.settings import asks_for_preview, seen_version, settings_page
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, Stale
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
    seen, actor = seen_version(form), current_account()
    try:
        edit_competition(competition, form.details(), lock_version=seen, actor=actor, now=clock.now())
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


def _what_differs(competition: Competition, typed: CompetitionDetails) -> Mapping[str, tuple[Any, Any]]:
    db.session.refresh(competition)
    return differences(competition, typed)


def _page(
    competition: Competition,
    form: CompetitionForm,
    *,
    stale: Mapping[str, tuple[Any, Any]] | None = None,  # Any: a column's value
) -> ResponseReturnValue:
    template = "competition/manage/settings.html"
    return settings_page(template, competition, form, details=CompetitionDetails, stale=stale, competition=competition)
