"""Places kept for economies: who has how many, changing them, releasing them, and what was exchanged."""

from collections.abc import Iterator

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.queries.people import names_of
from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.exports import Cell, csv_response, xlsx_response
from gtn_events.core.permissions import Permission, requires

from ...domain.allotments import KeptPlaces, kept_now, release_allotments, set_allotments
from ...forms.allotments import AllotmentForm, allotment_form, last_day, stored_allotments
from ...models import Forum, ForumCategory
from ...queries.allotments import Matrix, holder_names, matrix_of, release_effect
from ...queries.exchanges import swaps_of
from ...queries.forums import category_of
from .blueprint import blueprint


@blueprint.get("/allotments")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def allotment_list(forum: Forum) -> ResponseReturnValue:
    """Show who has which places, and the exchanges."""
    matrix = matrix_of(forum)
    swaps = list(db.session.scalars(swaps_of(forum)))
    people = names_of({each for swap in swaps for each in (swap.proposed_by_id, swap.decided_by_id) if each})
    return render_template(
        "forum/manage/allotments.html", forum=forum, matrix=matrix, swaps=swaps, people=people, last_day=last_day
    )


@blueprint.route("/allotments/<int:category_id>", methods=["GET", "POST"])
@requires(Permission.FORUM_EDIT)
def allotment_edit(forum: Forum, category_id: int) -> ResponseReturnValue:
    """Show the places of one category for all holders, or keep what was typed."""
    category = db.one_or_404(category_of(forum, category_id))
    kept, zone = kept_now(category), forum.time_zone
    stored = None if request.method == "POST" else stored_allotments(kept, time_zone=zone)
    form = allotment_form(holder_names())(data=stored)
    if request.method == "GET":
        form.show(kept)
    if not form.validate_on_submit():
        return _form_page(forum, category, form, kept)
    try:
        wanted, actor = form.wanted(kept, time_zone=zone), current_account()
        offered = set_allotments(category, wanted, seen=form.version, actor=actor, now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        stored = stored_allotments(kept_now(category), time_zone=zone)
        form.refuse_beside(refusal, kept_now(category), form.empty_rows | stored)
        return _form_page(forum, category, form, kept)
    flash(_("The kept places of %(label)s are saved.", label=category.label), "success")
    _tell_offers(len(offered))
    return redirect(url_for(".allotment_list", forum=forum))


@blueprint.route("/allotments/release", methods=["GET", "POST"])
@requires(Permission.FORUM_EDIT)
def allotment_release(forum: Forum) -> ResponseReturnValue:
    """Show what a release would do, or release the unused places of one holder or of all."""
    names = holder_names()
    holder = request.values.get("holder") or None
    if holder is not None and holder not in names:
        abort(404)
    if request.method == "GET":
        effects = release_effect(forum, holder)
        whose = names[holder] if holder else None
        return render_template(
            "forum/manage/allotments_release.html",
            forum=forum,
            effects=effects,
            holder=holder,
            whose=whose,
            ids={name: each for each, name in names.items()},
        )
    offered = release_allotments(forum, holder=holder, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The unused places are common now."), "success")
    _tell_offers(len(offered))
    return redirect(url_for(".allotment_list", forum=forum))


@blueprint.get("/allotments/export")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def allotment_export(forum: Forum) -> ResponseReturnValue:
    """Send the table as a file: a line for each holder and category."""
    kind = "xlsx" if request.args.get("format") == "xlsx" else "csv"
    headers = ["Holder", "Category", "Kept", "Used", "Seated", "Waiting", "Released after", "Released"]
    send = xlsx_response if kind == "xlsx" else csv_response
    return send(f"{forum.slug}-allotments.{kind}", headers, list(_lines(forum, matrix_of(forum))))


def _lines(forum: Forum, matrix: Matrix) -> Iterator[list[Cell]]:
    for holder, name in matrix.names.items():
        for category in matrix.categories:
            cell = matrix.cell(category, holder)
            until = last_day(cell.releases_at, forum.time_zone) if cell.releases_at else None
            released = "yes" if cell.released_at else ""
            yield [name, category.label, cell.kept, cell.used, cell.seated, cell.waiting, until, released]


def _tell_offers(count: int) -> None:
    if count:
        flash(ngettext("A place was offered to %(num)d person.", "Places were offered to %(num)d people.", count))


def _form_page(forum: Forum, category: ForumCategory, form: AllotmentForm, kept: KeptPlaces) -> ResponseReturnValue:
    page = render_template(
        "forum/manage/allotment_form.html",
        forum=forum,
        category=category,
        form=form,
        kept=sum(each.places for each in kept.values()),
        cells=matrix_of(forum).cells,
    )
    return page, 422 if form.errors else 200
