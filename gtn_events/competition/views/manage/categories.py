"""The fields in which entries compete."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.categories import add_category, delete_category, edit_category, move_category
from ...forms.competition import CategoryForm
from ...models import Competition, CompetitionCategory
from ...queries.competitions import category_of
from ...queries.figures import entries_by_category
from .blueprint import blueprint


@blueprint.get("/categories")
@requires(Permission.COMPETITION_EDIT)
def categories(competition: Competition) -> ResponseReturnValue:
    """Show the categories with how many entries stand in each."""
    return render_template(
        "competition/manage/categories.html", competition=competition, entries=dict(entries_by_category(competition))
    )


@blueprint.route("/categories/new", methods=["GET", "POST"])
@requires(Permission.COMPETITION_EDIT)
def category_new(competition: Competition) -> ResponseReturnValue:
    """Show an empty form, or add a category."""
    form = CategoryForm()
    if not form.validate_on_submit():
        return _form_page(competition, form, None)
    label, description = form.label.data, form.description.data
    try:
        category = add_category(competition, label, description, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _form_page(competition, form, None)
    flash(_("%(label)s is added.", label=category.label), "success")
    return redirect(url_for(".categories", competition=competition))


@blueprint.route("/categories/<int:category_id>", methods=["GET", "POST"])
@requires(Permission.COMPETITION_EDIT)
def category_edit(competition: Competition, category_id: int) -> ResponseReturnValue:
    """Show one category, or change it."""
    category = db.one_or_404(category_of(competition, category_id))
    stored = {"label": category.label, "description": category.description}
    form = CategoryForm(data=None if request.method == "POST" else stored)
    if not form.validate_on_submit():
        return _form_page(competition, form, category)
    label, description = form.label.data, form.description.data
    try:
        edit_category(category, label, description, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _form_page(competition, form, category)
    flash(_("%(label)s is saved.", label=category.label), "success")
    return redirect(url_for(".categories", competition=competition))


@blueprint.post("/categories/<int:category_id>/<any(up, down):direction>")
@requires(Permission.COMPETITION_EDIT)
def category_move(competition: Competition, category_id: int, direction: str) -> ResponseReturnValue:
    """Move one category up or down in the list that people see."""
    move_category(db.one_or_404(category_of(competition, category_id)), up=direction == "up")
    db.session.commit()
    return redirect(url_for(".categories", competition=competition))


@blueprint.post("/categories/<int:category_id>/delete")
@requires(Permission.COMPETITION_EDIT)
def category_delete(competition: Competition, category_id: int) -> ResponseReturnValue:
    """Take away a category in which nothing stands."""
    category = db.one_or_404(category_of(competition, category_id))
    label = category.label
    delete_category(category, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(label)s is taken away.", label=label), "success")
    return redirect(url_for(".categories", competition=competition))


def _form_page(
    competition: Competition, form: CategoryForm, category: CompetitionCategory | None
) -> ResponseReturnValue:
    page = render_template(
        "competition/manage/category_form.html", competition=competition, form=form, category=category
    )
    return page, 422 if form.errors else 200
