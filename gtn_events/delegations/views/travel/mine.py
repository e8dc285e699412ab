"""The traveller's own page: what is paid, which papers are needed, sending them."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.downloads import send_attachment
from gtn_events.core.errors import DomainError
from gtn_events.core.outbox import Attachment
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.sealing import receives_sealed
from gtn_events.forum.domain.passports import PURGE_AFTER
from gtn_events.forum.models import Forum
from gtn_events.forum.views.loading import load_forum

from ...domain.travel import set_journey
from ...domain.travel_papers import read_paper, send_paper
from ...forms.travel import JourneyForm, PaperForm, journey_of, stored_journey
from ...models import Traveller
from ...queries.travel import live_traveller, paper_states, travel_settings
from ...travel_enums import PaperKind
from ...travel_ledger import per_diem_of

blueprint = Blueprint("delegations_my", __name__, url_prefix="/forums/<forum>/my/travel")
load_forum(blueprint)


@blueprint.get("")
@requires(Permission.SIGNED_IN)
def show(forum: Forum) -> ResponseReturnValue:
    """Show what is paid, and where each paper stands."""
    return _page(forum, _own(forum))


@blueprint.post("/journey")
@requires(Permission.SIGNED_IN)
def journey(forum: Forum) -> ResponseReturnValue:
    """Set the days at the venue."""
    found, form = _own(forum), JourneyForm()
    if not form.validate():
        return _page(forum, found, form=form)
    try:
        days = {"arrives_on": form.arrives_on.data, "departs_on": form.departs_on.data}
        set_journey(found, **days, seen=form.version, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        found = _own(forum)
        form.refuse_beside(refusal, found, stored_journey(found))
        return _page(forum, found, form=form)
    flash(_("Your days are saved."), "success")
    return redirect(url_for(".show", forum=forum))


@blueprint.post("/papers/<kind>")
@requires(Permission.SIGNED_IN)
@receives_sealed
def paper(forum: Forum, kind: str) -> ResponseReturnValue:
    """Keep a paper, sealed."""
    found, form, wanted = _own(forum), PaperForm(), _kind(kind)
    if not form.validate():
        return _page(forum, found, refused={wanted: form.file.errors[0]})
    try:
        send_paper(found, wanted, form.file.data, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        return _page(forum, _own(forum), refused={wanted: refusal.message})
    flash(_("%(paper)s: the organiser has it.", paper=wanted.label), "success")
    return redirect(url_for(".show", forum=forum))


@blueprint.post("/papers/<kind>/file")
@requires(Permission.SIGNED_IN)
def paper_file(forum: Forum, kind: str) -> ResponseReturnValue:
    """Send the person one of their own papers; the journal notes it."""
    wanted = _kind(kind)
    found = next((each for each in _own(forum).papers if each.kind is wanted), None)
    if found is None:
        abort(404)
    opened = read_paper(found, actor=current_account(), now=clock.now())
    db.session.commit()
    return send_attachment(Attachment(opened.name, opened.content_type, opened.data))


def _own(forum: Forum) -> Traveller:
    found = live_traveller(forum_id=forum.id, account_id=current_account().id)
    if found is None:
        abort(404)
    return found


def _kind(text: str) -> PaperKind:
    try:
        return PaperKind(text)
    except ValueError:
        abort(404)


def _page(
    forum: Forum, found: Traveller, *, form: JourneyForm | None = None, refused: dict[PaperKind, str] | None = None
) -> ResponseReturnValue:
    settings = travel_settings(forum)
    page = render_template(
        "delegations/travel/mine.html",
        forum=forum,
        traveller=found,
        settings=settings,
        states=paper_states(found, settings.papers if settings else []),
        papers={each.kind: each for each in found.papers},
        per_diem=per_diem_of(found, settings),
        form=form or journey_of(found),
        refused=refused or {},
        shred_on=forum.purge_sensitive_on or forum.ends_on + PURGE_AFTER,
    )
    return page, 422 if form or refused else 200
