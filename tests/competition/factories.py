"""Rows of a competition for tests, without randomness: each function makes one thing, flushed and committed."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select

from gtn_events.accounts.models import Account
from gtn_events.competition.enums import AssignmentState, CompetitionState, EntryState, JudgeState, RoundState
from gtn_events.competition.models import (
    Assignment,
    Competition,
    CompetitionCategory,
    Criterion,
    CriterionLevel,
    DeclarationText,
    Entry,
    EntryCategory,
    Judge,
    Round,
    RoundEntry,
    Rubric,
)
from gtn_events.core.db import db
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.domain.versions import create_questionnaire, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.models import AnswerSet

MADE_AT = datetime(2013, 4, 1, 8, 0, tzinfo=UTC)
LEVELS = ("No figure", "A claim", "An estimate with its method", "Measured in a pilot", "Measured at users")


def make_competition(slug: str = "sme-competition-2013", **values: Any) -> Competition:
    """A published competition in Jakarta that takes entries from April to 31 May 2013, with one category.

    Its entry form asks one plain question; ``values`` are columns of Competition.
    """
    title = values.get("title", "Innovative SMEs Competition 2013")
    questions = (QuestionSpec(QuestionKind.LONG_TEXT, "What it does", key="solution", required=True),)
    questionnaire = create_questionnaire(f"{title}: entry", questions=questions, actor=None, now=MADE_AT)
    publish_version(questionnaire.versions[0], actor=None, now=MADE_AT)
    defaults: dict[str, Any] = {
        "slug": slug,
        "title": title,
        "host_economy_code": "INA",
        "city": "Jakarta",
        "time_zone": "Asia/Jakarta",
        "entries_open_at": MADE_AT,
        "entries_close_at": datetime(2013, 5, 31, 16, 59, tzinfo=UTC),
        "state": CompetitionState.PUBLISHED,
        "contact_email": "organiser@gtn.example",
        "reference_prefix": "ISC13",
        "created_at": MADE_AT,
    }
    competition = Competition(**(defaults | values), questionnaire=questionnaire)
    competition.categories = [CompetitionCategory(key="energy", label="Clean energy")]
    competition.declaration_texts = [DeclarationText(number=1, text="What we say is true.", created_at=MADE_AT)]
    db.session.add(competition)
    db.session.flush()
    questionnaire.scope_kind, questionnaire.scope_id = competition.scope.kind, competition.scope.id
    db.session.commit()
    return competition


def make_entry(
    competition: Competition, account: Account, title: str = "Boards from rice husk", **values: Any
) -> Entry:
    """An admitted entry in the first category; ``values`` are columns of Entry."""
    number = (db.session.scalar(select(func.count()).select_from(Entry)) or 0) + 1
    version = competition.questionnaire.versions[-1]
    defaults: dict[str, Any] = {
        "competition": competition,
        "account": account,
        "reference": f"{competition.reference_prefix}-0000-{number:04d}",
        "state": EntryState.ADMITTED,
        "title": title,
        "summary": "A board pressed from rice husk.",
        "organisation_name": "Andes Cold Chain",
        "organisation_size": "10-49",
        "founded_in": 2009,
        "economy_code": account.economy_code,
        "languages": ["en"],
        "answer_set": AnswerSet(version=version, created_at=MADE_AT, updated_at=MADE_AT),
        "submitted_at": MADE_AT,
        "state_changed_at": MADE_AT,
    }
    entry = Entry(**(defaults | values))
    entry.entry_categories = [EntryCategory(category=competition.categories[0])]
    db.session.add(entry)
    db.session.commit()
    return entry


def make_round(
    competition: Competition, entries: Sequence[Entry] = (), *, weights: Mapping[str, int] | None = None, **values: Any
) -> Round:
    """A planned review round in June 2013 with its entries and a rubric; ``values`` are columns of Round.

    ``weights`` maps the criteria's keys to their weights, 60 for impact and 40 for market when not given; each
    criterion has a scale from 1 to 5 with every level described.
    """
    number = len(competition.rounds) + 1
    seed = f"seed {competition.slug} {number}"
    defaults: dict[str, Any] = {
        "competition": competition,
        "number": number,
        "title": "Review",
        "state": RoundState.PLANNED,
        "opens_at": datetime(2013, 6, 3, 1, 0, tzinfo=UTC),
        "closes_at": datetime(2013, 6, 28, 10, 0, tzinfo=UTC),
        "judges_per_entry": 2,
        "cut": {"top": 1, "threshold": None, "per_category": False, "at_most_per_economy": None, "reserve": 1},
        "lot_seed": seed,
        "lot_commitment": sha256(seed.encode()).hexdigest(),
        "created_at": MADE_AT,
    }
    made = Round(**(defaults | values))
    made.round_entries = [RoundEntry(entry=entry) for entry in entries]
    made.rubrics = [Rubric(version=1, created_at=MADE_AT, criteria=_criteria(weights or {"impact": 60, "market": 40}))]
    db.session.add(made)
    db.session.commit()
    return made


def make_judge(competition: Competition, account: Account, **values: Any) -> Judge:
    """A judge who has accepted; ``values`` are columns of Judge. The role is not granted."""
    number = (
        db.session.scalar(select(func.count()).select_from(Judge).where(Judge.competition_id == competition.id)) or 0
    ) + 1
    defaults: dict[str, Any] = {
        "competition": competition,
        "number": number,
        "account": account,
        "email": account.email,
        "email_key": account.email_key,
        "name": account.display_name,
        "economy_code": account.economy_code,
        "topics": ["energy"],
        "languages": ["en"],
        "state": JudgeState.ACCEPTED,
        "invited_at": MADE_AT,
        "answered_at": MADE_AT + timedelta(days=1),
    }
    judge = Judge(**(defaults | values))
    db.session.add(judge)
    db.session.commit()
    return judge


def make_assignment(
    round_: Round, entry: Entry, judge: Judge, state: AssignmentState = AssignmentState.RELEASED, **values: Any
) -> Assignment:
    """A seat on the panel of an entry; ``values`` are columns of Assignment."""
    assignment = Assignment(
        round=round_,
        entry=entry,
        judge=judge,
        state=state,
        **({"created_at": MADE_AT, "state_changed_at": MADE_AT} | values),
    )
    db.session.add(assignment)
    db.session.commit()
    return assignment


def _criteria(weights: Mapping[str, int]) -> list[Criterion]:
    return [
        Criterion(
            key=key,
            position=position,
            label=key.capitalize(),
            weight=Decimal(weight),
            levels=[CriterionLevel(point=point, description=text) for point, text in enumerate(LEVELS, start=1)],
        )
        for position, (key, weight) in enumerate(weights.items(), start=1)
    ]
