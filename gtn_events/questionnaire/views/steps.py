"""The editor's pages for steps: the list, adding, describing, removing, putting in order."""

from flask import abort, flash, request
from flask.typing import ResponseReturnValue

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError

from ..domain.questions import QuestionSpec, specs_of
from ..domain.steps import add_step, edit_step, move_step, order_steps, remove_step
from ..forms.step import MoveQuestionsForm, StepForm
from ..queries.versions import Step, all_steps
from ..wording import _
from .owner import Owner


def step_list(owner: Owner) -> ResponseReturnValue:
    """Show the steps in their order: the draft's, else the published ones."""
    version = owner.version_shown()
    return owner.render(
        "editor/steps.html",
        version=version,
        steps=all_steps(version) if version else [],
        specs=specs_of(version) if version else (),
    )


def step_add(owner: Owner) -> ResponseReturnValue:
    """Show the form for a new step, or add it."""
    form = StepForm()
    if form.validate_on_submit():
        try:
            add_step(
                owner.draft(), form.text(), reserved=owner.reserved_steps, actor=current_account(), now=clock.now()
            )
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
        else:
            db.session.commit()
            flash(_("“%(title)s” stands in the draft.", title=form.title.data), "success")
            return owner.back("steps")
    return owner.render("editor/step.html", form=form, step=None), 422 if form.errors else 200


def step_edit(owner: Owner, step_key: str) -> ResponseReturnValue:
    """Show the form of one step, or change it."""
    step = _step_or_404(_steps_shown(owner), step_key)
    form = StepForm(data={"title": step.title, "description": step.description})
    if form.validate_on_submit():
        try:
            edit_step(owner.draft(), step_key, form.text(), actor=current_account(), now=clock.now())
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
        else:
            db.session.commit()
            flash(_("“%(title)s” is changed in the draft.", title=form.title.data), "success")
            return owner.back("steps")
    return owner.render("editor/step.html", form=form, step=step), 422 if form.errors else 200


def step_remove(owner: Owner, step_key: str) -> ResponseReturnValue:
    """Ask whether a step shall go and where its questions go, or take it out of the draft."""
    steps = _steps_shown(owner)
    step = _step_or_404(steps, step_key)
    form, inside = MoveQuestionsForm(), _questions_in(owner, step)
    form.offer([each for each in steps if each.key != step_key])
    if request.method == "POST" and (not inside or form.validate()):
        try:
            remove_step(
                owner.draft(),
                step_key,
                move_to=form.move_to.data if inside else None,
                actor=current_account(),
                now=clock.now(),
            )
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
        else:
            db.session.commit()
            flash(_("“%(title)s” is no longer in the draft.", title=step.title), "success")
            return owner.back("steps")
    page = owner.render("editor/step_remove.html", form=form, step=step, inside=inside, is_last=len(steps) == 1)
    return page, 422 if form.errors else 200


def steps_order(owner: Owner) -> ResponseReturnValue:
    """Move one step up or down, or take over the order that was dragged."""
    try:
        _put_in_order(owner)
    except DomainError:
        if request.headers.get("X-Requested-With") != "fetch":
            raise
        db.session.rollback()
        return "", 409  # the script then sends the form itself, so that the reason is shown
    db.session.commit()
    return owner.back("steps")


def _put_in_order(owner: Owner) -> None:
    actor, now = current_account(), clock.now()
    direction, _colon, key = request.form.get("move", "").partition(":")
    if direction in ("up", "down"):
        move_step(owner.draft(), key, by=-1 if direction == "up" else 1, actor=actor, now=now)
    else:
        order_steps(owner.draft(), request.form.getlist("order"), actor=actor, now=now)


def _steps_shown(owner: Owner) -> list[Step]:
    version = owner.version_shown()
    return all_steps(version) if version else []


def _questions_in(owner: Owner, step: Step) -> list[QuestionSpec]:
    version = owner.version_shown()
    return [spec for spec in specs_of(version) if spec.step == step.key] if version else []


def _step_or_404(steps: list[Step], key: str) -> Step:
    return next((step for step in steps if step.key == key), None) or abort(404)
