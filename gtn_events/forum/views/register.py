"""Registering: steps over a saved draft, a check of the whole, and sending it once."""

from functools import partial

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import CombinedMultiDict

from gtn_events.accounts.models import Account
from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires
from gtn_events.questionnaire.domain.step_drafts import step_fingerprint
from gtn_events.questionnaire.forms.files import store_files
from gtn_events.questionnaire.forms.wizard import Step, StepForms
from gtn_events.questionnaire.queries.versions import published_version_of
from gtn_events.questionnaire.views.wizard import changed_elsewhere, same_as_saved, step_marks, typed_fields

from ..domain.drafts import discard_draft, save_step
from ..domain.submission import active_registration_of, refuse_outside_window, submit_registration
from ..errors import AlreadyRegistered, RegistrationClosed
from ..forms.photo import store_photo
from ..forms.wizard import CHECK, NAME, Wizard
from ..models import Forum, RegistrationDraft
from ..queries.delegate import draft_of_person, progress_of_person
from ..queries.forums import newest_consent_text
from .loading import load_forum

blueprint = Blueprint("forum_register", __name__, url_prefix="/forums/<forum>/register")
load_forum(blueprint)


@blueprint.get("")
@requires(Permission.SIGNED_IN)
def start(forum: Forum) -> ResponseReturnValue:
    """Lead to the first step that lacks something, or to the registration that is there already."""
    account = current_account()
    draft, registered = progress_of_person(forum_id=forum.id, account_id=account.id)
    if registered:
        return redirect(url_for("forum_my.show", forum=forum))
    if (closed := _closed_page(forum)) is not None:
        return closed
    return redirect(_step_url(forum, _wizard(forum, account, draft).next_step))


@blueprint.get("/<step>")
@requires(Permission.SIGNED_IN)
def show_step(forum: Forum, step: str) -> ResponseReturnValue:
    """Show one step with what the draft holds."""
    account = current_account()
    draft, registered = progress_of_person(forum_id=forum.id, account_id=account.id)
    if registered:
        return redirect(url_for("forum_my.show", forum=forum))
    if (closed := _closed_page(forum)) is not None:
        return closed
    wizard = _wizard(forum, account, draft)
    here = wizard.step(step) or abort(404)
    if here.key == CHECK:
        return _check_page(wizard, draft, forms=wizard.forms_for(here))
    return _step_page(wizard, here, draft, forms=wizard.forms_for(here))


@blueprint.post("/<step>")
@requires(Permission.SIGNED_IN)
def save(forum: Forum, step: str) -> ResponseReturnValue:
    """Save a step, right or wrong; go on when it is right."""
    account = current_account()
    draft = _draft(forum, account)
    wizard = _wizard(forum, account, draft)
    here = wizard.step(step) or abort(404)
    if here.key == CHECK:
        return _send(wizard, draft, account)
    refuse_outside_window(forum, now=clock.now())
    told = changed_elsewhere(wizard.data, here)
    forms = wizard.forms_for(here, sent=CombinedMultiDict([request.form, request.files]))
    valid = forms.validate()
    uploads, valid = _store_files(forms, wizard.uploads(here), here, account=account, valid=valid)
    if told and not same_as_saved(wizard.data, here):
        db.session.commit()
        flash(told, "danger")
        return _step_page(wizard, here, draft, forms=forms), 409
    save_step(
        draft,
        forum=forum,
        account=account,
        step=here.key,
        typed=typed_fields(),
        answers=forms.questions.values() if forms.questions else {},
        uploads=uploads,
        now=clock.now(),
    )
    db.session.commit()
    if not valid:
        draft = _draft(forum, account)
        return _step_page(_wizard(forum, account, draft), here, draft, forms=forms), 422
    return redirect(_step_url(forum, wizard.after(here)))


@blueprint.post("/<step>/draft")
@requires(Permission.SIGNED_IN)
def autosave(forum: Forum, step: str) -> ResponseReturnValue:
    """Keep what is typed so far, without judging it; answers with the time it was kept."""
    account = current_account()
    draft = _draft(forum, account)
    wizard = _wizard(forum, account, draft)
    here = wizard.step(step)
    if here is None or here.key == CHECK:
        abort(404)
    refuse_outside_window(forum, now=clock.now())
    if changed_elsewhere(wizard.data, here):
        return jsonify(saved=False), 409
    forms = wizard.forms_for(here, sent=request.form)
    forms.validate()
    saved = save_step(
        draft,
        forum=forum,
        account=account,
        step=here.key,
        typed=typed_fields(),
        answers=forms.questions.values() if forms.questions else {},
        uploads=wizard.uploads(here),
        now=clock.now(),
    )
    db.session.commit()
    return jsonify(saved=True, at=saved.saved_at.isoformat(), seen=step_fingerprint(saved.data, here.key))


@blueprint.get("/discard")
@requires(Permission.SIGNED_IN)
def confirm_discard(forum: Forum) -> ResponseReturnValue:
    """Ask before the draft is thrown away, naming what it is for."""
    draft = _draft(forum, current_account())
    if draft is None:
        return redirect(url_for("forum_public.show", forum=forum))
    return render_template("forum/register/discard.html", forum=forum, draft=draft)


@blueprint.post("/discard")
@requires(Permission.SIGNED_IN)
def discard(forum: Forum) -> ResponseReturnValue:
    """Throw the draft away."""
    draft = _draft(forum, current_account())
    if draft is not None:
        discard_draft(draft)
        db.session.commit()
    flash(_("Your draft is deleted; nothing was sent."), "success")
    return redirect(url_for("forum_public.show", forum=forum))


def _send(wizard: Wizard, draft: RegistrationDraft | None, account: Account) -> ResponseReturnValue:
    forum = wizard.forum
    forms = wizard.forms_for(Step(CHECK, ""), sent=request.form)
    to_mine = redirect(url_for("forum_my.show", forum=forum))
    if draft is None and active_registration_of(forum, account) is not None:
        flash(_("You are registered already; nothing was sent twice."), "info")
        return to_mine
    if not forms.validate() or wizard.missing():
        return _check_page(wizard, draft, forms=forms), 422
    consent = forms.fixed
    try:
        submit_registration(
            forum,
            wizard.submission(
                newest_consent_text(forum), listed_publicly=bool(consent and consent.listed_publicly.data)
            ),
            actor=account,
            now=clock.now(),
        )
    except AlreadyRegistered:
        db.session.rollback()
        flash(_("You are registered already; nothing was sent twice."), "info")
        return to_mine
    except DomainError as refused:
        db.session.rollback()
        flash(refused.message, "danger")
        return _check_page(wizard, _draft(forum, account), forms=forms), refused.http_status
    db.session.commit()
    return to_mine


def _step_page(wizard: Wizard, step: Step, draft: RegistrationDraft | None, *, forms: StepForms) -> str:
    url_of = partial(_step_url, wizard.forum)
    return render_template(
        "forum/register/step.html",
        forum=wizard.forum,
        wizard=wizard,
        step=step,
        step_marks=step_marks(wizard, step, url_of),
        forms=forms,
        draft=draft,
        seen=step_fingerprint(wizard.data, step.key),
        previous=wizard.before(step),
        photo_kept=bool(wizard.uploads(step).get("photo")),
        step_url=url_of,
    )


def _check_page(wizard: Wizard, draft: RegistrationDraft | None, *, forms: StepForms) -> str:
    here, url_of = wizard.steps[-1], partial(_step_url, wizard.forum)
    return render_template(
        "forum/register/check.html",
        forum=wizard.forum,
        wizard=wizard,
        step=here,
        step_marks=step_marks(wizard, here, url_of),
        forms=forms,
        draft=draft,
        missing=wizard.missing(),
        consent_text=newest_consent_text(wizard.forum),
        previous=wizard.before(here),
        step_url=url_of,
    )


def _closed_page(forum: Forum) -> ResponseReturnValue | None:
    try:
        refuse_outside_window(forum, now=clock.now())
    except RegistrationClosed as closed:
        return render_template("forum/register/closed.html", forum=forum, reason=closed.message), 403
    return None


def _draft(forum: Forum, account: Account) -> RegistrationDraft | None:
    return draft_of_person(forum_id=forum.id, account_id=account.id)


def _wizard(forum: Forum, account: Account, draft: RegistrationDraft | None) -> Wizard:
    version = published_version_of(forum.questionnaire_id)
    if version is None:
        abort(404)
    return Wizard(forum, version, account, draft.data if draft else {})


def _step_url(forum: Forum, step: Step) -> str:
    return url_for(".show_step", forum=forum, step=step.key)


def _store_files(
    forms: StepForms, kept: dict[str, int], step: Step, *, account: Account, valid: bool
) -> tuple[dict[str, int], bool]:
    """Store what was uploaded with this step; a refused file puts its error at its field."""
    now = clock.now()
    if forms.questions is not None:
        valid = store_files(forms.questions, owner_id=account.id, now=now) and valid
    uploads = dict(kept)
    if step.key != NAME or forms.fixed is None:
        return uploads, valid
    field = forms.fixed.photo
    drop = "drop_photo" in request.form
    photo = store_photo(field, uploads.pop("photo", None), drop=drop, owner_id=account.id, now=now)
    if photo is not None:
        uploads["photo"] = photo
    return uploads, valid and not field.errors
