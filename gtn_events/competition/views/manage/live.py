"""The organiser's control of a live final: its rule, its running order, the stage, the vote, freeze and reveal."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.badges import badge_events
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.jobs import enqueue_job
from gtn_events.core.permissions import Permission, may, requires

from ...domain.live import act_live, acts_now, undo_live
from ...domain.live_order import arrange_order, draw_order, moved
from ...domain.live_rule import drop_live_final, set_live_rule
from ...enums import LiveAct, RoundState
from ...forms.live import LiveRuleForm, stored_rule
from ...models import Competition, LiveFinal, Round
from ...queries.live import live_final_of, slots_of
from ...queries.progress import counts_of
from ...queries.ranking import latest_version
from ...queries.rounds import round_of
from ...ranking_job import RANKING
from ..live_shown import clock_words, final_or_404, milliseconds, shown_of
from .blueprint import blueprint

_PATH = "/rounds/<int:number>/live"
# What tells or fixes the result belongs to whoever decides it, not to everybody who runs the stage.
DECIDING = frozenset({LiveAct.FREEZE, LiveAct.REVEAL})


@blueprint.get(_PATH)
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def live(competition: Competition, number: int) -> ResponseReturnValue:
    """Show the control; a round that is no live final leads to the page that makes it one."""
    round_ = db.one_or_404(round_of(competition, number))
    final = live_final_of(round_)
    if final is None:
        return redirect(url_for(".live_rule", competition=competition, number=number))
    shown, now = shown_of(final), clock.now()
    return render_template(
        "competition/manage/live.html",
        competition=competition,
        shown=shown,
        acts={each.value for each in acts_now(final, shown.slots) if each not in DECIDING or _decides(competition)},
        left=clock_words(shown.stage.timer.left(now)),
        now_ms=milliseconds(now),
        counts=counts_of(round_),
        event=next((each.label for each in badge_events() if each.key == final.badge_event), ""),
        ranked=_is_ranked(final),
        decides=_decides(competition),
        open=round_.state is RoundState.OPEN,
        late=round_.state is RoundState.OPEN and now >= round_.closes_at,
        can_undo=bool(final.undo) and (not final.phase.is_frozen or _decides(competition)),
    )


@blueprint.get(f"{_PATH}/version")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def live_version(competition: Competition, number: int) -> ResponseReturnValue:
    """Tell a control that is open which version stands, so that it shows what another one did."""
    final = final_or_404(competition, number)
    return {"version": final.lock_version, "ballots": shown_of(final).ballots, "ranked": _is_ranked(final)}


@blueprint.route(f"{_PATH}/rule", methods=["GET", "POST"])
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def live_rule(competition: Competition, number: int) -> ResponseReturnValue:
    """Show the rule, or make the round a live final that follows what was typed."""
    round_ = db.one_or_404(round_of(competition, number))
    final = live_final_of(round_)
    form = LiveRuleForm(data=None if request.method == "POST" else stored_rule(final))
    if not form.validate_on_submit():
        return _rule_page(round_, final, form)
    try:
        set_live_rule(round_, form.rule(), actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _rule_page(round_, live_final_of(round_), form)
    flash(_("The rule of %(round)s is published.", round=round_.title), "success")
    return redirect(url_for(".live", competition=competition, number=number))


@blueprint.post(f"{_PATH}/drop")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def live_drop(competition: Competition, number: int) -> ResponseReturnValue:
    """Let the round be judged without a stage."""
    round_ = db.one_or_404(round_of(competition, number))
    drop_live_final(round_, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(round)s is no live final any more.", round=round_.title), "success")
    return redirect(url_for(".round_list", competition=competition))


@blueprint.post(f"{_PATH}/order")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def live_order(competition: Competition, number: int) -> ResponseReturnValue:
    """Draw the running order, move one entry by a place, or take the order in which the list was left."""
    final = final_or_404(competition, number)
    actor, now = current_account(), clock.now()
    if request.form.get("draw"):
        draw_order(final, seen=_seen(), actor=actor, now=now)
    else:
        direction, _colon, slot_id = request.form.get("move", "").partition(":")
        ids = request.form.getlist("order", type=int)
        if slot_id.isdecimal():
            ids = moved(slots_of(final), int(slot_id), direction)
        arrange_order(final, ids, seen=_seen(), actor=actor, now=now)
    db.session.commit()
    return _back(final, "order")


@blueprint.post(f"{_PATH}/stage")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def live_act(competition: Competition, number: int) -> ResponseReturnValue:
    """Do what the pressed button says: the stage, the clock, the vote; or take the last of it back."""
    final = final_or_404(competition, number)
    act = request.form.get("act", "")
    if act == "undo":
        if final.phase.is_frozen:
            abort(403)
        undo_live(final, seen=_seen(), actor=current_account(), now=clock.now())
    elif act in {each.value for each in LiveAct if each not in DECIDING}:
        act_live(final, LiveAct(act), seen=_seen(), actor=current_account(), now=clock.now())
    else:
        abort(404)
    db.session.commit()
    return _back(final, "stage")


@blueprint.route(f"{_PATH}/freeze", methods=["GET", "POST"])
@requires(Permission.COMPETITION_RESULTS_DECIDE)
def live_freeze(competition: Competition, number: int) -> ResponseReturnValue:
    """Ask, saying what is missing, or close scores and votes for good and let a worker compute the ranking."""
    final = final_or_404(competition, number)
    if request.method == "GET":
        return render_template(
            "competition/manage/live_freeze.html",
            competition=competition,
            shown=shown_of(final),
            counts=counts_of(final.round),
            possible=LiveAct.FREEZE in acts_now(final, slots_of(final)),
        )
    act_live(final, LiveAct.FREEZE, seen=_seen(), actor=current_account(), now=clock.now())
    _let_rank(final)
    db.session.commit()
    flash(_("%(round)s is frozen. The ranking is being computed.", round=final.round.title), "success")
    return _back(final, "stage")


@blueprint.post(f"{_PATH}/reveal")
@requires(Permission.COMPETITION_RESULTS_DECIDE)
def live_reveal(competition: Competition, number: int) -> ResponseReturnValue:
    """Show the next place on the screen, or take the last one back."""
    final = final_or_404(competition, number)
    if not final.phase.is_frozen:
        abort(404)
    if request.form.get("act") == "undo":
        undo_live(final, seen=_seen(), actor=current_account(), now=clock.now())
    else:
        act_live(final, LiveAct.REVEAL, seen=_seen(), actor=current_account(), now=clock.now())
    db.session.commit()
    return _back(final, "stage")


def _let_rank(final: LiveFinal) -> None:
    round_ = final.round
    before = latest_version(round_)
    enqueue_job(
        RANKING,
        title=_("Ranking of %(round)s", round=round_.title),
        params={
            "round_id": round_.id,
            "reason": _("Scores and votes were frozen.") if before else "",
            "chair": before.facts["chair"] if before else [],
        },
        actor=current_account(),
        now=clock.now(),
        scope=round_.scope,
        back=(_("Live final"), url_for(".live", competition=round_.competition, number=round_.number)),
    )


def _is_ranked(final: LiveFinal) -> bool:
    version = latest_version(final.round) if final.frozen_at else None
    return version is not None and final.frozen_at is not None and version.computed_at >= final.frozen_at


def _decides(competition: Competition) -> bool:
    return may(Permission.COMPETITION_RESULTS_DECIDE, competition)


def _seen() -> int:
    return request.form.get("seen", 0, type=int)


def _back(final: LiveFinal, part: str) -> ResponseReturnValue:
    round_ = final.round
    return redirect(url_for(".live", competition=round_.competition, number=round_.number, _anchor=part))


def _rule_page(round_: Round, final: LiveFinal | None, form: LiveRuleForm) -> ResponseReturnValue:
    page = render_template(
        "competition/manage/live_rule.html",
        competition=round_.competition,
        round=round_,
        final=final,
        form=form,
        fixed=final is not None and final.begun_at is not None,
    )
    return page, 422 if form.errors or form.form_errors else 200
