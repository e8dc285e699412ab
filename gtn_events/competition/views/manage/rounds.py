"""The rounds of a competition: the list, the form, ready rule sets, and the entries that come in."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, may, requires

from ...domain.rounds import add_round, delete_round, edit_round, take_entries
from ...domain.rule_sets import add_rounds_of, take_call_over
from ...domain.templates_of_rounds import RULE_SETS
from ...enums import RoundState
from ...errors import RoundRefused
from ...forms.round import METHOD_NOTES, RoundForm, RuleSetForm, new_round, stored_round
from ...models import Competition, Round
from ...queries.live import finals_of
from ...queries.rounds import entry_counts, incoming_counts, round_of, rounds_in_order, seat_counts
from .blueprint import blueprint


@dataclass(frozen=True)
class RoundRow:
    """One line of the list; ``incoming`` is how many entries belong into the round and are not in it."""

    round: Round
    entries: int
    seats: int
    incoming: int


@blueprint.get("/rounds")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def round_list(competition: Competition) -> ResponseReturnValue:
    """Show every round with its entries, its seats and its criteria."""
    rounds = rounds_in_order(competition)
    entries, seats, incoming = entry_counts(competition), seat_counts(competition), incoming_counts(competition, rounds)
    return render_template(
        "competition/manage/rounds.html",
        competition=competition,
        finals=finals_of(competition),
        rows=[
            RoundRow(each, entries.get(each.id, 0), seats.get(each.id, 0), incoming.get(each.id, 0)) for each in rounds
        ],
    )


@blueprint.route("/rounds/new", methods=["GET", "POST"])
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def round_new(competition: Competition) -> ResponseReturnValue:
    """Show an empty round beside the ready rule sets, or add a round."""
    form = RoundForm(competition, data=None if request.method == "POST" else new_round())
    if not form.validate_on_submit():
        return _new_page(competition, form, RuleSetForm(formdata=None))
    try:
        added = add_round(competition, form.details(), actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _new_page(competition, form, RuleSetForm(formdata=None))
    flash(_("%(title)s is added. Now set its criteria.", title=added.title), "success")
    return redirect(url_for(".rubric", competition=competition, number=added.number))


@blueprint.post("/rounds/rule-set")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def round_rule_set(competition: Competition) -> ResponseReturnValue:
    """Add the rounds of a ready rule set."""
    form = RuleSetForm()
    if not form.validate():
        return _new_page(competition, RoundForm(competition, formdata=None, data=new_round()), form)
    rule_set, actor, now = RULE_SETS[form.rule_set.data], current_account(), clock.now()
    try:
        added = add_rounds_of(competition, rule_set, opens_at=form.opens_at(competition), actor=actor, now=now)
        if form.with_call.data:
            _require_call(competition)
            take_call_over(competition, rule_set, actor=actor, now=now)
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _new_page(competition, RoundForm(competition, formdata=None, data=new_round()), form)
    flash(ngettext("%(num)d round is added.", "%(num)d rounds are added.", len(added)), "success")
    return redirect(url_for(".round_list", competition=competition))


@blueprint.route("/rounds/<int:number>/edit", methods=["GET", "POST"])
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def round_edit(competition: Competition, number: int) -> ResponseReturnValue:
    """Show the round's form, or change a planned round."""
    found = db.one_or_404(round_of(competition, number))
    form = RoundForm(competition, before=found.number, data=None if request.method == "POST" else stored_round(found))
    if not form.validate_on_submit():
        return _form_page(competition, form, found)
    try:
        if form.lock_version.data != str(found.lock_version):
            raise RoundRefused("Somebody else changed this round meanwhile. Load the page again, then change it.")
        edit_round(found, form.details(), actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _form_page(competition, form, found)
    flash(_("%(title)s is saved.", title=found.title), "success")
    return redirect(url_for(".round_list", competition=competition))


@blueprint.post("/rounds/<int:number>/delete")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def round_delete(competition: Competition, number: int) -> ResponseReturnValue:
    """Take a planned round without entries away."""
    found = db.one_or_404(round_of(competition, number))
    title = found.title
    delete_round(found, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(title)s is taken away.", title=title), "success")
    return redirect(url_for(".round_list", competition=competition))


@blueprint.post("/rounds/<int:number>/entries")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def round_entries(competition: Competition, number: int) -> ResponseReturnValue:
    """Take in the entries that belong into the round."""
    found = db.one_or_404(round_of(competition, number))
    taken = take_entries(found, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(
        ngettext(
            "%(num)d entry came into %(title)s.", "%(num)d entries came into %(title)s.", taken.added, title=found.title
        ),
        "success",
    )
    if taken.removed:
        flash(ngettext("%(num)d entry left it.", "%(num)d entries left it.", taken.removed))
    return redirect(url_for(".round_list", competition=competition))


def _require_call(competition: Competition) -> None:
    if not may(Permission.COMPETITION_EDIT, competition):
        raise RoundRefused("Only an organiser can change the rules of the call.", field="with_call")


def _new_page(competition: Competition, form: RoundForm, rule_form: RuleSetForm) -> ResponseReturnValue:
    page = render_template(
        "competition/manage/round_new.html",
        competition=competition,
        form=form,
        rule_form=rule_form,
        rule_sets=RULE_SETS.values(),
        notes=METHOD_NOTES,
    )
    return page, 422 if form.errors or rule_form.errors else 200


def _form_page(competition: Competition, form: RoundForm, round_: Round) -> ResponseReturnValue:
    page = render_template(
        "competition/manage/round_form.html",
        competition=competition,
        form=form,
        round=round_,
        fixed=round_.state is not RoundState.PLANNED,
        notes=METHOD_NOTES,
    )
    return page, 422 if form.errors else 200
