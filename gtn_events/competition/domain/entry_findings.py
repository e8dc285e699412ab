"""What the rules of eligibility say about entries, read for a whole page of them at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.text import fold
from gtn_events.eligibility.domain.keeping import rules_of
from gtn_events.eligibility.domain.rules import Facts, Finding, Member, check_eligibility
from gtn_events.eligibility.domain.setting import economy_names
from gtn_events.questionnaire.queries.answers import answers_of

from ..enums import Endorsement
from ..models import Award, Competition, Entry, EntryMember
from ..queries.competitions import earlier_editions
from .endorsement_finding import finding_of_endorsement


class Judgeable(Protocol):
    """What of an entry, or of a line of a list, the rules need."""

    @property
    def id(self) -> int: ...
    @property
    def account_id(self) -> int: ...
    @property
    def organisation_name(self) -> str: ...
    @property
    def organisation_size(self) -> str: ...
    @property
    def founded_in(self) -> int | None: ...
    @property
    def economy_code(self) -> str: ...
    @property
    def answer_set_id(self) -> int: ...
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
    names, winners = economy_names(), past_winners(competition)
    answers = answers_of([entry.answer_set_id for entry in entries])
    teams = _teams([entry.id for entry in entries])
    return {
        entry.id: check_eligibility(
            rules,
            Facts(
                economy_code=entry.economy_code,
                economy_name=names.get(entry.economy_code, entry.economy_code),
                organisation_size=entry.organisation_size,
                founded_in=entry.founded_in,
                year=close_year(competition),
                won_before=winners.includes(entry.account_id, entry.organisation_name),
                team=teams[entry.id],
                answers=answers[entry.answer_set_id],
            ),
        )
        + ([finding_of_endorsement(entry.endorsement, names[entry.economy_code])] if asked else [])
        for entry in entries
    }


def findings_of(entry: Entry) -> list[Finding]:
    """Return what the rules say about one entry."""
    return findings_of_many(entry.competition, [entry])[entry.id]


def unmet(findings: Iterable[Finding], override: Mapping[str, Any]) -> list[Finding]:  # Any: see Entry
    """Return the rules that are broken and that nobody let pass."""
    return [finding for finding in findings if not finding.passed and finding.rule not in override]


def _teams(entry_ids: Collection[int]) -> Mapping[int, list[Member]]:
    statement = select(EntryMember.entry_id, EntryMember.gender, EntryMember.economy_code).where(
        EntryMember.entry_id.in_(entry_ids)
    )
    teams: defaultdict[int, list[Member]] = defaultdict(list)
    for entry_id, gender, economy_code in db.session.execute(statement):
        teams[entry_id].append(Member(gender, economy_code))
    return teams
