"""Which entry each prize goes to by its rule, and prizes that go to another one without a reason."""

from collections.abc import Mapping

from ..models import Award, Competition, Entry
from ..queries.awards import awards_of, last_decided_round
from ..queries.decisions import candidates_of
from ..queries.ranking import latest_version
from ..results.award_rule import Prize, winners_by_rule
from ..results.cut import Candidate


def prize_of(award: Award) -> Prize:
    """Return a prize as its rule sees it."""
    return Prize(award.kind, award.category.key if award.category else "")


def references_by_rule(competition: Competition) -> Mapping[int, str | None]:
    """Return the reference of the entry that each prize goes to by its rule, by the prize's id; None without one."""
    awards, round_ = awards_of(competition), last_decided_round(competition)
    version = latest_version(round_) if round_ else None
    rows = candidates_of(version) if version else []
    ranking = [Candidate(row.reference, row.total, row.economy, row.categories) for row in rows]
    found = winners_by_rule([prize_of(each) for each in awards], ranking)
    return {award.id: reference for award, reference in zip(awards, found, strict=True)}


def unexplained(competition: Competition) -> list[Award]:
    """Return the prizes that went to another entry than their rule names by now, without a reason."""
    by_rule = references_by_rule(competition)
    given = [(each, each.entry) for each in awards_of(competition) if each.entry is not None]
    return [award for award, entry in given if not award.departure and departs(award, entry, by_rule)]


def departs(award: Award, entry: Entry, by_rule: Mapping[int, str | None]) -> bool:
    """Say whether an entry is another one than the prize's rule names; never for a prize that has none."""
    return prize_of(award).has_rule and by_rule.get(award.id) != entry.reference
