"""What an upheld appeal allows: a further seat, a new decision, and published results that are corrected.

What was published stands. Only while an upheld appeal about a round waits to be put right may its scorecards,
its decision and the prizes be changed again, and the change be published as a correction with date and reason.
"""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.text import clean_text

from ..certificates import revoke_of_lost_prizes
from ..enums import AssignmentState, RoundState
from ..errors import AppealRefused, JudgeRefused, ReasonMissing, ResultRefused
from ..models import Amendment, Appeal, Assignment, Competition, Judge, ResultVersion, Round
from ..notifications_judges import mail_released_entries
from ..queries.appeals import amendments_of, open_corrections
from ..queries.publication import rounds_in_order
from ..queries.ranking import OVER, latest_version
from ..results.ranking_records import digest_of
from .chain import lock_round
from .conflicts import derive_conflicts
from .panel_facts import panel_facts
from .publication import record_what_is_public
from .ranking import ranking_task
from .seats_by_hand import refusals


def require_changeable(competition: Competition, round_: Round | None = None) -> None:
    """Refuse a change of what is published, unless an upheld appeal waits to be put right.

    Args:
        round_: the round that would change, None when it is about the whole.

    Raises:
        ResultRefused: the results are published, and no such appeal is open.
    """
    if not may_change(competition, round_):
        raise ResultRefused(_("The results are published. What was published stands."))


def may_change(competition: Competition, round_: Round | None = None) -> bool:
    """Say whether scorecards of a round, or the prizes, may be changed: not published yet, or being put right."""
    if competition.results_published_at is None:
        return True
    corrected = {appeal.round_id for appeal in open_corrections(competition)}
    return round_.id in corrected if round_ else bool(corrected)


def require_correcting(appeal: Appeal) -> Round:
    """Return the round of an appeal, locked, while it waits to be put right.

    Raises:
        AppealRefused: the appeal is about no round or not upheld, or everything was put right already.
        ResultRefused: the round still takes scores; then its panel is changed as always.
    """
    if appeal.round is None:
        raise AppealRefused(_("This appeal is about no round."))
    lock_round(appeal.round)
    db.session.refresh(appeal)
    if not appeal.state.is_upheld or appeal.carried_out_at is not None:
        raise AppealRefused(_("There is nothing to be put right here, or it was done already."))
    if appeal.round.state not in OVER:
        raise ResultRefused(_("%(round)s still takes scores. Close it first.", round=appeal.round.title))
    return appeal.round


def further_judges(appeal: Appeal) -> list[Judge]:
    """Return who could take a further seat for the entry without breaking a rule, in the order of their numbers."""
    round_ = appeal.round
    if round_ is None:
        return []
    facts = panel_facts(round_)
    allowed = (
        [judge_id for judge_id in facts.judges if not refusals(facts, take=[(appeal.entry_id, judge_id)])]
        if appeal.entry_id in facts.entries
        else []
    )
    statement = select(Judge).where(Judge.id.in_(allowed)).order_by(Judge.number)
    return list(db.session.scalars(statement))


def seat_further_judge(appeal: Appeal, judge: Judge, *, until: datetime, actor: Account, now: datetime) -> Assignment:
    """Let one more judge score the entry although its round is closed; only this seat takes scores, until then.

    Raises:
        AppealRefused: the appeal is not upheld, or everything was put right already.
        ResultRefused: the round still takes scores; then the panel is changed as always.
        JudgeRefused: it would break a rule, or the moment is not in the future.

    Flushes; the caller commits.
    """
    round_ = require_correcting(appeal)
    if until <= now:
        raise JudgeRefused(_("Choose a moment in the future."), field="until")
    derive_conflicts(appeal.competition, actor=actor, now=now)
    facts, pair = panel_facts(round_), (appeal.entry_id, judge.id)
    if appeal.entry_id not in facts.entries or judge.id not in facts.judges:
        raise JudgeRefused(_("The entry or the judge has left the competition."), field="judge")
    if broken := refusals(facts, take=[pair]):
        raise JudgeRefused(" ".join(broken), field="judge")
    seat = Assignment(
        round=round_,
        entry_id=appeal.entry_id,
        judge=judge,
        state=AssignmentState.RELEASED,
        created_at=now,
        state_changed_at=now,
        scores_until=until,
        reason="After an appeal",
    )
    db.session.add(seat)
    db.session.flush()
    changes = {"judge": (None, judge.number), "until": (None, until.isoformat())}
    record("further judge seated", appeal, actor=actor, now=now, scope=appeal.scope, changes=changes)
    mail_released_entries(judge, round_, count=1, first=seat.id, now=now, until=until)
    return seat


def amend_results(competition: Competition, appeal: Appeal, *, reason: str, actor: Account, now: datetime) -> Amendment:
    """Publish the newest versions of the decided rounds in place of those that were public; both are kept.

    Certificates of prizes that changed hands are revoked with the same reason.

    Args:
        reason: what everybody reads beside the corrected results.

    Raises:
        AppealRefused: the appeal is not upheld, or everything was put right already.
        ResultRefused: the results are not published, or a round was ranked from other scorecards than count now.
        ReasonMissing: there is no reason.

    Flushes; the caller commits.
    """
    require_correcting(appeal)
    reason = clean_text(reason)
    if not reason:
        raise ReasonMissing(_("Say what is corrected and why: everybody reads it."), field="reason")
    if competition.results_published_at is None:
        raise ResultRefused(_("The results are not published yet, so there is nothing to correct in public."))
    newest = _newest(competition)
    for version in newest:
        lock_round(version.round)
        task = ranking_task(version.round)
        if digest_of(task.cards, task.added) != version.facts["cards_sha256"]:
            title = version.round.title
            raise ResultRefused(
                _("Other scorecards of %(round)s count now than when it was ranked. Rank it again.", round=title)
            )
        version.published_at = version.published_at or now
    amendment = Amendment(
        competition=competition,
        number=len(amendments_of(competition)) + 1,
        appeal_id=appeal.id,
        published_at=now,
        published_by_id=actor.id,
        reason=reason,
    )
    db.session.add(amendment)
    db.session.flush()
    changes = {"correction": (None, amendment.number)}
    record(
        "results corrected", competition, actor=actor, now=now, scope=competition.scope, changes=changes, reason=reason
    )
    record_what_is_public(competition, newest, now=now)
    revoke_of_lost_prizes(competition, reason=reason, actor=actor, now=now)
    return amendment


def _newest(competition: Competition) -> Sequence[ResultVersion]:
    decided = [each for each in rounds_in_order(competition) if each.state is RoundState.DECIDED]
    return [version for each in decided if (version := latest_version(each)) is not None]
