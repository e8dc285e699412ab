"""The entry beside the scorecard: read, score, submit, go on to the next."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db, set_reading
from gtn_events.core.errors import DomainError, Stale
from gtn_events.core.permissions import Permission, requires

from ...domain.given import Gap, Given, gaps
from ...domain.scorecards import TO_DO, change_after_submission, save_draft, submit_scorecard
from ...domain.scoring_window import closes_for, takes_scores
from ...domain.totals import scored_weight, weighted_total
from ...enums import AssignmentState
from ...forms.scorecard import given_from
from ...models import Assignment, Competition, Criterion, Judge
from ...queries.judge_queue import Queue, queue_of
from ...queries.judged_entry import entry_title, shown_entry
from ...queries.judging import current_scorecard, draft_of, others_on_panel, versions_of
from .blueprint import blueprint
from .seats import own_judge, own_seat, to_sign_first
from .training import to_train_first

_PATH = "/rounds/<int:number>/entries/<reference>"


@blueprint.get(_PATH)
@requires(Permission.COMPETITION_JUDGE)
def scorecard(competition: Competition, number: int, reference: str) -> ResponseReturnValue:
    """Show the entry with the draft, or with what was submitted."""
    judge = own_judge(competition)
    seat = own_seat(judge, number, reference)
    return to_sign_first(judge, seat.round) or to_train_first(judge, seat.round) or _page(judge, seat)


@blueprint.post(_PATH)
@requires(Permission.COMPETITION_JUDGE)
def scorecard_act(competition: Competition, number: int, reference: str) -> ResponseReturnValue:
    """Save, skip, submit or change, as the pressed button says; what is refused comes back with what was typed."""
    judge = own_judge(competition)
    seat = own_seat(judge, number, reference)
    given = given_from(request.form, _criteria(seat))
    act = request.form.get("act", "submit")
    missing = gaps(_criteria(seat), given) if act in ("submit", "change") else []
    try:
        if not missing:
            _ACTS.get(act, _submit)(seat, given)
    except DomainError as error:
        _let_others_write(db.session.rollback)
        return _page(judge, seat, given, refused=error), 409 if isinstance(error, Stale) else 422
    _let_others_write(db.session.rollback if missing else db.session.commit)
    if missing:
        return _page(judge, seat, given, missing=missing), 422
    return _address(judge, seat) if act in ("save", "change") else _go_on(judge, seat)


@blueprint.post(f"{_PATH}/draft")
@requires(Permission.COMPETITION_JUDGE)
def scorecard_draft(competition: Competition, number: int, reference: str) -> ResponseReturnValue:
    """Keep what is chosen so far, for a page that saves by itself; tells when, and which version it is now.

    What a browser kept for a scorecard that is submitted is told so: it sends it after every submit, to learn that.
    """
    seat = own_seat(own_judge(competition), number, reference)
    if seat.state is AssignmentState.SUBMITTED:
        return {"submitted": True, "detail": _("The scorecard is submitted already.")}
    given = given_from(request.form, _criteria(seat))
    try:
        draft = save_draft(seat, given, seen=_seen(), actor=current_account(), now=clock.now())
    except Stale as stale:
        db.session.rollback()
        kept = draft_of(seat)
        return {"detail": stale.message, "seen": kept.lock_version if kept else 0}, 409
    db.session.commit()
    return {"seen": draft.lock_version, "at": draft.saved_at.isoformat()}


def _let_others_write(end: Callable[[], None]) -> None:
    """End the transaction; what the answer still reads keeps no other judge from writing."""
    end()
    set_reading(True)


def _save(seat: Assignment, given: Given) -> None:
    save_draft(seat, given, seen=_seen(), actor=current_account(), now=clock.now())
    flash(_("The draft is saved."), "success")


def _skip(seat: Assignment, given: Given) -> None:
    if given.cleaned() != Given() and seat.state in TO_DO:
        save_draft(seat, given, seen=_seen(), actor=current_account(), now=clock.now())


def _submit(seat: Assignment, given: Given) -> None:
    submitted = submit_scorecard(seat, given, actor=current_account(), now=clock.now())
    title, total = entry_title(seat.entry, seat.round), f"{submitted.total:.1f}"
    flash(_("Submitted: %(entry)s, %(total)s of 100.", entry=title, total=total), "success")


def _change(seat: Assignment, given: Given) -> None:
    reason = request.form.get("reason", "")
    change_after_submission(seat, given, reason=reason, seen=_seen(), actor=current_account(), now=clock.now())
    flash(_("The scorecard is changed; the version before is kept."), "success")


_ACTS = {"save": _save, "skip": _skip, "submit": _submit, "change": _change}


def _go_on(judge: Judge, seat: Assignment) -> ResponseReturnValue:
    following = queue_of(judge, seat.round).next_after(seat)
    if following is None:
        return redirect(url_for(".desk", competition=judge.competition))
    return _address(judge, following)


def _address(judge: Judge, seat: Assignment) -> ResponseReturnValue:
    number, reference = seat.round.number, seat.entry.reference
    return redirect(url_for(".scorecard", competition=judge.competition, number=number, reference=reference))


def _seen() -> int:
    return request.form.get("seen", 0, type=int)


def _criteria(seat: Assignment) -> list[Criterion]:
    rubric = seat.round.rubric
    return rubric.criteria if rubric is not None else []


def _page(
    judge: Judge,
    seat: Assignment,
    typed: Given | None = None,
    *,
    missing: list[Gap] | None = None,
    refused: DomainError | None = None,
) -> str:
    criteria, queue = _criteria(seat), queue_of(judge, seat.round)
    draft, current = draft_of(seat), current_scorecard(seat)
    kept = current or draft
    given = typed or (Given.of(kept) if kept is not None else Given())
    submitted = seat.state is AssignmentState.SUBMITTED
    return render_template(
        "competition/judge/scorecard.html",
        competition=judge.competition,
        round=seat.round,
        seat=seat,
        entry=shown_entry(seat.entry, seat.round),
        queue=queue,
        number=queue.number_of(seat),
        criteria=criteria,
        given=given,
        opened=_opened(criteria, given, missing or []),
        missing={gap.key: gap.text for gap in missing or []},
        refused=refused,
        total=weighted_total(criteria, given.scores),
        weight=scored_weight(criteria, given.scores),
        seen=current.number if current else draft.lock_version if draft else 0,
        draft=draft,
        current=current,
        submitted=submitted,
        takes_scores=takes_scores(seat, now=clock.now()),
        closes_at=closes_for(seat),
        reason=request.form.get("reason", ""),
        versions=versions_of(seat) if submitted else [],
        others=others_on_panel(seat) if submitted and _shows_others(queue) else None,
    )


def _opened(criteria: list[Criterion], given: Given, missing: list[Gap]) -> str:
    """Return the criterion that shows all its levels: the first that needs something."""
    wanted = [gap.key for gap in missing] or [each.key for each in criteria if each.key not in given.scores]
    return wanted[0] if wanted else ""


def _shows_others(queue: Queue) -> bool:
    return "scores" not in queue.round.blind
