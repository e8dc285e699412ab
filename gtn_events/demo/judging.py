"""Judges, panels and scorecards, made by the functions that judges' clicks use, and the results of what is over."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal
from zlib import crc32

from sqlalchemy import select
from werkzeug.utils import import_string

from gtn_events.accounts.domain.roles import grant_role
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.certificates.domain import issue_certificate
from gtn_events.competition.certificates import honours_due
from gtn_events.competition.domain.awards import give_award
from gtn_events.competition.domain.competitions import close_competition
from gtn_events.competition.domain.decisions import decide_round
from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.publication import publish_results
from gtn_events.competition.domain.ranking import Computed, keep_result, ranking_task, review_task
from gtn_events.competition.domain.recusal import Declared, recuse, sign_declaration
from gtn_events.competition.domain.roots import SETTLED, record_call_root, record_seats_root
from gtn_events.competition.domain.round_state import close_round, open_round
from gtn_events.competition.domain.rounds import take_entries
from gtn_events.competition.domain.scorecards import save_draft, submit_scorecard
from gtn_events.competition.domain.simulating import Design, add_simulation, keep_answer
from gtn_events.competition.enums import AssignmentState, ConflictKind, JudgeState, RoundKind
from gtn_events.competition.models import (
    Appeal,
    Assignment,
    Award,
    Competition,
    Entry,
    Judge,
    ResultVersion,
    Round,
    RoundEntry,
)
from gtn_events.competition.queries.ranking import latest_version
from gtn_events.core.db import db
from gtn_events.core.journal import record

from .appeals import appeal_in_first_edition, finish_appeal
from .entrants import FIRST_EDITION, PITCHES, THIS_EDITION
from .jury import JURORS, given_by, panel_of
from .training import add_samples, score_first_sample

DECLARATION = (
    "I keep what I read to myself. I have no tie to the entries before me, or have named it. I score every entry by "
    "the published criteria alone."
)
QUALITY = {idea.title: idea.quality for idea in (*FIRST_EDITION, *THIS_EDITION, *PITCHES)}
# How many of their scorecards the judges of the open round have submitted, in the order of their numbers; the
# one who did nothing yet has not signed either.
SUBMITTED = (4, 10, 7, 0, 6, 9, 3, 8, 5, 10, 2, 6)


def add_judges(
    competition: Competition, accounts: Mapping[str, Account], *, count: int, actor: Account, now: datetime
) -> list[Judge]:
    """Let the first of the invented judges accept and hold the role. Flushes."""
    judges = []
    for number, juror in enumerate(JURORS[:count], start=1):
        account = accounts[juror.person.key]
        judge = Judge(
            competition=competition,
            number=number,
            account=account,
            email=account.email,
            email_key=account.email_key,
            name=account.display_name,
            organisation_name=juror.person.organisation,
            economy_code=juror.person.economy,
            topics=list(juror.topics),
            languages=list(juror.languages),
            state=JudgeState.ACCEPTED,
            invited_at=now,
            answered_at=now + timedelta(hours=9 + number),
        )
        judges.append(judge)
        grant_role(account, Role.JUDGE, scope=competition.scope, actor=actor, now=now)
    db.session.add_all(judges)
    db.session.flush()
    return judges


def judge_first_edition(
    competition: Competition, judges: Sequence[Judge], organiser: Account, *, officer: Account, second: Account
) -> None:
    """Score, rank and decide every round, give the prizes by the last, publish and close. Flushes.

    Two entrants appeal against the outcome of the review, which ``officer`` decides; ``second`` agrees that a
    scorecard is left out.
    """
    record_call_root(competition, now=competition.entries_close_at + SETTLED)
    for round_ in competition.rounds:
        seats = open_to_judges(round_, judges, organiser, now=round_.opens_at)
        moment, step = round_.opens_at, (round_.closes_at - round_.opens_at) / (len(seats) + 1)
        for number, seat in enumerate(_as_they_come(seats), start=1):
            submit_as_judge(seat, now=moment + step * number)
        close_round(round_, actor=organiser, now=round_.closes_at)
        _decide(round_, organiser, now=round_.closes_at + timedelta(hours=2))
        if round_.kind is RoundKind.REVIEW:
            upheld = appeal_in_first_edition(round_, organiser=organiser, officer=officer, second=second)
            _rank(round_, organiser, now=upheld.state_changed_at + timedelta(hours=6), appeal=upheld)
            finish_appeal(upheld, organiser=organiser, now=upheld.state_changed_at + timedelta(hours=7))
    _give_awards(competition, organiser)
    over = competition.rounds[-1].closes_at
    publish_results(competition, embargo_until=None, actor=organiser, now=over + timedelta(days=1))
    close_competition(competition, actor=organiser, now=over + timedelta(days=9))


def judge_this_edition(competition: Competition, judges: Sequence[Judge], organiser: Account, *, now: datetime) -> None:
    """Leave the first round in the middle: scorecards submitted, begun and waiting, one seat given up. Flushes."""
    record_call_root(competition, now=competition.entries_close_at + SETTLED)
    round_ = competition.rounds[0]
    samples = add_samples(round_, organiser, now=round_.opens_at - timedelta(days=2))
    seats = open_to_judges(
        round_,
        judges,
        organiser,
        now=round_.opens_at,
        signing=[judge for judge in judges if SUBMITTED[judge.number - 1]],
    )
    score_first_sample(samples[0], [each for each in judges if SUBMITTED[each.number - 1]], now=round_.opens_at)
    queues = {judge.id: [seat for seat in seats if seat.judge_id == judge.id] for judge in judges}
    done = [seat for judge in judges for seat in queues[judge.id][: SUBMITTED[judge.number - 1]]]
    opened, step = round_.opens_at, (now - round_.opens_at) / (len(done) + 2)
    for number, seat in enumerate(_as_they_come(done), start=1):
        submit_as_judge(seat, now=opened + step * number)
    for judge in judges:
        begun = queues[judge.id][SUBMITTED[judge.number - 1] :][:1] if SUBMITTED[judge.number - 1] else []
        for seat in begun:
            _begin(seat, now=now - timedelta(minutes=13 * judge.number))
    given_up = queues[judges[0].id][-1]
    recuse(given_up, Declared(ConflictKind.ADVISER), actor=_account(judges[0]), now=now - timedelta(hours=5))


def try_designs(competition: Competition, organiser: Account, *, now: datetime) -> None:
    """Try three designs of the first round, from few scorecards to many. Flushes."""
    # Imported only here, as below.
    answer_of = import_string("gtn_events.competition.results.simulation:answer_of")
    spreads = {"quality": 8, "noise": 6, "severity": 4}
    for number, (judges, cards) in enumerate(((12, 2), (12, 3), (18, 5)), start=1):
        design = Design(
            entries=60,
            judges=judges,
            cards=cards,
            shortlist=10,
            **{name: Decimal(points) for name, points in spreads.items()},
        )
        made = add_simulation(competition, design, actor=organiser, now=now)
        keep_answer(made, answer_of(seed=number, **asdict(design) | spreads), now=now)


def open_to_judges(
    round_: Round,
    judges: Sequence[Judge],
    organiser: Account,
    *,
    now: datetime,
    signing: Sequence[Judge] | None = None,
) -> list[Assignment]:
    """Take the entries in, release the seats of their panels, open the round and let its judges sign."""
    take_entries(round_, actor=organiser, now=now)
    seats = _release(round_, judges, now=now)
    round_.released_at = now
    record("panels released", round_, actor=organiser, now=now, scope=round_.scope)
    record_seats_root(round_, [seat.id for seat in seats], now=now)
    open_round(round_, actor=organiser, now=now)
    for judge in judges if signing is None else signing:
        account = _account(judge)
        sign_declaration(
            judge, round_, text=DECLARATION, typed_name=account.display_name, conflicts={}, actor=account, now=now
        )
    return seats


def _release(round_: Round, judges: Sequence[Judge], *, now: datetime) -> list[Assignment]:
    statement = select(Entry).join(RoundEntry, RoundEntry.entry_id == Entry.id).where(RoundEntry.round_id == round_.id)
    loads = {judge.id: 0 for judge in judges}
    seats = [
        Assignment(
            round=round_,
            entry=entry,
            judge=judge,
            state=AssignmentState.RELEASED,
            position=loads[judge.id],
            created_at=now,
            state_changed_at=now,
        )
        for turn, entry in enumerate(db.session.scalars(statement.order_by(Entry.id)))
        for judge in panel_of(entry, judges, loads, size=round_.judges_per_entry, turn=turn)
    ]
    db.session.add_all(seats)
    db.session.flush()
    return seats


def _as_they_come(seats: Sequence[Assignment]) -> list[Assignment]:
    return sorted(seats, key=lambda seat: crc32(f"{seat.judge.number} {seat.entry.title}".encode()))


def submit_as_judge(seat: Assignment, *, now: datetime) -> None:
    """Submit what the seat's judge gives its entry. Flushes."""
    submit_scorecard(seat, _given(seat), actor=_account(seat.judge), now=now)


def _begin(seat: Assignment, *, now: datetime) -> None:
    first_two = dict(list(_given(seat).scores.items())[:2])
    save_draft(seat, Given(scores=first_two), seen=0, actor=_account(seat.judge), now=now)


def _given(seat: Assignment) -> Given:
    rubric = seat.round.rubric
    if rubric is None:
        raise LookupError("the round has no criteria")
    return given_by(seat.judge, seat.entry, rubric.criteria, quality=QUALITY[seat.entry.title])


def _decide(round_: Round, organiser: Account, *, now: datetime) -> None:
    version = _rank(round_, organiser, now=now)
    decide_round(round_, seen=version.number, actor=organiser, now=now + timedelta(hours=1))


def _rank(round_: Round, organiser: Account, *, now: datetime, appeal: Appeal | None = None) -> ResultVersion:
    # Imported only here: a web process reads this module, too, and does without the arithmetic.
    rank_and_review = import_string("gtn_events.competition.results.reviewed:rank_and_review")
    ranking = rank_and_review(ranking_task(round_), *review_task(round_))
    computed = Computed(ranking.rows, ranking.facts, round_.chain_head, round_.chain_length)
    reason, appeal_id = ("After an appeal", appeal.id) if appeal else ("", None)
    return keep_result(round_, computed, reason=reason, actor=organiser, now=now, appeal_id=appeal_id)


def _give_awards(competition: Competition, organiser: Account) -> None:
    final = competition.rounds[-1]
    ranking = latest_version(final)
    if ranking is None or final.decided_at is None:
        raise LookupError("the final is not decided")
    awards = db.session.scalars(select(Award).where(Award.competition_id == competition.id).order_by(Award.position))
    for award, row in zip(awards, ranking.rows, strict=False):
        give_award(award, row.entry, citation="", actor=organiser, now=final.decided_at)


def honour_first_edition(competition: Competition, organiser: Account, *, secret_key: str) -> None:
    """Give winners, finalists and judges their certificates on the day of publication. Flushes."""
    published = competition.results_published_at
    if published is None:
        raise LookupError("the results are not published")
    params = {"competition_id": competition.id, "issued_on": published.date().isoformat()}
    for request in list(honours_due(params)):
        issue_certificate(request, secret_key=secret_key, actor=organiser, now=published)


def _account(judge: Judge) -> Account:
    if judge.account is None:
        raise LookupError("the judge has no account")
    return judge.account
