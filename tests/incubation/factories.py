"""Rows of co-incubation for tests, without randomness: each function makes one thing, flushed and committed."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.incubation.enums import ApplicationState, CallState, HostState
from gtn_events.incubation.matching import commitment
from gtn_events.incubation.models import Application, Call, CallCriterion, Host, Intake, Wish
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.domain.versions import create_questionnaire, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.models import AnswerSet

MADE_AT = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
LEVELS = ["No plan", "A wish", "A plan", "A plan with partners", "Agreed with partners"]


def make_call(slug: str = "co-incubation-2027", **values: Any) -> Call:
    """A published call that takes applications from February to 28 May 2027; ``values`` are columns of Call."""
    title = values.get("title", "Co-incubation 2027")
    questions = (QuestionSpec(QuestionKind.LONG_TEXT, "What have you tried so far?", key="tried"),)
    questionnaire = create_questionnaire(f"{title}: application", questions=questions, actor=None, now=MADE_AT)
    publish_version(questionnaire.versions[0], actor=None, now=MADE_AT)
    defaults: dict[str, Any] = {
        "slug": slug,
        "title": title,
        "time_zone": "Asia/Ho_Chi_Minh",
        "opens_at": datetime(2027, 2, 1, 2, 0, tzinfo=UTC),
        "closes_at": datetime(2027, 5, 28, 16, 59, tzinfo=UTC),
        "ranking_until": datetime(2027, 6, 11, 16, 59, tzinfo=UTC),
        "match_on": date(2027, 6, 14),
        "placements_from": date(2027, 8, 1),
        "placements_until": date(2028, 1, 31),
        "sectors": [{"key": "food", "label": "Food chains"}, {"key": "energy", "label": "Clean energy"}],
        "lottery_seed": f"seed of {slug}",
        "lottery_commitment": commitment(f"seed of {slug}"),
        "state": CallState.PUBLISHED,
        "contact_email": "organiser@gtn.example",
        "reference_prefix": "COI27",
        "created_at": MADE_AT,
    }
    call = Call(**(defaults | values), questionnaire=questionnaire)
    call.criteria = [
        CallCriterion(key=key, position=position, label=label, weight=Decimal(weight), levels=LEVELS)
        for position, (key, label, weight) in enumerate((("fit", "Fit", 60), ("plan", "Plan", 40)), start=1)
    ]
    db.session.add(call)
    db.session.flush()
    questionnaire.scope_kind, questionnaire.scope_id = call.scope.kind, call.scope.id
    db.session.commit()
    return call


def make_host(name: str = "Korat Green Incubator", economy_code: str = "THA", **values: Any) -> Host:
    """A host in the catalogue, verified until the end of 2027; ``values`` are columns of Host."""
    defaults: dict[str, Any] = {
        "slug": name.lower().replace(" ", "-"),
        "name": name,
        "economy_code": economy_code,
        "city": "Korat",
        "time_zone": "Asia/Bangkok",
        "sectors": ["Food chains"],
        "languages": ["en"],
        "services": [{"code": "desk", "terms": "free", "fee": ""}],
        "summary": "Food chains and rural cooling.",
        "state": HostState.LISTED,
        "verified_at": MADE_AT,
        "verified_until": date(2027, 12, 31),
        "created_at": MADE_AT,
    }
    host = Host(**(defaults | values))
    db.session.add(host)
    db.session.commit()
    return host


def complete_host(host: Host) -> Host:
    """Give a host everything without which it can be neither verified nor listed."""
    host.summary = host.summary or "Food chains and rural cooling."
    host.sectors = host.sectors or ["Food chains"]
    host.languages = host.languages or ["en"]
    host.services = host.services or [{"code": "desk", "terms": "free", "fee": ""}]
    host.programme = "Twelve weeks with a mentor."
    host.costs = "Desks are free; a room in town costs some 200 USD a month."
    host.facilities = "A cold room and a workshop."
    host.accessibility = "No steps; a lift to every floor."
    host.contact_email = "office@host.example"
    db.session.commit()
    return host


def make_intake(call: Call, host: Host, places: int = 1, **values: Any) -> Intake:
    """Places of a host in a call, from August to December 2027; ``values`` are columns of Intake."""
    defaults: dict[str, Any] = {
        "stay_from": date(2027, 8, 1),
        "stay_until": date(2027, 12, 20),
        "offered_at": MADE_AT,
    }
    intake = Intake(call=call, host=host, places=places, **(defaults | values))
    db.session.add(intake)
    db.session.commit()
    return intake


def make_application(
    call: Call, account: Account, wishes: Sequence[Intake] = (), title: str = "Cold rooms without a grid", **values: Any
) -> Application:
    """An admitted application with its wishes in order; ``values`` are columns of Application."""
    number = (db.session.scalar(select(func.count()).select_from(Application)) or 0) + 1
    version = call.questionnaire.versions[-1]
    defaults: dict[str, Any] = {
        "reference": f"{call.reference_prefix}-0000-{number:04d}",
        "state": ApplicationState.ADMITTED,
        "organisation_name": "Andes Cold Chain",
        "organisation_size": "10-49",
        "founded_in": 2019,
        "economy_code": account.economy_code,
        "sector": "food",
        "languages": ["en"],
        "title": title,
        "trl": 7,
        "preferred_from": date(2027, 9, 6),
        "weeks": 13,
        "answer_set": AnswerSet(version=version, created_at=MADE_AT, updated_at=MADE_AT),
        "submitted_at": MADE_AT,
        "state_changed_at": MADE_AT,
    }
    application = Application(call=call, account=account, **(defaults | values))
    application.wishes = [Wish(intake=intake, position=position) for position, intake in enumerate(wishes, start=1)]
    db.session.add(application)
    db.session.commit()
    return application
