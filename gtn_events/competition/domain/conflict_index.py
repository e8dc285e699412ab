"""What ties a judge to entries, looked up: economy, organisation, domain, endorsement, the entrant's word."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, CompoundSelect, select

from gtn_events.accounts.domain.ties import domain_of, folded
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.questionnaire.models import Answer

from ..enums import ConflictSource, Endorsement, EntryState
from ..models import Competition, Entry, EntryMember, Judge, Nomination

# The question in which an entrant names ties to the jury.
TIES_KEY = "tied_how"


@dataclass(frozen=True, kw_only=True)
class Person:
    """What is known of somebody who judges or might."""

    name: str
    email_key: str
    economy_code: str | None = None
    organisation_name: str = ""


@dataclass(frozen=True, kw_only=True)
class EntryFacts:
    """What of an entry can tie a judge to it; its partners' and members' facts are among them.

    ``endorsers`` are the addresses, as keys, of whoever decided for its economy or nominated it.
    """

    id: int
    economies: set[str] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)
    domains: set[str] = field(default_factory=set)
    endorsers: set[str] = field(default_factory=set)
    ties: str = ""


@dataclass(frozen=True)
class Tie:
    """One reason why a person must not judge an entry; ``detail`` is the word that both share."""

    entry_id: int
    source: ConflictSource
    detail: str


class ConflictIndex:
    """The entries of a competition by economy, organisation and domain, so that a person is looked up."""

    def __init__(self, entries: Iterable[EntryFacts]) -> None:
        self._economies: dict[str, list[int]] = defaultdict(list)
        self._organisations: dict[str, list[int]] = defaultdict(list)
        self._domains: dict[str, list[int]] = defaultdict(list)
        self._endorsers: dict[str, list[int]] = defaultdict(list)
        self._ties: list[tuple[int, str]] = []
        for entry in entries:
            for index, words in (
                (self._economies, entry.economies),
                (self._organisations, entry.organisations),
                (self._domains, entry.domains),
                (self._endorsers, entry.endorsers),
            ):
                for word in words:
                    index[word].append(entry.id)
            if entry.ties:
                self._ties.append((entry.id, entry.ties))

    def ties_of(self, person: Person, *, own_economy: bool = True) -> Iterator[Tie]:
        """Yield what ties a person to entries; ``own_economy`` False leaves the economy out."""
        domain = domain_of(person.email_key)
        looked_up = [
            (
                ConflictSource.ORGANISATION,
                self._organisations,
                folded(person.organisation_name),
                person.organisation_name,
            ),
            (ConflictSource.DOMAIN, self._domains, domain, domain),
            (ConflictSource.ENDORSER, self._endorsers, person.email_key, ""),
        ]
        if own_economy and person.economy_code:
            looked_up.append((ConflictSource.ECONOMY, self._economies, person.economy_code, person.economy_code))
        for source, index, word, detail in looked_up:
            for entry_id in index.get(word, ()) if word else ():
                yield Tie(entry_id, source, detail)
        yield from self._named(person)

    def _named(self, person: Person) -> Iterator[Tie]:
        name = folded(person.name)
        for entry_id, ties in self._ties:
            if (name and f" {name} " in f" {ties} ") or f" {folded(person.email_key)} " in f" {ties} ":
                yield Tie(entry_id, ConflictSource.ENTRANT, person.name)


def entry_facts(competition: Competition) -> list[EntryFacts]:
    """Return the facts of all admitted entries, in a few queries however many there are."""
    admitted = (Entry.competition_id == competition.id, Entry.state == EntryState.ADMITTED)
    statement = (
        select(Entry.id, Entry.economy_code, Entry.organisation_name, Account.email_key)
        .join(Account, Account.id == Entry.account_id)
        .where(*admitted)
        .order_by(Entry.id)
    )
    found: dict[int, EntryFacts] = {}
    for entry_id, economy, organisation, email in db.session.execute(statement):
        found[entry_id] = EntryFacts(id=entry_id)
        _note(found[entry_id], economy, organisation, email)
    members = (
        select(EntryMember.entry_id, EntryMember.economy_code, EntryMember.organisation_name, EntryMember.email)
        .join(Entry, Entry.id == EntryMember.entry_id)
        .where(*admitted)
    )
    for entry_id, own_economy, own_organisation, own_email in db.session.execute(members):
        _note(found[entry_id], own_economy, own_organisation, own_email)
    for entry_id, endorser in db.session.execute(_endorsers(admitted)):
        found[entry_id].endorsers.add(endorser)
    return _with_ties(competition, found)


def people_of(judges: Iterable[Judge]) -> dict[int, Person]:
    """Return what is known of judges, by their ids."""
    return {
        judge.id: Person(
            name=judge.name,
            email_key=judge.email_key,
            economy_code=judge.economy_code,
            organisation_name=judge.organisation_name,
        )
        for judge in judges
    }


def _note(facts: EntryFacts, economy: str | None, organisation: str, email: str) -> None:
    if economy:
        facts.economies.add(economy)
    if organisation and (name := folded(organisation)):
        facts.organisations.add(name)
    if "@" in email and (domain := domain_of(email)):
        facts.domains.add(domain)


def _endorsers(admitted: tuple[ColumnElement[bool], ...]) -> CompoundSelect[*tuple[int, str]]:
    """Select (entry, address) of whoever decided for its economy, and of whoever nominated it."""
    decided = (
        select(Entry.id, Account.email_key)
        .join(Account, Account.id == Entry.endorsement_by_id)
        .where(*admitted, Entry.endorsement != Endorsement.WAITING)
    )
    nominated = (
        select(Entry.id, Account.email_key)
        .join(Nomination, Nomination.entry_id == Entry.id)
        .join(Account, Account.id == Nomination.nominated_by_id)
        .where(*admitted)
    )
    return decided.union(nominated)


def _with_ties(competition: Competition, found: dict[int, EntryFacts]) -> list[EntryFacts]:
    statement = (
        select(Entry.id, Answer.value)
        .join(Answer, Answer.answer_set_id == Entry.answer_set_id)
        .where(Entry.competition_id == competition.id, Entry.state == EntryState.ADMITTED, Answer.key == TIES_KEY)
    )
    named = {entry_id: folded(str(value)) for entry_id, value in db.session.execute(statement)}
    return [
        EntryFacts(
            id=each.id,
            economies=each.economies,
            organisations=each.organisations,
            domains=each.domains,
            endorsers=each.endorsers,
            ties=named.get(each.id, ""),
        )
        for each in found.values()
    ]
