"""Prizes: what can be won, who wins it, and taking one back before results are public or while they are corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.text import clean_text

from ..enums import AwardKind
from ..errors import ReasonMissing, ResultRefused
from ..models import Award, Competition, CompetitionCategory, Entry
from ..queries.awards import awards_of, last_decided_round, stood_in
from .awards_by_rule import departs, references_by_rule
from .corrections import require_changeable

MOST_AWARDS: Mapping[AwardKind, int] = {AwardKind.GRAND: 1, AwardKind.CATEGORY: 1, AwardKind.SPECIAL: 20}
"""How many prizes of a kind there are; category prizes are counted in each category."""


@dataclass(frozen=True)
class AwardSpec:
    """What a prize is called, and the category it belongs to, if any."""

    kind: AwardKind
    label: str
    category: CompetitionCategory | None = None


def add_award(competition: Competition, spec: AwardSpec, *, actor: Account, now: datetime) -> Award:
    """Put a prize on the list.

    Raises:
        ResultRefused: results are published, there are as many of the kind as there may be, or a category
            prize has no category.

    Flushes; the caller commits.
    """
    require_changeable(competition)
    if (spec.kind is AwardKind.CATEGORY) != (spec.category is not None):
        raise ResultRefused(_("A category prize needs its category, the others have none."), field="category")
    label = " ".join(clean_text(spec.label).split())
    if not label:
        raise ResultRefused(_("Give the prize a name."), field="label")
    category_id = spec.category.id if spec.category else None
    existing = awards_of(competition)
    same = [each for each in existing if (each.kind, each.category_id) == (spec.kind, category_id)]
    if len(same) >= MOST_AWARDS[spec.kind]:
        raise ResultRefused(_("There is no room for another %(kind)s.", kind=spec.kind.label.lower()), field="kind")
    award = Award(
        competition=competition,
        kind=spec.kind,
        category=spec.category,
        label=label[:120],
        position=max((each.position for each in existing), default=0) + 1,
    )
    db.session.add(award)
    db.session.flush()
    record("award added", award, actor=actor, now=now, scope=competition.scope, changes={"label": (None, award.label)})
    return award


def remove_award(award: Award, *, actor: Account, now: datetime) -> None:
    """Take a prize off the list.

    Raises:
        ResultRefused: it is given, or results are published.

    Flushes; the caller commits.
    """
    require_changeable(award.competition)
    if award.entry_id is not None:
        raise ResultRefused(_("%(label)s is given. Take it back first.", label=award.label))
    record(
        "award removed",
        award,
        actor=actor,
        now=now,
        scope=award.competition.scope,
        changes={"label": (award.label, None)},
    )
    db.session.delete(award)
    db.session.flush()


def give_award(
    award: Award, entry: Entry, *, citation: str, departure: str = "", actor: Account, now: datetime
) -> None:
    """Give a prize to an entry that stood in the last decided round.

    Args:
        departure: why it goes to another entry than its rule names; stands in the published file.

    Raises:
        ResultRefused: the prize is given already, the entry is not live or was not in that round, it does not
            stand in the prize's category, or results are published.
        ReasonMissing: it goes to another entry than its rule names, and nothing says why.

    Flushes; the caller commits.
    """
    require_changeable(award.competition)
    db.session.refresh(award, with_for_update={"of": Award})
    if award.entry_id is not None:
        raise ResultRefused(_("%(label)s is given already. Take it back first.", label=award.label))
    round_ = last_decided_round(award.competition)
    if round_ is None or not entry.state.is_live or not stood_in(round_, entry):
        raise ResultRefused(_("Choose an entry of the last decided round."), field="entry")
    if award.category_id is not None and award.category_id not in {each.category_id for each in entry.entry_categories}:
        raise ResultRefused(_("The entry does not stand in this category."), field="entry")
    departing = departs(award, entry, references_by_rule(award.competition))
    reason = clean_text(departure).strip() if departing else ""
    if departing and not reason:
        raise ReasonMissing(_("By its rule the prize goes to another entry. Say why not."), field="departure")
    award.entry, award.citation, award.departure = entry, clean_text(citation), reason
    award.given_at, award.given_by_id = now, actor.id
    changes = {"entry": (None, entry.reference)}
    record(
        "award given",
        award,
        actor=actor,
        now=now,
        scope=award.competition.scope,
        changes=changes,
        reason=reason or None,
    )
    db.session.flush()


def take_back_award(award: Award, *, reason: str, actor: Account, now: datetime) -> None:
    """Take a prize back from its entry.

    Raises:
        ReasonMissing: no reason is given.
        ResultRefused: the prize is not given, or results are published.

    Flushes; the caller commits.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say why the prize is taken back."), field="reason")
    require_changeable(award.competition)
    if award.entry is None:
        raise ResultRefused(_("%(label)s is not given.", label=award.label))
    changes = {"entry": (award.entry.reference, None)}
    award.entry, award.citation, award.departure, award.given_at, award.given_by_id = None, "", "", None, None
    record(
        "award taken back",
        award,
        actor=actor,
        now=now,
        scope=award.competition.scope,
        changes=changes,
        reason=reason.strip(),
    )
    db.session.flush()
