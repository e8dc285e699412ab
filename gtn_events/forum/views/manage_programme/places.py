"""The places of a session that delegates sign up for: how many, who has one, the list as a file."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.exports import csv_response, xlsx_response
from gtn_events.core.journal import record
from gtn_events.core.permissions import Permission, may, requires

from ...domain.session_places import set_places
from ...enums import BookingState
from ...forms.session_places import PlacesForm
from ...models import Forum, ForumSession, LimitedSession
from ...queries.programme_rows import session_of
from ...queries.session_places import PEOPLE_HEADERS, limited_of, people_at, people_rows
from ..manage.blueprint import blueprint


@blueprint.route("/programme/sessions/<code>/places", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_places(forum: Forum, code: str) -> ResponseReturnValue:
    """Show how many places there are, who has one and who waits; or set how many."""
    session = db.one_or_404(session_of(forum, code))
    limited = db.session.scalar(limited_of(session.id))
    stored = {"places": limited.pool.capacity if limited else None}
    form = PlacesForm(data=None if request.method == "POST" else stored)
    if not form.validate_on_submit():
        return _page(forum, session, limited, form)
    try:
        offered = set_places(forum, session, form.places.data, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse_places(refusal)
        return _page(forum, session, limited, form)
    flash(_("The places of %(title)s are saved.", title=session.title), "success")
    if offered:
        flash(ngettext("A place was offered to %(num)d person.", "Places were offered to %(num)d people.", offered))
    return redirect(url_for(".programme_places", forum=forum, code=session.code))


@blueprint.post("/programme/sessions/<code>/people")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def programme_places_export(forum: Forum, code: str) -> Response:
    """Send who has a place and who waits, as CSV or xlsx; that somebody took the list is written down."""
    session = db.one_or_404(session_of(forum, code))
    ending = request.form.get("format", "")
    send = {"csv": csv_response, "xlsx": xlsx_response}.get(ending) or abort(404)
    rows = list(people_rows(forum, session.id))
    changes = {"session": (None, session.title), "rows": (None, len(rows))}
    record("list exported", forum, actor=current_account(), now=clock.now(), scope=forum.scope, changes=changes)
    db.session.commit()
    return send(f"{forum.slug}-{session.code}.{ending}", PEOPLE_HEADERS, rows)


def _page(forum: Forum, session: ForumSession, limited: LimitedSession | None, form: PlacesForm) -> ResponseReturnValue:
    sees = limited is not None and may(Permission.FORUM_REGISTRATIONS_SEE, forum)
    page = render_template(
        "forum/manage/programme/places.html",
        forum=forum,
        session=session,
        limited=limited,
        form=form,
        sees=sees,
        people=people_at(session.id, BookingState.CONFIRMED, BookingState.OFFERED) if sees else [],
        waiting=people_at(session.id, BookingState.WAITLISTED) if sees else [],
    )
    return page, 422 if form.errors else 200
