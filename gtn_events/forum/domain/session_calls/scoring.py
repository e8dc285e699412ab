"""The committee scores proposed sessions, each member for themselves; nobody scores what concerns them."""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from ...errors import SessionProposalRefused
from ...models import SessionProposal, SessionReview, SessionScore
from ...session_call_enums import SessionProposalState as State
from .state_change import lock_session_proposal

SCORES = range(1, 6)


def score_session(
    proposal: SessionProposal, scores: Mapping[int, int], comment: str, *, actor: Account, now: datetime
) -> SessionReview:
    """Keep what a member thinks, in place of what they thought before.

    Args:
        scores: criterion id to 1 to 5, every criterion of the call.

    Raises:
        SessionProposalRefused: the call still takes proposals, this one is decided or withdrawn, the person is not on
            the committee or has an interest in it, or a criterion has no score.

    Flushes; the caller commits. The journal stays without it: what one member thinks is told to the others only
    once they have scored.
    """
    lock_session_proposal(proposal)
    if (refusal := why_not_scored(proposal, actor, now=now)) is not None:
        raise SessionProposalRefused(refusal)
    criteria = {each.id for each in proposal.call.criteria}
    if set(scores) != criteria or any(score not in SCORES for score in scores.values()):
        raise SessionProposalRefused(_("Give every criterion a score from 1 to 5."))
    review = next((each for each in proposal.reviews if each.account_id == actor.id), None)
    if review is None:
        review = SessionReview(account=actor)
        proposal.reviews.append(review)
    review.comment, review.saved_at = comment.strip(), now
    given = {each.criterion_id: each for each in review.scores}
    for criterion_id, score in scores.items():
        if criterion_id in given:
            given[criterion_id].score = score
        else:
            review.scores.append(SessionScore(criterion_id=criterion_id, score=score))
    db.session.flush()
    return review


def why_not_scored(proposal: SessionProposal, person: Account, *, now: datetime) -> str | None:
    """Return why a person cannot score a proposal at this moment, in a sentence; None when they can."""
    call = proposal.call
    if all(each.account_id != person.id for each in call.members):
        return _("You are not on the committee of this call.")
    if proposal.concerns(person):
        return _("You proposed this session or speak in it, so others score it.")
    if not call.has_closed(now):
        return _("The call still takes proposals. Scoring begins when it has closed.")
    if proposal.state is State.WITHDRAWN:
        return _("The proposer has withdrawn this session.")
    return None if proposal.state.is_undecided else _("This session is decided already.")
