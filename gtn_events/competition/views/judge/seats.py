"""Whose seat an address of the desk means; 404 for everybody and everything else."""

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue

from gtn_events.accounts.roles import current_account
from gtn_events.core.db import db

from ...models import Assignment, Competition, Entry, Judge, Round
from ...queries.judging import declaration_of, judge_of, round_of, seats_of


def own_judge(competition: Competition) -> Judge:
    """Return the signed-in person as a judge of this competition."""
    judge = judge_of(competition, current_account())
    if judge is None:
        abort(404)
    return judge


def own_round(judge: Judge, number: int) -> Round:
    """Return a round in which the judge has a seat."""
    round_ = round_of(judge, number)
    if round_ is None:
        abort(404)
    return round_


def own_seat(judge: Judge, number: int, reference: str) -> Assignment:
    """Return the judge's seat for an entry; 404 also for an entry they have a conflict with."""
    round_ = own_round(judge, number)
    seat: Assignment | None = db.session.scalar(seats_of(judge, round_).where(Entry.reference == reference))
    if seat is None:
        abort(404)
    return seat


def to_sign_first(judge: Judge, round_: Round) -> ResponseReturnValue | None:
    """Return the way to the declaration while it is not signed."""
    if declaration_of(judge, round_) is not None:
        return None
    return redirect(url_for(".declaration", competition=judge.competition, number=round_.number))
