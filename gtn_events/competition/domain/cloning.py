"""Makes a new edition from an earlier competition."""

import secrets
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import select

from gtn_events.accounts.domain.roles import grant_role
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, RoleGrant
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.outbox import copy_wordings
from gtn_events.core.venue_time import day_at_venue, shift_local
from gtn_events.designs.copying import take_designs
from gtn_events.questionnaire.domain.versions import clone_questionnaire

from ..models import (
    Award,
    Competition,
    CompetitionCategory,
    Criterion,
    CriterionLevel,
    DeclarationText,
    LiveFinal,
    Round,
    Rubric,
)
from .competitions import CompetitionDetails, check_details
from .live_rule import take_live_rule

ROUND_TEXTS = (
    "number",
    "title",
    "kind",
    "judges_per_entry",
    "economy_policy",
    "at_most_of_economy",
    "method",
    "blind",
    "cut",
    "adds",
)
CRITERION_TEXTS = (
    "key",
    "position",
    "heading",
    "label",
    "question",
    "weight",
    "lowest",
    "highest",
    "comment_required_below",
    "comment_required_above",
)


@dataclass(frozen=True, kw_only=True)
class NewEdition:
    """What the new competition is called and on which day entries open; everything else comes from the earlier one."""

    title: str
    edition: str
    slug: str
    reference_prefix: str
    opens_on: date


def clone_competition(source: Competition, edition: NewEdition, *, actor: Account, now: datetime) -> Competition:
    """Return a draft like an earlier edition.

    It has the texts, categories, eligibility rules, entry form, newest declaration, rounds with their criteria, the
    rules of live finals (whose badges vote is chosen anew), the awards with nobody named, the own words in its
    mails, and how its certificates look. All moments move by as many days as the opening of entries does, and keep
    their time on the host's clock. No entry, no judge and no staff is taken over, but whoever organises the source
    organises the copy.

    Raises:
        CompetitionRefused: the address is taken or breaks the rule.

    Flushes; the caller commits.
    """
    days = (edition.opens_on - day_at_venue(source.entries_open_at, source.time_zone)).days
    details = _shifted(source, edition, days)
    check_details(details, competition=None)
    copy = Competition(
        created_at=now,
        cloned_from_id=source.id,
        eligibility=list(source.eligibility),
        **{field.name: getattr(details, field.name) for field in fields(details)},
    )
    copy.questionnaire = clone_questionnaire(
        source.questionnaire, title=f"{edition.title}: entry", actor=actor, now=now
    )
    copy.categories = [_category_like(category) for category in source.categories]
    if source.declaration_texts:
        copy.declaration_texts = [DeclarationText(number=1, text=source.declaration_texts[-1].text, created_at=now)]
    copy.rounds = [_round_like(each, days=days, time_zone=source.time_zone, now=now) for each in source.rounds]
    db.session.add(copy)
    db.session.flush()
    copy.questionnaire.scope_kind, copy.questionnaire.scope_id = copy.scope.kind, copy.scope.id
    _take_awards(source, copy)
    _take_live_rules(source, copy, actor=actor, now=now)
    copy_wordings(source.scope, copy.scope)
    take_designs(source.scope, copy.scope, actor=actor, now=now)
    changes = {"from": (None, source.title)}
    record("competition made from an earlier one", copy, actor=actor, now=now, scope=copy.scope, changes=changes)
    if _organises(actor, source):
        grant_role(actor, Role.ORGANISER, scope=copy.scope, actor=actor, now=now)
    db.session.flush()
    return copy


def _shifted(source: Competition, edition: NewEdition, days: int) -> CompetitionDetails:
    details = CompetitionDetails(**{field.name: getattr(source, field.name) for field in fields(CompetitionDetails)})
    zone, embargo, endorsed_by = source.time_zone, source.results_embargo_until, source.endorsement_closes_at
    return replace(
        details,
        title=edition.title,
        edition=edition.edition,
        slug=edition.slug,
        reference_prefix=edition.reference_prefix,
        entries_open_at=shift_local(source.entries_open_at, days=days, time_zone=zone),
        entries_close_at=shift_local(source.entries_close_at, days=days, time_zone=zone),
        endorsement_closes_at=shift_local(endorsed_by, days=days, time_zone=zone) if endorsed_by else None,
        results_embargo_until=shift_local(embargo, days=days, time_zone=zone) if embargo else None,
    )


def _category_like(category: CompetitionCategory) -> CompetitionCategory:
    return CompetitionCategory(
        key=category.key, label=category.label, description=category.description, position=category.position
    )


def _round_like(source: Round, *, days: int, time_zone: str, now: datetime) -> Round:
    # A lot that was drawn once is known: every round commits to a seed of its own.
    seed = secrets.token_hex(32)
    made = Round(
        opens_at=shift_local(source.opens_at, days=days, time_zone=time_zone),
        closes_at=shift_local(source.closes_at, days=days, time_zone=time_zone),
        lot_seed=seed,
        lot_commitment=sha256(seed.encode()).hexdigest(),
        created_at=now,
        **{name: getattr(source, name) for name in ROUND_TEXTS},
    )
    if source.rubric is not None:
        criteria = [_criterion_like(each) for each in source.rubric.criteria]
        made.rubrics = [Rubric(version=1, created_at=now, criteria=criteria)]
    return made


def _criterion_like(source: Criterion) -> Criterion:
    levels = [CriterionLevel(point=level.point, description=level.description) for level in source.levels]
    return Criterion(levels=levels, **{name: getattr(source, name) for name in CRITERION_TEXTS})


def _take_awards(source: Competition, copy: Competition) -> None:
    keys = {category.id: category.key for category in source.categories}
    categories = {category.key: category for category in copy.categories}
    for award in db.session.scalars(select(Award).where(Award.competition_id == source.id).order_by(Award.id)):
        category = categories[keys[award.category_id]] if award.category_id else None
        db.session.add(
            Award(competition=copy, category=category, kind=award.kind, label=award.label, position=award.position)
        )


def _take_live_rules(source: Competition, copy: Competition, *, actor: Account, now: datetime) -> None:
    rounds = {each.number: each for each in copy.rounds}
    statement = select(LiveFinal).join(Round, Round.id == LiveFinal.round_id).where(Round.competition_id == source.id)
    for final in db.session.scalars(statement.order_by(Round.number)):
        take_live_rule(final, rounds[final.round.number], actor=actor, now=now)


def _organises(account: Account, competition: Competition) -> bool:
    statement = select(RoleGrant.id).where(
        RoleGrant.account_id == account.id,
        RoleGrant.role == Role.ORGANISER,
        RoleGrant.scope_kind == competition.scope.kind,
        RoleGrant.scope_id == competition.scope.id,
        RoleGrant.ended_at.is_(None),
    )
    return db.session.scalar(statement) is not None
