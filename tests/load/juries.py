"""A round that is open today, and many judges who have signed and are signed in."""

from datetime import datetime, timedelta
from itertools import cycle

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import RoleGrant
from gtn_events.competition.enums import AssignmentState, JudgeState, RoundState
from gtn_events.competition.models import Assignment, Judge, JudgeDeclaration, Round
from gtn_events.core.db import db
from tests.competition.factories import make_competition, make_entry, make_round
from tests.factories import make_account
from tests.load.browsers import Browser
from tests.load.people import people


def open_jury(slug: str, *, judges: int, entries: int, each: int = 1, now: datetime) -> tuple[Round, list[Browser]]:
    """A round whose judges have ``each`` released seats, spread over the entries in turn."""
    competition = make_competition(slug, reference_prefix=slug[:8].upper())
    made = [
        make_entry(competition, make_account(f"entrant{number}@{slug}.example"), f"Entry {number}")
        for number in range(entries)
    ]
    round_ = make_round(
        competition,
        made,
        state=RoundState.OPEN,
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
    )
    crowd, turn = people(judges, name=slug, now=now), cycle(made)
    for number, (account, _browser) in enumerate(crowd, start=1):
        db.session.add(_grant(account.id, competition.scope.id, now))
        judge = Judge(
            competition=competition,
            number=number,
            account=account,
            email=account.email,
            email_key=account.email_key,
            name=account.display_name,
            state=JudgeState.ACCEPTED,
            invited_at=now,
        )
        signed = JudgeDeclaration(judge=judge, round=round_, text="Secret.", typed_name="R. H.", signed_at=now)
        db.session.add_all([judge, signed])
        for position in range(each):
            seat = Assignment(
                round=round_,
                entry=next(turn),
                judge=judge,
                state=AssignmentState.RELEASED,
                position=position,
                created_at=now,
                state_changed_at=now,
            )
            db.session.add(seat)
    db.session.commit()
    return round_, [browser for _account, browser in crowd]


def _grant(account_id: int, competition_id: int, now: datetime) -> RoleGrant:
    return RoleGrant(
        account_id=account_id, role=Role.JUDGE, scope_kind="competition", scope_id=competition_id, granted_at=now
    )
