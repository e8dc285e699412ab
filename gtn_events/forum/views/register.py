"""Registering: steps over a saved draft, a check of the whole, and sending it once."""

from typing import Any

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
from gtn_events.questionnaire.forms.files import store_files
from gtn_events.questionnaire.queries.versions import published_version_of

from ..domain.drafts import discard_draft, save_step, step_fingerprint
from ..domain.submission import active_registration_of, refuse_outside_window, submit_registration
from ..errors import AlreadyRegistered, RegistrationClosed
from ..forms.photo import store_photo
from ..forms.wizard import CHECK, NAME, Step, StepForms, Wizard
from ..models import Forum, RegistrationDraft
from ..queries.delegate import draft_of_person, progress_of_person
from ..queries.forums import newest_consent_text
from .loading import load_forum

blueprint = Blueprint("forum_register", __name__, url_prefix="/forums/<forum>/register")
load_forum(blueprint)


@blueprint.get("")
@requires(Permission.SIGNED_IN)
def start(forum: Forum) -> ResponseReturnValue:
    """Lead to the first step that is not done, or to the registration that is there already."""
    account = current_account()
    draft, registered = progress_of_person(forum_id=forum.id, account_id=account.id)
    if registered:
        return redirect(url_for("forum_my.show", forum=forum))
    if (closed := _closed_page(forum)) is not None:
        return closed
    wizard = _wizard(forum, account, draft)
    undone = next((step for step in wizard.steps if step.key not in wizard.data), wizard.steps[-1])
    return redirect(_step_url(forum, undone))


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
    told = _changed_elsewhere(draft, here)
    forms = wizard.forms_for(here, sent=CombinedMultiDict([request.form, request.files]))
    valid = forms.validate()
    uploads, valid = _store_files(forms, draft, here, account=account, valid=valid)
    if told and not _same_as_saved(draft, here):
        db.session.commit()
        flash(told, "danger")
        return _step_page(wizard, here, draft, forms=forms), 409
    save_step(
        draft,
        forum=forum,
        account=account,
        step=here.key,
        typed=_typed(),
        answers=forms.questions.values() if forms.questions else {},
        uploads=uploads,
        now=clock.now(),
    )
    db.session.commit()
    if not valid:
        return _step_page(wizard, here, _draft(forum, account), forms=forms), 422
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
    if _changed_elsewhere(draft, here):
        return jsonify(saved=False), 409
    forms = wizard.forms_for(here, sent=request.form)
    forms.validate()
    saved = save_step(
        draft,
        forum=forum,
        account=account,
        step=here.key,
        typed=_typed(),
        answers=forms.questions.values() if forms.questions else {},
        uploads=_uploads_of(draft, here),
        now=clock.now(),
    )
    db.session.commit()
    return jsonify(saved=True, at=saved.saved_at.isoformat(), seen=step_fingerprint(saved, here.key))


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
    return render_template(
        "forum/register/step.html",
        forum=wizard.forum,
        wizard=wizard,
        step=step,
        step_marks=_step_marks(wizard, step),
        forms=forms,
        draft=draft,
        seen=step_fingerprint(draft, step.key),
        previous=wizard.before(step),
        photo_kept=bool(_uploads_of(draft, step).get("photo")),
        step_url=lambda each: _step_url(wizard.forum, each),
    )


def _check_page(wizard: Wizard, draft: RegistrationDraft | None, *, forms: StepForms) -> str:
    here = wizard.steps[-1]
    return render_template(
        "forum/register/check.html",
        forum=wizard.forum,
        wizard=wizard,
        step=here,
        step_marks=_step_marks(wizard, here),
        forms=forms,
        draft=draft,
        missing=wizard.missing(),
        consent_text=newest_consent_text(wizard.forum),
        previous=wizard.before(here),
        step_url=lambda each: _step_url(wizard.forum, each),
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


def _step_marks(wizard: Wizard, here: Step) -> list[dict[str, Any]]:
    """Return what the stepper shows; a step is done when it was saved."""
    marks = []
    for step in wizard.steps:
        done = step.key in wizard.data
        state = "now" if step.key == here.key else "done" if done else "ahead"
        reachable = done or step.key == CHECK
        marks.append({"label": step.label, "state": state, "url": _step_url(wizard.forum, step) if reachable else None})
    return marks


def _typed() -> dict[str, list[str]]:
    """Return the form's fields as the browser sent them, without the marks of the form itself."""
    own = {"csrf_token", "seen", "go"}
    return {name: values for name, values in request.form.lists() if name not in own}


def _uploads_of(draft: RegistrationDraft | None, step: Step) -> dict[str, int]:
    uploads: dict[str, int] = (draft.data if draft else {}).get(step.key, {}).get("uploads", {})
    return uploads


def _store_files(
    forms: StepForms, draft: RegistrationDraft | None, step: Step, *, account: Account, valid: bool
) -> tuple[dict[str, int], bool]:
    """Store what was uploaded with this step; a refused file puts its error at its field."""
    now = clock.now()
    if forms.questions is not None:
        valid = store_files(forms.questions, owner_id=account.id, now=now) and valid
    uploads = dict(_uploads_of(draft, step))
    if step.key != NAME or forms.fixed is None:
        return uploads, valid
    field = forms.fixed.photo
    drop = "drop_photo" in request.form
    photo = store_photo(field, uploads.pop("photo", None), drop=drop, owner_id=account.id, now=now)
    if photo is not None:
        uploads["photo"] = photo
    return uploads, valid and not field.errors


def _changed_elsewhere(draft: RegistrationDraft | None, step: Step) -> str | None:
    """Return what to tell when this step was saved in another tab since the page was shown."""
    seen = request.form.get("seen")
    if seen is None or seen == step_fingerprint(draft, step.key):
        return None
    return _(
        "This step was changed in another tab or on another device since you opened it. "
        "What you typed here is kept below: compare it, then save again to replace the other one."
    )


def _same_as_saved(draft: RegistrationDraft | None, step: Step) -> bool:
    saved = (draft.data if draft else {}).get(step.key, {}).get("typed")
    return saved == _typed()
