"""Entering, looking at, changing and withdrawing posts, for administrators."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from gtn_events.accounts.roles import current_account
from gtn_events.accounts.views.tokens import signer
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.errors import DomainError
from gtn_events.core.journal import entries_about, shown_entries
from gtn_events.core.permissions import Permission, requires

from ..domain.posts import Place, edit_post, enter_post, withdraw_post
from ..enums import PostKind
from ..forms.post import ContactForm, PostForm, stored_post
from ..models import CoordinatorPost, EconomyGroup
from ..queries.posts import PlacePosts, places
from .blueprint import blueprint


@blueprint.route("/network/posts/new", methods=["GET", "POST"])
@requires(Permission.SITE_ADMINISTER)
def post_new() -> ResponseReturnValue:
    """Show the form of a new post, or enter what was sent."""
    found = places(clock.now())
    form = _new_form(found)
    if not form.validate_on_submit():
        return render_template("network/post_new.html", form=form), 422 if form.errors else 200
    try:
        post = enter_post(
            _place(form.place.data),
            PostKind(form.kind.data),
            form.holder_email.data,
            form.details,
            links=signer(),
            actor=current_account(),
            now=clock.now(),
        )
        db.session.commit()
    except DomainError as refused:
        db.session.rollback()
        form.refuse(refused)
        return render_template("network/post_new.html", form=form), refused.http_status
    flash(_("The post of %(name)s is entered.", name=post.office_name), "success")
    return redirect(url_for(".post", post_id=post.id))


@blueprint.get("/network/posts/<int:post_id>")
@requires(Permission.SITE_ADMINISTER)
def post(post_id: int) -> ResponseReturnValue:
    """Show a post, whether its role is given, and what happened to it."""
    found = db.get_or_404(CoordinatorPost, post_id)
    entries = shown_entries(db.session.scalars(entries_about(found)).all())
    return render_template("network/post.html", post=found, state=found.state(clock.now()), entries=entries)


@blueprint.route("/network/posts/<int:post_id>/edit", methods=["GET", "POST"])
@requires(Permission.SITE_ADMINISTER)
def post_edit(post_id: int) -> ResponseReturnValue:
    """Show the days and the contact of a post as a form, or save what was sent."""
    found = db.get_or_404(CoordinatorPost, post_id)
    form = ContactForm(data=stored_post(found))
    if request.method == "GET":
        form.show(found)
    if not form.validate_on_submit():
        return render_template("network/post_edit.html", form=form, post=found), 422 if form.errors else 200
    try:
        edit_post(found, form.details, seen=form.version, links=signer(), actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refused:
        db.session.rollback()
        form.refuse_beside(refused, found, stored_post(found))
        return render_template("network/post_edit.html", form=form, post=found), refused.http_status
    flash(_("The post of %(name)s is saved.", name=found.office_name), "success")
    return redirect(url_for(".post", post_id=found.id))


@blueprint.post("/network/posts/<int:post_id>/withdraw")
@requires(Permission.SITE_ADMINISTER)
def post_withdraw(post_id: int) -> ResponseReturnValue:
    """Take back a post that has not begun."""
    found = db.get_or_404(CoordinatorPost, post_id)
    withdraw_post(found, links=signer(), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The post of %(name)s is withdrawn.", name=found.office_name), "success")
    return redirect(url_for(".post", post_id=found.id))


def _new_form(found: list[PlacePosts]) -> PostForm:
    wanted = request.args.get("place", "")
    form = PostForm(place=wanted, consented=["office_name", "post_title", "organisation", "email"])
    groups = {"apec": _("Regional"), "group": _("Sub-regional"), "economy": _("National")}
    form.place.choices = [SelectChoice("", _("Please choose"))] + [
        SelectChoice(each.key, each.name, optgroup=groups[each.key.partition(":")[0]]) for each in found
    ]
    return form


def _place(chosen: str) -> Place:
    kind, _colon, value = chosen.partition(":")
    if kind == "economy":
        return Place(economy=db.get_or_404(Economy, value))
    if kind == "group":
        return Place(group=db.get_or_404(EconomyGroup, int(value)))
    return Place() if kind == "apec" else abort(422)
