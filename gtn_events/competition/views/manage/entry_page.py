"""One entry: everything about it, and what an organiser does with it."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.journal import record
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.uploads import Upload, send_upload
from gtn_events.core.venue_time import local_at_venue

from ...domain.eligibility_override import hold_to_rule, let_rule_pass
from ...domain.entries import (
    accept_late_entry,
    admit_entry,
    extend_entry,
    reconsider_entry,
    refuse_entry,
    withdraw_entry,
)
from ...domain.entry_transitions import Action, Party
from ...forms.entry import ExtensionForm, reason_in
from ...models import Competition, Entry
from ...queries.entries import entry_of, file_of
from .blueprint import blueprint
from .entry_sheet import sheet_of


@blueprint.get("/entries/<reference>")
@requires(Permission.COMPETITION_ENTRIES_SEE)
def entry(competition: Competition, reference: str) -> ResponseReturnValue:
    """Show one entry; sensitive answers stay masked."""
    return _page(competition, db.one_or_404(entry_of(competition, reference)))


@blueprint.post("/entries/<reference>/act")
@requires(Permission.COMPETITION_ENTRIES_MANAGE)
def entry_decide(competition: Competition, reference: str) -> ResponseReturnValue:
    """Do what the pressed button says, then show the entry as it is now."""
    found = db.one_or_404(entry_of(competition, reference))
    try:
        action = Action(request.form.get("action", ""))
    except ValueError:
        abort(404)
    _act(action, found, reason_in(request.form.get("reason")))
    db.session.commit()
    flash(_("“%(title)s” is now %(state)s.", title=found.title, state=found.state.label.lower()), "success")
    return redirect(url_for(".entry", competition=competition, reference=reference))


@blueprint.post("/entries/<reference>/rules")
@requires(Permission.COMPETITION_ENTRIES_MANAGE)
def entry_rule(competition: Competition, reference: str) -> ResponseReturnValue:
    """Let a broken rule pass with a reason, or hold to it again."""
    found, rule = db.one_or_404(entry_of(competition, reference)), request.form.get("rule", "")
    if request.form.get("hold") == "1":
        hold_to_rule(found, rule, actor=current_account(), now=clock.now())
    else:
        let_rule_pass(
            found, rule, actor=current_account(), now=clock.now(), reason=reason_in(request.form.get("reason"))
        )
    db.session.commit()
    flash(_("The findings of “%(title)s” have changed.", title=found.title), "success")
    return redirect(url_for(".entry", competition=competition, reference=reference) + "#rules")


@blueprint.route("/entries/<reference>/extend", methods=["GET", "POST"])
@requires(Permission.COMPETITION_ENTRIES_MANAGE)
def entry_extend(competition: Competition, reference: str) -> ResponseReturnValue:
    """Ask until when this entry can be changed, or move its close."""
    found, zone = db.one_or_404(entry_of(competition, reference)), competition.time_zone
    stored = {"until": local_at_venue(found.extended_until or competition.entries_close_at, zone)}
    form = ExtensionForm(zone, data=None if request.method == "POST" else stored)
    if not form.validate_on_submit():
        return _extend_page(competition, found, form)
    try:
        extend_entry(found, form.moment, actor=current_account(), now=clock.now(), reason=form.reason.data)
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _extend_page(competition, found, form)
    flash(_("The entrant of “%(title)s” is told the new close.", title=found.title), "success")
    return redirect(url_for(".entry", competition=competition, reference=reference))


@blueprint.post("/entries/<reference>/sensitive")
@requires(Permission.COMPETITION_EDIT)
def entry_sensitive(competition: Competition, reference: str) -> ResponseReturnValue:
    """Show the sensitive answers this once; that somebody looked is written down."""
    found = db.one_or_404(entry_of(competition, reference))
    record("sensitive answers shown", found, actor=current_account(), now=clock.now(), scope=competition.scope)
    db.session.commit()
    return _page(competition, found, with_sensitive=True)


@blueprint.get("/entries/<reference>/files/<int:upload_id>")
@requires(Permission.COMPETITION_ENTRIES_SEE)
def entry_file(competition: Competition, reference: str, upload_id: int) -> Response:
    """Send a file that one of the entry's answers holds."""
    found = db.one_or_404(entry_of(competition, reference))
    db.one_or_404(file_of(found, upload_id))
    return send_upload(db.session.get_one(Upload, upload_id))


def _act(action: Action, found: Entry, reason: str) -> None:
    actor, now = current_account(), clock.now()
    match action:
        case Action.ADMIT:
            admit_entry(found, actor=actor, now=now)
        case Action.ACCEPT_LATE:
            accept_late_entry(found, actor=actor, now=now)
        case Action.REFUSE:
            refuse_entry(found, actor=actor, now=now, reason=reason)
        case Action.RECONSIDER:
            reconsider_entry(found, actor=actor, now=now)
        case Action.WITHDRAW:
            withdraw_entry(found, party=Party.ORGANISER, actor=actor, now=now, reason=reason)


def _page(competition: Competition, found: Entry, *, with_sensitive: bool = False) -> str:
    sheet = sheet_of(found, with_sensitive=with_sensitive)
    return render_template("competition/manage/entry.html", competition=competition, entry=found, sheet=sheet)


def _extend_page(competition: Competition, found: Entry, form: ExtensionForm) -> ResponseReturnValue:
    page = render_template("competition/manage/entry_extend.html", competition=competition, entry=found, form=form)
    return page, 422 if form.errors else 200
