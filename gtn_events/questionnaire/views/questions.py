"""The editor's pages for questions: the list, adding, changing, removing, putting in order."""

from collections.abc import Sequence

from flask import abort, flash, request
from flask.typing import ResponseReturnValue

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import economies_in_order
from gtn_events.core.errors import DomainError

from ..domain.drafts import add_question, edit_question, move_question, order_step, remove_question
from ..domain.questions import QuestionSpec, specs_of
from ..domain.versions import ONE_STEP
from ..enums import QuestionKind
from ..forms.question import QuestionEditForm, edit_form
from ..queries.versions import all_steps, published_version
from ..wording import _
from .owner import Owner


def question_list(owner: Owner) -> ResponseReturnValue:
    """Show the questions of each step: the draft's, else the published ones."""
    version = owner.version_shown()
    specs = specs_of(version) if version else ()
    return owner.render(
        "editor/list.html",
        version=version,
        by_key={spec.key: spec for spec in specs},
        economy_names={economy.code: economy.short_name for economy in economies_in_order()},
        published=published_version(owner.questionnaire),
        steps=all_steps(version) if version else ONE_STEP,
        specs=specs,
        kinds=list(QuestionKind),
    )


def question_add(owner: Owner) -> ResponseReturnValue:
    """Show the form for a new question of a kind, or add it."""
    kind = _kind_or_404(request.args.get("kind", ""))
    specs = _specs_shown(owner)
    form = _form(owner, kind, earlier=specs, step=request.args.get("step", ""))
    if form.validate_on_submit():
        try:
            add_question(owner.draft(), form.spec(), actor=current_account(), now=clock.now())
        except DomainError as error:
            db.session.rollback()
            form.show_refusal(error)
        else:
            db.session.commit()
            flash(_("“%(label)s” stands in the draft.", label=form.label.data), "success")
            return owner.back()
    return owner.render("editor/question.html", form=form, kind=kind, spec=None)


def question_edit(owner: Owner, key: str) -> ResponseReturnValue:
    """Show the form of one question, or change it."""
    specs = _specs_shown(owner)
    spec = _spec_or_404(specs, key)
    form = _form(owner, spec.kind, earlier=specs[: specs.index(spec)], shown=spec)
    if form.validate_on_submit():
        try:
            edit_question(owner.draft(), key, form.spec(), actor=current_account(), now=clock.now())
        except DomainError as error:
            db.session.rollback()
            form.show_refusal(error)
        else:
            db.session.commit()
            flash(_("“%(label)s” is changed in the draft.", label=form.label.data), "success")
            return owner.back()
    return owner.render("editor/question.html", form=form, kind=spec.kind, spec=spec)


def question_remove(owner: Owner, key: str) -> ResponseReturnValue:
    """Ask whether a question shall go, or take it out of the draft."""
    specs = _specs_shown(owner)
    spec = _spec_or_404(specs, key)
    if request.method == "POST":
        remove_question(owner.draft(), key, actor=current_account(), now=clock.now())
        db.session.commit()
        flash(_("“%(label)s” is no longer in the draft.", label=spec.label), "success")
        return owner.back()
    dependants = [each for each in specs if each.condition and each.condition.key == key]
    return owner.render("editor/remove.html", spec=spec, dependants=dependants)


def step_order(owner: Owner) -> ResponseReturnValue:
    """Move one question up or down, or take over the order of a step that was dragged."""
    try:
        _put_in_order(owner)
    except DomainError:
        if request.headers.get("X-Requested-With") != "fetch":
            raise
        db.session.rollback()
        return "", 409  # the script then sends the form itself, so that the reason is shown
    db.session.commit()
    return owner.back(_anchor=f"step-{request.form.get('step', '')}")


def _put_in_order(owner: Owner) -> None:
    actor, now = current_account(), clock.now()
    direction, _colon, key = request.form.get("move", "").partition(":")
    if direction in ("up", "down"):
        move_question(owner.draft(), key, by=-1 if direction == "up" else 1, actor=actor, now=now)
    else:
        order_step(owner.draft(), request.form.get("step", ""), request.form.getlist("order"), actor=actor, now=now)


def _specs_shown(owner: Owner) -> tuple[QuestionSpec, ...]:
    version = owner.version_shown()
    return specs_of(version) if version else ()


def _spec_or_404(specs: Sequence[QuestionSpec], key: str) -> QuestionSpec:
    return next((spec for spec in specs if spec.key == key), None) or abort(404)


def _kind_or_404(kind: str) -> QuestionKind:
    return QuestionKind(kind) if kind in list(QuestionKind) else abort(404)


def _form(
    owner: Owner,
    kind: QuestionKind,
    *,
    earlier: Sequence[QuestionSpec],
    shown: QuestionSpec | None = None,
    step: str = "",
) -> QuestionEditForm:
    form = edit_form(kind, shown=shown, step=step)
    version = owner.version_shown()
    form.offer(steps=all_steps(version) if version else ONE_STEP, earlier=earlier, economies=economies_in_order())
    return form
