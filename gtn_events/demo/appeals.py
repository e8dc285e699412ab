"""Appeals of the demonstration: one that was upheld and put right, one that was not, one that waits."""

from datetime import datetime, timedelta

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.appeal_deciding import assign_decider, carry_out, decide_appeal
from gtn_events.competition.domain.appeal_transitions import Action
from gtn_events.competition.domain.appeal_window import contestable
from gtn_events.competition.domain.appeals import AppealTexts, save_appeal, send_appeal
from gtn_events.competition.domain.decisions import revise_decision
from gtn_events.competition.domain.exclusion import confirm_exclusion, propose_exclusion
from gtn_events.competition.enums import AppealGround, EntryState, Standing
from gtn_events.competition.models import Appeal, Competition, Entry, RankingRow, Round, RoundEntry
from gtn_events.competition.queries.appeals import cards_about
from gtn_events.competition.queries.ranking import latest_version
from gtn_events.core.db import db

CONFLICT = (
    "One of the four judges advised the firm that sells the machine we compete with. We learnt it from that firm's "
    "own page, which names them among its advisers since last year. It stands nowhere in what we were told."
)
OPINION = (
    "The judges did not see how much our product saves. We think that the mean for impact should lie in the upper "
    "third, as every user of ours would say."
)
OF_OTHERS = (
    "The lamp oil that the reason speaks of is what our lamps replace, not what we sell; page 2 of the slides shows "
    "the lamp, which we make ourselves. The entry is about that lamp."
)


def appeal_in_first_edition(round_: Round, *, organiser: Account, officer: Account, second: Account) -> Appeal:
    """Let two entries that went out of a decided round appeal; return the upheld one, all but its new ranking. Flushes.

    Args:
        officer: decides, and asks that a scorecard shall not count.
        second: agrees to that.
    """
    first, last = _out(round_)
    decided = _decided_at(round_)
    upheld = _send(first, AppealGround.CONFLICT, CONFLICT, now=decided + timedelta(days=1))
    other = _send(last, AppealGround.ERROR, OPINION, now=decided + timedelta(days=2))
    now = decided + timedelta(days=3)
    for appeal in (upheld, other):
        assign_decider(appeal, officer.id, actor=organiser, now=now)
    reason = (
        "A judge’s opinion is theirs. Nothing was added up wrongly: the means were computed again and are the same."
    )
    decide_appeal(other, Action.REJECT, reason=reason, actor=officer, now=now + timedelta(hours=2))
    reason = (
        "The tie was real, and the judge had not named it. The scorecard is left out and the ranking computed again."
    )
    decide_appeal(upheld, Action.UPHOLD, reason=reason, actor=officer, now=now + timedelta(hours=3))
    _judge, card = min(cards_about(upheld), key=lambda each: each[1].total)
    propose_exclusion(card, reason="A tie that was not named.", actor=officer, now=now + timedelta(hours=4))
    confirm_exclusion(card, actor=second, now=now + timedelta(hours=5))
    return upheld


def finish_appeal(upheld: Appeal, *, organiser: Account, now: datetime) -> None:
    """Revise the decision by the new ranking and tell the entrant. Flushes."""
    if upheld.round is None:
        raise LookupError("an appeal about no round")
    revise_decision(upheld.round, reason="After an appeal.", actor=organiser, now=now)
    words = "One scorecard is left out. Your entry was ranked again by the three others; no other entry lost its place."
    carry_out(upheld, words, actor=organiser, now=now)


def appeal_against_refusal(call: Competition, *, now: datetime) -> None:
    """Let the refused entry of the open call appeal today; nobody was chosen to decide yet. Flushes."""
    refused = select(Entry).where(Entry.competition_id == call.id, Entry.state == EntryState.INELIGIBLE)
    entry = db.session.scalars(refused.order_by(Entry.id)).first()
    if entry is None:
        raise LookupError("no entry was refused")
    entry.state_changed_at = now - timedelta(days=2)
    _send(entry, AppealGround.ELIGIBILITY, OF_OTHERS, now=now - timedelta(hours=3))


def _send(entry: Entry, ground: AppealGround, text: str, *, now: datetime) -> Appeal:
    about = contestable(entry)[0]
    appeal = save_appeal(entry, about, AppealTexts(ground, text), upload=None, now=now - timedelta(minutes=9))
    send_appeal(appeal, actor=entry.account, now=now)
    return appeal


def _out(round_: Round) -> tuple[Entry, Entry]:
    """Return the best and the last entry that do not go on."""
    version = latest_version(round_)
    if version is None:
        raise LookupError("the round is not ranked")
    statement = (
        select(Entry)
        .join(RankingRow, RankingRow.entry_id == Entry.id)
        .join(RoundEntry, RoundEntry.entry_id == Entry.id)
        .where(
            RankingRow.result_id == version.id,
            RoundEntry.round_id == round_.id,
            RoundEntry.standing == Standing.OUT,
        )
        .order_by(RankingRow.rank)
    )
    entries = db.session.scalars(statement).all()
    return entries[0], entries[-1]


def _decided_at(round_: Round) -> datetime:
    if round_.decided_at is None:
        raise LookupError("the round is not decided")
    return round_.decided_at
