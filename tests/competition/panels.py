"""An open round with judges who have signed and hold released seats, for tests of judging."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.scorecards import submit_scorecard
from gtn_events.competition.enums import AssignmentState, RoundState
from gtn_events.competition.models import (
    Assignment,
    Competition,
    Entry,
    Judge,
    JudgeDeclaration,
    Round,
    Scorecard,
)
from gtn_events.core.db import db
from tests.competition.factories import make_assignment, make_competition, make_entry, make_judge, make_round
from tests.factories import grant_role, make_account

OPENED_AT = datetime(2013, 6, 3, 1, 0, tzinfo=UTC)
IN_TIME = datetime(2013, 6, 10, 9, 0, tzinfo=UTC)
FULL = Given({"impact": 4, "market": 3})


@dataclass
class Panel:
    """A competition with one round; every judge has a seat for every entry."""

    competition: Competition
    round: Round
    entries: list[Entry]
    judges: list[Judge]
    seats: dict[tuple[int, int], Assignment]

    def seat(self, judge: int = 0, entry: int = 0) -> Assignment:
        """The seat of a judge for an entry, both counted from 0."""
        return self.seats[judge, entry]

    def account(self, judge: int = 0) -> Account:
        """The account of a judge."""
        account = self.judges[judge].account
        assert account is not None
        return account


def make_panel(
    *,
    judges: int = 1,
    entries: int = 1,
    signed: bool = True,
    competition: Mapping[str, Any] | None = None,
    **values: Any,
) -> Panel:
    """An open round; ``values`` are columns of Round, ``competition`` those of the competition."""
    made = make_competition(**(competition or {}))
    titles = [f"Boards from rice husk {number}" if number else "Boards from rice husk" for number in range(entries)]
    entrants = [make_account(f"entrant{number}@{made.slug}.example") for number in range(entries)]
    made_entries = [make_entry(made, account, title) for account, title in zip(entrants, titles, strict=True)]
    defaults = {"state": RoundState.OPEN, "method_frozen_at": OPENED_AT}
    round_ = make_round(made, made_entries, **(defaults | values))
    made_judges = [add_judge(made, round_, number, signed=signed) for number in range(judges)]
    seats = {
        (number, index): make_assignment(round_, entry, judge, position=index + 1)
        for number, judge in enumerate(made_judges)
        for index, entry in enumerate(made_entries)
    }
    return Panel(made, round_, made_entries, made_judges, seats)


def add_judge(competition: Competition, round_: Round, number: int, *, signed: bool = True) -> Judge:
    """A judge with the role and, unless said otherwise, the declaration of the round."""
    account = make_account(
        f"judge{number}@{competition.slug}.example",
        given_name="Catalina",
        family_name=f"Vergara {number}",
        economy_code="CHL",
        time_zone="America/Santiago",
    )
    grant_role(account, Role.JUDGE, competition.scope)
    judge = make_judge(competition, account)
    if signed:
        sign(judge, round_)
    return judge


def sign(judge: Judge, round_: Round) -> None:
    """Let a judge sign a round's declaration without conflicts."""
    db.session.add(
        JudgeDeclaration(judge=judge, round=round_, text="I keep it secret.", typed_name="C. V.", signed_at=OPENED_AT)
    )
    db.session.commit()


def submit(seat: Assignment, given: Given = FULL, *, now: datetime = IN_TIME) -> Scorecard:
    """Submit a scorecard in time."""
    account = seat.judge.account
    assert account is not None
    scorecard = submit_scorecard(seat, given, actor=account, now=now)
    db.session.commit()
    return scorecard


def give_up(seat: Assignment) -> None:
    """Make a seat one that was given up, without the conflict that belongs to it."""
    seat.state = AssignmentState.RECUSED
    db.session.commit()
