"""What the rules of eligibility say about entries, read for a whole page of them at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.text import fold
from gtn_events.eligibility.domain.findings import Checked, findings_of_rows
from gtn_events.eligibility.domain.keeping import rules_of
from gtn_events.eligibility.domain.rules import Finding, Member
from gtn_events.eligibility.domain.setting import economy_names

from ..enums import Endorsement
from ..models import Award, Competition, Entry, EntryMember
from ..queries.competitions import earlier_editions
from .endorsement_finding import finding_of_endorsement


class Judgeable(Checked, Protocol):
    """What of an entry, or of a line of a list, the rules need."""

    @property
    def account_id(self) -> int: ...
    @property
    def organisation_name(self) -> str: ...
    @property
    def endorsement(self) -> Endorsement: ...


@dataclass(frozen=True)
class PastWinners:
    """Who holds an award of an earlier edition: accounts, and names of firms as they are compared."""

    accounts: frozenset[int]
    organisations: frozenset[str]

    def includes(self, account_id: int, organisation_name: str) -> bool:
        """Say whether the person or the firm is among them."""
        return account_id in self.accounts or fold(organisation_name) in self.organisations


def past_winners(competition: Competition) -> PastWinners:
    """Return who won an award of the editions that this one was made from."""
    statement = (
        select(Entry.account_id, Entry.organisation_name)
        .join(Award, Award.entry_id == Entry.id)
        .where(Award.competition_id.in_(earlier_editions(competition)))
    )
    rows = db.session.execute(statement).all()
    return PastWinners(
        frozenset(account_id for account_id, _name in rows), frozenset(fold(name) for _id, name in rows if name)
    )


def close_year(competition: Competition) -> int:
    """Return the year, where the host is, to which years since founding are counted."""
    return competition.entries_close_at.astimezone(competition.zone).year


def findings_of_many(competition: Competition, entries: Sequence[Judgeable]) -> dict[int, list[Finding]]:
    """Return the findings of each entry by its id; the number of queries does not grow with the entries."""
    rules, asked = rules_of(competition), competition.entry_path.needs_endorsement
    if not entries or not (rules or asked):
        return {entry.id: [] for entry in entries}
    winners = past_winners(competition)
    found = findings_of_rows(
        rules,
        entries,
        year=close_year(competition),
        won_before=lambda entry: winners.includes(entry.account_id, entry.organisation_name),
        teams=_teams([entry.id for entry in entries]),
    )
    if asked:
        names = economy_names()
        for entry in entries:
            found[entry.id].append(finding_of_endorsement(entry.endorsement, names[entry.economy_code]))
    return found


def findings_of(entry: Entry) -> list[Finding]:
    """Return what the rules say about one entry."""
    return findings_of_many(entry.competition, [entry])[entry.id]


def _teams(entry_ids: Collection[int]) -> Mapping[int, list[Member]]:
    statement = select(EntryMember.entry_id, EntryMember.gender, EntryMember.economy_code).where(
        EntryMember.entry_id.in_(entry_ids)
    )
    teams: defaultdict[int, list[Member]] = defaultdict(list)
    for entry_id, gender, economy_code in db.session.execute(statement):
        teams[entry_id].append(Member(gender, economy_code))
    return teams
