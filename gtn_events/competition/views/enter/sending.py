"""The check of the whole, with what is missing and a preview as a judge sees it, and sending it once."""

from functools import partial

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.config import Settings
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, Stale
from gtn_events.core.permissions import Permission, requires
from gtn_events.questionnaire.views.wizard import step_marks

from ...domain.entry_submission import accept_newest, change_entry, send_entry
from ...errors import AlreadySent
from ...forms.entry_preview import as_judges_see_it
from ...forms.entry_wizard import EntryWizard
from ...models import Competition, Entry, EntryDraft
from ...queries.public_page import first_round
from .blueprint import blueprint
from .loading import closed_page, find_draft, own_draft, wizard_of
from .steps import page_url


@blueprint.get("/<int:draft_id>/check")
@requires(Permission.SIGNED_IN)
def check(competition: Competition, draft_id: int) -> ResponseReturnValue:
    """Show the whole, what is missing, and what judges will see of it."""
    draft = own_draft(competition, draft_id)
    return closed_page(draft) or _page(wizard_of(draft, current_account()), draft)


@blueprint.post("/<int:draft_id>/check")
@requires(Permission.SIGNED_IN)
def send(competition: Competition, draft_id: int) -> ResponseReturnValue:
    """Send the entry, or the change of one; a second click finds it sent."""
    draft = find_draft(competition, draft_id)
    if draft is None:
        return _sent_already(competition)
    wizard = wizard_of(draft, current_account())
    if wizard.missing():
        return _page(wizard, draft), 422
    try:
        entry = _send(draft, wizard)
    except AlreadySent:
        db.session.rollback()
        return _sent_already(competition)
    except DomainError as refused:
        db.session.rollback()
        flash(refused.message, "danger")
        kept = own_draft(competition, draft_id)
        if isinstance(refused, Stale):
            accept_newest(kept)
            db.session.commit()
        return _page(wizard_of(kept, current_account()), kept), refused.http_status
    db.session.commit()
    flash(_("It is sent. Your receipt is on its way by mail."), "success")
    return redirect(url_for("competition_my.entry", competition=competition, reference=entry.reference))


def _send(draft: EntryDraft, wizard: EntryWizard) -> Entry:
    settings: Settings = current_app.config["SETTINGS"]
    submission, entry, now = wizard.submission(), draft.entry, clock.now()
    if entry is None:
        return send_entry(draft, submission, secret_key=settings.secret_key, actor=current_account(), now=now)
    change_entry(draft, submission, secret_key=settings.secret_key, actor=current_account(), now=now)
    return entry


def _sent_already(competition: Competition) -> ResponseReturnValue:
    flash(_("This draft is not there any more. If you sent it, nothing was sent twice."), "info")
    return redirect(url_for("competition_my.entries", competition=competition))


def _page(wizard: EntryWizard, draft: EntryDraft) -> str:
    here = wizard.steps[-1]
    judged = first_round(draft.competition)
    return render_template(
        "competition/enter/check.html",
        competition=draft.competition,
        wizard=wizard,
        step=here,
        step_marks=step_marks(wizard, here, partial(page_url, draft)),
        draft=draft,
        missing=[(step, wizard.checked(step).problems) for step, _problems in wizard.missing()],
        findings=wizard.findings(),
        judged=judged,
        preview=as_judges_see_it(wizard, judged.blind if judged else ()),
        previous=wizard.before(here),
        step_url=partial(page_url, draft),
    )
