"""A decided round whose entrants may appeal, and who works there, for tests of appeals."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition.domain.appeal_deciding import assign_decider, decide_appeal
from gtn_events.competition.domain.appeal_transitions import Action
from gtn_events.competition.domain.appeal_window import contestable
from gtn_events.competition.domain.appeals import AppealTexts, save_appeal, send_appeal
from gtn_events.competition.domain.decisions import decide_round
from gtn_events.competition.domain.publication import publish_results
from gtn_events.competition.enums import AppealGround
from gtn_events.competition.models import Appeal, Entry, Judge
from gtn_events.core.db import db
from tests.competition.panels import Panel
from tests.competition.results_rounds import CLOSED_AT, compute, make_scored_round
from tests.factories import grant_role, make_account

TEXT = "One of the judges works for a firm that sells the same boards; that was never declared."
# Seven days after the decision, to the end of that day in Jakarta.
DEADLINE = datetime.fromisoformat("2013-07-07T16:59+00:00")
SOON = CLOSED_AT + timedelta(days=1)


@dataclass
class Appealed:
    """A decided round, the organiser who decided it, and one who did not."""

    panel: Panel
    organiser: Account
    other: Account

    @property
    def entry(self) -> Entry:
        """The entry that came last."""
        return self.panel.entries[2]


def make_appealable(**values: Any) -> Appealed:
    """Score, rank and decide a round; ``values`` are columns of the competition."""
    organiser, other = make_account("organiser@gtn.example"), make_account("other@gtn.example", given_name="Ana")
    panel = make_scored_round(competition={"appeal_days": 7} | values)
    for account in (organiser, other):
        grant_role(account, Role.ORGANISER, panel.competition.scope)
    for judge in panel.judges:
        work_elsewhere(judge)
    compute(panel)
    decide_round(panel.round, seen=1, actor=organiser, now=CLOSED_AT)
    db.session.commit()
    return Appealed(panel, organiser, other)


def work_elsewhere(judge: Judge) -> None:
    """Give a judge an address of another firm than the entrants have."""
    account = judge.account
    assert account is not None
    account.email = account.email_key = judge.email = judge.email_key = f"judge@jury{judge.number}.example"
    db.session.commit()


def draft(entry: Entry, *, ground: AppealGround | None = AppealGround.CONFLICT, text: str = TEXT) -> Appeal:
    """Type an appeal against the newest decision."""
    appeal = save_appeal(entry, contestable(entry)[0], AppealTexts(ground, text), upload=None, now=SOON)
    db.session.commit()
    return appeal


def sent(entry: Entry, *, now: datetime = SOON) -> Appeal:
    """Send an appeal against the newest decision."""
    appeal = draft(entry)
    send_appeal(appeal, actor=entry.account, now=now)
    db.session.commit()
    return appeal


def decided(made: Appealed, action: Action = Action.UPHOLD, *, now: datetime = SOON) -> Appeal:
    """Send an appeal of the last entry and let the other organiser decide it."""
    appeal = sent(made.entry)
    assign_decider(appeal, made.other.id, actor=made.organiser, now=now)
    decide_appeal(appeal, action, reason="The tie was real.", actor=made.other, now=now)
    db.session.commit()
    return appeal


def publish(made: Appealed, *, now: datetime = SOON) -> None:
    """Publish the results."""
    publish_results(made.panel.competition, embargo_until=None, actor=made.organiser, now=now)
    db.session.commit()
