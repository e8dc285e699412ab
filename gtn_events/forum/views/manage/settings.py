"""Opening a forum and changing its settings."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.roles import current_account
from gtn_events.accounts.views.settings import asks_for_preview, seen_version, settings_page
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, Stale
from gtn_events.core.permissions import Permission, requires

from ...domain.cloning import NewEdition, clone_forum
from ...domain.forums import ForumDetails, differences, edit_forum, set_overall_capacity, write_consent_text
from ...domain.opening import open_forum
from ...forms.forum import CloneForm, ForumForm, stored_settings
from ...models import Forum
from ...queries.forums import consent_versions
from .blueprint import blueprint

opening = Blueprint("forum_opening", __name__)


@opening.route("/forums/new", methods=["GET", "POST"])
@requires(Permission.FORUM_CREATE)
def new() -> ResponseReturnValue:
    """Show the form for a new forum, or open it as a draft."""
    form = ForumForm(data=None if request.method == "POST" else {"time_zone": current_account().time_zone})
    if asks_for_preview() or not form.validate_on_submit():
        return _new_page(form)
    try:
        forum = open_forum(
            form.details(),
            consent_text=form.consent_text.data,
            capacity=form.overall_capacity.data,
            actor=current_account(),
            now=clock.now(),
        )
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _new_page(form)
    flash(_("%(title)s is a draft now. Add its categories and places, then publish it.", title=forum.title), "success")
    return redirect(url_for("forum_manage.category_list", forum=forum))


@blueprint.route("/settings", methods=["GET", "POST"])
@requires(Permission.FORUM_EDIT)
def settings(forum: Forum) -> ResponseReturnValue:
    """Show the settings, or change them unless somebody else did meanwhile."""
    form = ForumForm(data=None if request.method == "POST" else stored_settings(forum))
    if asks_for_preview() or not form.validate_on_submit():
        return _settings_page(forum, form)
    try:
        offers = _change_settings(forum, form)
        db.session.commit()
    except Stale:
        db.session.rollback()
        return _settings_page(forum, form, stale=_what_differs(forum, form.details()))
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(_at_its_field(refusal))
        return _settings_page(forum, form)
    flash(_("The settings are saved."), "success")
    if offers:
        flash(ngettext("A place was offered to %(num)d person.", "Places were offered to %(num)d people.", offers))
    return redirect(url_for(".settings", forum=forum))


@blueprint.route("/clone", methods=["GET", "POST"])
@requires(Permission.FORUM_CLONE)
def clone(forum: Forum) -> ResponseReturnValue:
    """Ask what the next edition is called and when it starts, or make it as a draft."""
    form = CloneForm(data=None if request.method == "POST" else {"title": forum.title, "side_events": True})
    if not form.validate_on_submit():
        return _clone_page(forum, form)
    edition = NewEdition(
        title=form.title.data,
        edition=form.edition.data,
        slug=form.slug.data,
        reference_prefix=form.reference_prefix.data,
        starts_on=form.starts_on.data,
    )
    try:
        with_side_events, actor = form.side_events.data, current_account()
        copy = clone_forum(forum, edition, with_side_events=with_side_events, actor=actor, now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _clone_page(forum, form)
    flash(_("%(title)s is a draft now. Look through its settings, then publish it.", title=copy.title), "success")
    return redirect(url_for(".settings", forum=copy))


@blueprint.get("/settings/consent-texts")
@requires(Permission.FORUM_EDIT)
def consent_text_list(forum: Forum) -> ResponseReturnValue:
    """Show every version of what delegates agreed to."""
    return render_template("forum/manage/consent_texts.html", forum=forum, versions=consent_versions(forum))


def _change_settings(forum: Forum, form: ForumForm) -> int:
    now, actor = clock.now(), current_account()
    edit_forum(forum, form.details(), lock_version=seen_version(form), actor=actor, now=now)
    write_consent_text(forum, form.consent_text.data, actor=actor, now=now)
    return len(set_overall_capacity(forum, form.overall_capacity.data, actor=actor, now=now))


def _at_its_field(refusal: DomainError) -> DomainError:
    field = "overall_capacity" if refusal.field == "capacity" else refusal.field
    return DomainError(refusal.message, field=field)


def _what_differs(forum: Forum, typed: ForumDetails) -> Mapping[str, tuple[Any, Any]]:  # Any: a column's value
    db.session.refresh(forum)
    return differences(forum, typed)


def _clone_page(forum: Forum, form: CloneForm) -> ResponseReturnValue:
    return render_template("forum/manage/clone.html", forum=forum, form=form), 422 if form.errors else 200


def _new_page(form: ForumForm) -> ResponseReturnValue:
    status = 422 if form.errors else 200
    return render_template("forum/manage/new.html", form=form, preview=asks_for_preview()), status


def _settings_page(
    forum: Forum, form: ForumForm, *, stale: Mapping[str, tuple[Any, Any]] | None = None
) -> ResponseReturnValue:
    return settings_page("forum/manage/settings.html", forum, form, details=ForumDetails, stale=stale, forum=forum)
