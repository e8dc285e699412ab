"""Categories and their places."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.categories import add_category, delete_category, edit_category, move_category
from ...forms.forum import CategoryForm, stored_category
from ...models import Forum, ForumCategory
from ...queries.forums import categories_in_order, category_of
from .blueprint import blueprint


@blueprint.get("/categories")
@requires(Permission.FORUM_EDIT)
def category_list(forum: Forum) -> ResponseReturnValue:
    """Show the categories with their places."""
    return render_template("forum/manage/categories.html", forum=forum, categories=categories_in_order(forum))


@blueprint.route("/categories/new", methods=["GET", "POST"])
@requires(Permission.FORUM_EDIT)
def category_new(forum: Forum) -> ResponseReturnValue:
    """Show an empty form, or add a category."""
    form = CategoryForm()
    if not form.validate_on_submit():
        return _form_page(forum, form, None)
    try:
        category = add_category(forum, form.details(), actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _form_page(forum, form, None)
    flash(_("%(label)s is added.", label=category.label), "success")
    return redirect(url_for(".category_list", forum=forum))


@blueprint.route("/categories/<int:category_id>", methods=["GET", "POST"])
@requires(Permission.FORUM_EDIT)
def category_edit(forum: Forum, category_id: int) -> ResponseReturnValue:
    """Show one category, or change it and its places."""
    category = db.one_or_404(category_of(forum, category_id))
    form = CategoryForm(data=None if request.method == "POST" else stored_category(category))
    if request.method == "GET":
        form.show(category)
    if not form.validate_on_submit():
        return _form_page(forum, form, category)
    try:
        seen, actor = form.version, current_account()
        offered = edit_category(category, form.details(), seen=seen, actor=actor, now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse_beside(refusal, category, stored_category(category))
        return _form_page(forum, form, category)
    flash(_("%(label)s is saved.", label=category.label), "success")
    if count := len(offered):
        flash(ngettext("A place was offered to %(num)d person.", "Places were offered to %(num)d people.", count))
    return redirect(url_for(".category_list", forum=forum))


@blueprint.post("/categories/<int:category_id>/<any(up, down):direction>")
@requires(Permission.FORUM_EDIT)
def category_move(forum: Forum, category_id: int, direction: str) -> ResponseReturnValue:
    """Move one category up or down in the list that people see."""
    move_category(db.one_or_404(category_of(forum, category_id)), up=direction == "up")
    db.session.commit()
    return redirect(url_for(".category_list", forum=forum))


@blueprint.post("/categories/<int:category_id>/delete")
@requires(Permission.FORUM_EDIT)
def category_delete(forum: Forum, category_id: int) -> ResponseReturnValue:
    """Take away a category that nobody registered for."""
    category = db.one_or_404(category_of(forum, category_id))
    label = category.label
    delete_category(category, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(label)s is taken away.", label=label), "success")
    return redirect(url_for(".category_list", forum=forum))


def _form_page(forum: Forum, form: CategoryForm, category: ForumCategory | None) -> ResponseReturnValue:
    page = render_template("forum/manage/category_form.html", forum=forum, form=form, category=category)
    return page, 422 if form.errors else 200
