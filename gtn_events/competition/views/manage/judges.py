"""The judges of a competition: the list, invitations, and one judge."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.roles import current_account
from gtn_events.accounts.views.tokens import signer
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import economies_in_order
from gtn_events.core.errors import DomainError
from gtn_events.core.journal import entries_about, shown_entries
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires

from ...domain.conflict_index import ConflictIndex, entry_facts
from ...domain.conflicts import derive_conflicts, forbids_own_economy
from ...domain.judge_lists import ListProblem, read_judge_list
from ...domain.judges import edit_judge, end_judge, invite_judge, send_again
from ...forms.judge import InviteForm, InviteListForm, JudgeForm, ReasonForm, stored_judge
from ...models import Competition, Judge
from ...queries.judges import (
    conflict_counts,
    conflicts_of_judge,
    economy_names,
    entries_by_id,
    judge_counts,
    judge_of,
    judges_listed,
    load_counts,
    read_judge_listing,
    seats_by_round,
)
from .blueprint import blueprint


@blueprint.get("/judges")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def judge_list(competition: Competition) -> ResponseReturnValue:
    """Show the judges as the address asks for them."""
    listing = read_judge_listing(request.path, request.args)
    page = paginate(judges_listed(competition, listing), listing)
    ids = [each.id for each in page.items]
    return render_template(
        "competition/manage/judges.html",
        competition=competition,
        listing=listing,
        page=page,
        counts=judge_counts(competition),
        conflicts=conflict_counts(ids),
        loads=load_counts(ids),
        economies={each.code: each.short_name for each in economies_in_order()},
    )


@blueprint.route("/judges/invite", methods=["GET", "POST"])
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def judge_invite(competition: Competition) -> ResponseReturnValue:
    """Show the form, look for conflicts of the person in it, or invite them."""
    form = InviteForm()
    if request.method == "POST" and "check" in request.form:
        return _invite_page(competition, form, checked=True)
    if not form.validate_on_submit():
        return _invite_page(competition, form)
    try:
        now = clock.now()
        judge = invite_judge(competition, form.person(), links=signer(), actor=current_account(), now=now)
        derive_conflicts(competition, actor=current_account(), now=now)
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _invite_page(competition, form)
    flash(_("An invitation to %(name)s is on its way.", name=judge.name), "success")
    return redirect(url_for(".judge_list", competition=competition))


@blueprint.post("/judges/invite-list")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def judge_invite_list(competition: Competition) -> ResponseReturnValue:
    """Invite everybody of a pasted list, or nobody when a line is wrong."""
    form = InviteListForm()
    if not form.validate():
        return _invite_page(competition, InviteForm(formdata=None), list_form=form)
    people, problems = read_judge_list(form.people.data)
    if problems:
        return _invite_page(competition, InviteForm(formdata=None), list_form=form, problems=problems)
    try:
        now, actor = clock.now(), current_account()
        for person in people:
            invite_judge(competition, person, links=signer(), actor=actor, now=now)
        derive_conflicts(competition, actor=actor, now=now)
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.people.errors = [refusal.message]
        return _invite_page(competition, InviteForm(formdata=None), list_form=form)
    flash(
        ngettext("%(num)d invitation is on its way.", "%(num)d invitations are on their way.", len(people)), "success"
    )
    return redirect(url_for(".judge_list", competition=competition))


@blueprint.route("/judges/<int:number>", methods=["GET", "POST"])
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def judge(competition: Competition, number: int) -> ResponseReturnValue:
    """Show one judge, or change what is known of them."""
    found = db.one_or_404(judge_of(competition, number))
    form = JudgeForm(data=None if request.method == "POST" else stored_judge(found))
    form.offer(competition)
    if not form.validate_on_submit():
        return _judge_page(competition, found, form)
    try:
        now, actor = clock.now(), current_account()
        edit_judge(
            found,
            form.profile(form.economy_code.data or None),
            expected_load=form.expected_load.data,
            actor=actor,
            now=now,
        )
        derive_conflicts(competition, actor=actor, now=now)
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _judge_page(competition, found, form)
    flash(_("%(name)s is saved.", name=found.name), "success")
    return redirect(url_for(".judge", competition=competition, number=number))


@blueprint.post("/judges/<int:number>/resend")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def judge_resend(competition: Competition, number: int) -> ResponseReturnValue:
    """Mail an invitation once more."""
    found = db.one_or_404(judge_of(competition, number))
    send_again(found, links=signer(), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("An invitation to %(name)s is on its way.", name=found.name), "success")
    return redirect(url_for(".judge", competition=competition, number=number))


@blueprint.post("/judges/<int:number>/end")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def judge_end(competition: Competition, number: int) -> ResponseReturnValue:
    """Withdraw an invitation, or end a judge's work."""
    found = db.one_or_404(judge_of(competition, number))
    form = ReasonForm()
    freed = end_judge(found, reason=form.reason.data or "", actor=current_account(), now=clock.now())
    db.session.commit()
    flash(
        ngettext(
            "%(name)s is no judge any more; %(num)d seat is free again.",
            "%(name)s is no judge any more; %(num)d seats are free again.",
            freed,
            name=found.name,
        ),
        "success",
    )
    return redirect(url_for(".judge", competition=competition, number=number))


def _invite_page(
    competition: Competition,
    form: InviteForm,
    *,
    list_form: InviteListForm | None = None,
    problems: list[ListProblem] | None = None,
    checked: bool = False,
) -> ResponseReturnValue:
    ties = []
    if checked:
        own_economy = forbids_own_economy(competition)
        ties = list(ConflictIndex(entry_facts(competition)).ties_of(form.looked_up(), own_economy=own_economy))
    page = render_template(
        "competition/manage/judge_invite.html",
        competition=competition,
        form=form,
        list_form=list_form or InviteListForm(formdata=None),
        problems=problems or [],
        checked=checked,
        ties=ties,
        entries=entries_by_id({tie.entry_id for tie in ties}),
        names=economy_names(),
    )
    refused = form.errors or problems or (list_form is not None and list_form.errors)
    return page, 422 if refused else 200


def _judge_page(competition: Competition, found: Judge, form: JudgeForm) -> ResponseReturnValue:
    page = render_template(
        "competition/manage/judge.html",
        competition=competition,
        judge=found,
        form=form,
        end_form=ReasonForm(formdata=None),
        seats=seats_by_round(found),
        conflicts=conflicts_of_judge(found),
        names=economy_names(),
        history=shown_entries(db.session.scalars(entries_about(found)).all()),
    )
    return page, 422 if form.errors else 200
