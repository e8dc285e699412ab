"""Opens a new competition as a draft."""

from dataclasses import fields
from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.questionnaire.domain.versions import create_questionnaire, publish_version

from ..defaults import CATEGORIES, ENTRY_STEPS, RULES, entry_questions
from ..models import Competition, CompetitionCategory, DeclarationText
from .competitions import CompetitionDetails, check_details


def open_competition(
    details: CompetitionDetails, *, declaration: str, actor: Account | None, now: datetime
) -> Competition:
    """Return a new competition, a draft, with the usual entry form, categories and rules of eligibility.

    Args:
        declaration: what entrants declare, its first version.

    Raises:
        CompetitionRefused: the details break a rule.

    Flushes; the caller commits.
    """
    check_details(details, competition=None)
    questionnaire = create_questionnaire(
        f"{details.title}: entry", questions=entry_questions(), steps=ENTRY_STEPS, actor=actor, now=now
    )
    publish_version(questionnaire.versions[0], actor=actor, now=now)
    competition = Competition(
        created_at=now,
        questionnaire=questionnaire,
        eligibility=[rule.to_json() for rule in RULES],
        categories=[
            CompetitionCategory(key=key, label=label, description=description, position=position)
            for position, (key, label, description) in enumerate(CATEGORIES, start=1)
        ],
        declaration_texts=[DeclarationText(number=1, text=declaration, created_at=now)],
        **{field.name: getattr(details, field.name) for field in fields(details)},
    )
    db.session.add(competition)
    db.session.flush()
    questionnaire.scope_kind, questionnaire.scope_id = competition.scope.kind, competition.scope.id
    record("competition opened as a draft", competition, actor=actor, now=now, scope=competition.scope)
    db.session.flush()
    return competition
