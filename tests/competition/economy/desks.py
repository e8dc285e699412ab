"""A competition in which economies have their say, with the coordinator of Peru, for the tests of this folder."""

from datetime import UTC, datetime, timedelta
from typing import Any

from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition.domain.nominations import Nominee, nominate
from gtn_events.competition.enums import EntryPath, EntryState
from gtn_events.competition.models import Competition, Entry, Nomination
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Scope
from tests.competition.factories import make_competition, make_entry
from tests.factories import grant_role, make_account

NOW = datetime(2013, 5, 20, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
OVER = datetime(2013, 6, 14, 16, 59, tzinfo=UTC)
LINKS = LinkSigner("a key that nobody knows")


def make_endorsed_competition(**values: Any) -> Competition:
    """The competition of the tests with two places an economy, on the path of endorsement unless told otherwise."""
    return make_competition(**({"entry_path": EntryPath.ENDORSED, "economy_limit": 2} | values))


def make_coordinator(email: str = "coordinator@gtn.example", code: str = "PE", **values: Any) -> Account:
    """Somebody who coordinates an economy."""
    account = make_account(email, **({"given_name": "Inés", "family_name": "Quispe", "economy_code": code} | values))
    grant_role(account, Role.ECONOMY_COORDINATOR, Scope("economy", db.session.get_one(Economy, code).rank))
    return account


def make_entries(competition: Competition, entrant: Account, count: int = 3, **values: Any) -> list[Entry]:
    """Entries that wait for the organiser and for their economy."""
    return [
        make_entry(
            competition,
            entrant,
            f"Entry {number}",
            **({"state": EntryState.SUBMITTED, "organisation_name": f"Firm {number}"} | values),
        )
        for number in range(1, count + 1)
    ]


def make_nomination(
    competition: Competition, coordinator: Account, email: str = "lupe@firm.example", code: str = "PE"
) -> Nomination:
    """A firm that was nominated now."""
    nominee = Nominee(organisation_name="Altiplano Fibre", name="Lupe Mamani", email=email)
    economy = db.session.get_one(Economy, code)
    made = nominate(competition, economy, nominee, links=LINKS, actor=coordinator, now=NOW)
    db.session.commit()
    return made
