"""The entrant's appeal against a decision: draft, file, sending, withdrawing."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, UploadRefused
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.uploads import Upload, send_upload, store_upload

from ..domain.appeal_transitions import Action, Party, actions_for
from ..domain.appeal_window import Contestable, contestable, grounds_for
from ..domain.appeals import discard_appeal, drop_file, save_appeal, send_appeal, withdraw_appeal
from ..enums import AppealState
from ..forms.appeal import KINDS, MOST_BYTES, AppealForm
from ..models import Appeal, Competition, Entry
from ..queries.appeals import appeals_of_entry, live_appeal
from .my import blueprint, own_entry


@dataclass(frozen=True)
class Chosen:
    """The decision that the address names, and what was typed or sent about it."""

    about: Contestable
    appeal: Appeal | None

    @property
    def is_draft(self) -> bool:
        """True while nothing was sent about it."""
        return self.appeal is None or self.appeal.state is AppealState.DRAFT


@blueprint.get("/<reference>/appeal")
@requires(Permission.SIGNED_IN)
def appeal(competition: Competition, reference: str) -> ResponseReturnValue:
    """Show what can be appealed until when, the draft, and the appeals that were sent."""
    own = _entry(competition, reference)
    chosen = _chosen(own)
    return _page(own, chosen, _form(chosen) if chosen else None)


@blueprint.post("/<reference>/appeal")
@requires(Permission.SIGNED_IN)
def appeal_act(competition: Competition, reference: str) -> ResponseReturnValue:
    """Keep what is typed, whatever is wrong with it; then send it, if that is what the button says."""
    own = _entry(competition, reference)
    chosen = _chosen(own)
    if chosen is None or not chosen.is_draft:
        return _back(own)
    act = request.form.get("act", "send")
    if act == "discard":
        return _discard(own, chosen)
    form = AppealForm()
    form.offer(grounds_for(chosen.about.round))
    form.validate()
    upload = _stored(form)
    try:
        kept = save_appeal(own, chosen.about, form.texts, upload=upload, now=clock.now())
        if act == "drop":
            drop_file(kept, now=clock.now())
        db.session.commit()
        if act != "send" or form.errors:
            return _saved(own, chosen.about, form)
        send_appeal(kept, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refused:
        db.session.rollback()
        form.refuse(refused)
        return _page(own, _chosen(own), form), 422
    flash(_("Your appeal is sent. The receipt is on its way by mail."), "success")
    return _back(own, about=chosen.about)


@blueprint.post("/<reference>/appeal/<int:appeal_id>/withdraw")
@requires(Permission.SIGNED_IN)
def appeal_withdraw(competition: Competition, reference: str, appeal_id: int) -> ResponseReturnValue:
    """Take an appeal back before it is decided."""
    own = _entry(competition, reference)
    withdraw_appeal(_own_appeal(own, appeal_id), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("Your appeal is withdrawn."), "success")
    return _back(own)


@blueprint.get("/<reference>/appeal/<int:appeal_id>/file")
@requires(Permission.SIGNED_IN)
def appeal_file(competition: Competition, reference: str, appeal_id: int) -> ResponseReturnValue:
    """Hand out the file of an appeal to the person who sent it."""
    found = _own_appeal(_entry(competition, reference), appeal_id)
    if found.upload is None:
        abort(404)
    return send_upload(found.upload)


def _entry(competition: Competition, reference: str) -> Entry:
    """Return the person's own entry; 404 where no appeals are taken and none was ever sent."""
    own = own_entry(competition, reference)
    if competition.appeal_days is None and not appeals_of_entry(own):
        abort(404)
    return own


def _own_appeal(own: Entry, appeal_id: int) -> Appeal:
    found = next((each for each in appeals_of_entry(own) if each.id == appeal_id), None)
    if found is None:
        abort(404)
    return found


def _chosen(own: Entry) -> Chosen | None:
    """Return the decision that the address names, else the newest; None when there is none."""
    decisions, wanted = contestable(own), request.args.get("about")
    about = next((each for each in decisions if wanted in (None, each.subject)), None)
    if about is None:
        if wanted is not None:
            abort(404)
        return None
    return Chosen(about, live_appeal(own, about.subject))


def _form(chosen: Chosen) -> AppealForm:
    draft = chosen.appeal if chosen.is_draft else None
    stored = {"ground": draft.ground.value if draft.ground else None, "text": draft.text} if draft else {}
    form = AppealForm(formdata=None, data=stored)
    form.offer(grounds_for(chosen.about.round))
    return form


def _stored(form: AppealForm) -> Upload | None:
    """Keep a file that came with the form; a refusal stands at its field."""
    sent = form.file.data
    if not sent or not sent.filename:
        return None
    try:
        return store_upload(sent, allowed=KINDS, max_bytes=MOST_BYTES, owner_id=current_account().id, now=clock.now())
    except UploadRefused as refused:
        form.file.errors = [refused.message]
        return None


def _saved(own: Entry, about: Contestable, form: AppealForm) -> ResponseReturnValue:
    if form.errors:
        return _page(own, _chosen(own), form), 422
    flash(_("Your draft is saved. Nothing is sent yet."), "success")
    return _back(own, about=about)


def _discard(own: Entry, chosen: Chosen) -> ResponseReturnValue:
    if chosen.appeal is not None:
        discard_appeal(chosen.appeal, now=clock.now())
        db.session.commit()
        flash(_("The draft is deleted."), "success")
    return _back(own)


def _back(own: Entry, *, about: Contestable | None = None) -> ResponseReturnValue:
    subject = about.subject if about else None
    return redirect(url_for(".appeal", competition=own.competition, reference=own.reference, about=subject))


def _page(own: Entry, chosen: Chosen | None, form: AppealForm | None) -> str:
    now = clock.now()
    return render_template(
        "competition/my/appeal.html",
        competition=own.competition,
        entry=own,
        chosen=chosen,
        decisions=contestable(own),
        is_open=chosen is not None and chosen.about.is_open(now),
        form=form if chosen is not None and chosen.is_draft else None,
        appeals=[each for each in appeals_of_entry(own) if each.state is not AppealState.DRAFT],
        may_withdraw=[state for state in AppealState if Action.WITHDRAW in actions_for(state, Party.ENTRANT)],
    )
