"""Making a competition's rounds, and on request its call and awards, from a ready rule set."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import exists, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.questionnaire.domain.drafts import add_question
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.domain.versions import draft_version_of

from ..errors import RoundRefused
from ..models import Award, Competition, Entry, Round
from .rounds import Adds, RoundDetails, add_round
from .rubrics import save_rubric
from .templates_of_rounds import RoundTemplate, RuleSet

BETWEEN_ROUNDS = timedelta(days=7)


def add_rounds_of(
    competition: Competition, rule_set: RuleSet, *, opens_at: datetime, actor: Account, now: datetime
) -> list[Round]:
    """Add the rounds of a rule set with their criteria, one after the other with a week between.

    Args:
        opens_at: when the first of them opens; all dates can be changed afterwards.

    Flushes; the caller commits.
    """
    added: list[Round] = []
    for template in rule_set.rounds:
        closes_at = opens_at + timedelta(days=template.days)
        earlier = added[-template.adds.back].number if template.adds else 0
        details = _details(template, earlier, opens_at=opens_at, closes_at=closes_at)
        round_ = add_round(competition, details, actor=actor, now=now)
        save_rubric(round_, template.criteria, actor=actor, now=now)
        added.append(round_)
        opens_at = closes_at + BETWEEN_ROUNDS
    return added


def take_call_over(competition: Competition, rule_set: RuleSet, *, actor: Account, now: datetime) -> None:
    """Set who brings entries and the limits of economies, ask for the rule set's files, and add its awards.

    Files come into the draft of the entry form, which the organiser publishes; awards only when there are none.

    Raises:
        RoundRefused: somebody has entered already, so the rules of the call stay.

    Flushes; the caller commits.
    """
    if db.session.scalar(select(exists().where(Entry.competition_id == competition.id))):
        raise RoundRefused("Entries were sent already. The rules of the call stay as entrants know them.")
    call = rule_set.call
    changes = {
        name: (str(getattr(competition, name)), str(getattr(call, name)))
        for name in ("entry_path", "economy_limit", "host_limit")
        if getattr(competition, name) != getattr(call, name)
    }
    competition.entry_path, competition.economy_limit = call.entry_path, call.economy_limit
    competition.host_limit = call.host_limit
    for spec in call.questions:
        _ask(competition, spec, actor=actor, now=now)
    _add_awards(competition, rule_set)
    db.session.flush()
    changes["rules"] = ("", rule_set.label)
    record("rules of the call taken over", competition, actor=actor, now=now, scope=competition.scope, changes=changes)


def _details(template: RoundTemplate, earlier: int, *, opens_at: datetime, closes_at: datetime) -> RoundDetails:
    sheet = template.adds
    return RoundDetails(
        title=template.title,
        kind=template.kind,
        opens_at=opens_at,
        closes_at=closes_at,
        judges_per_entry=template.judges_per_entry,
        economy_policy=template.economy_policy,
        at_most_of_economy=template.at_most_of_economy,
        method=template.method,
        cut=template.cut,
        adds=Adds(round=earlier, points=sheet.points, own=sheet.own) if sheet else None,
    )


def _ask(competition: Competition, spec: QuestionSpec, *, actor: Account, now: datetime) -> None:
    draft = draft_version_of(competition.questionnaire, actor=actor, now=now)
    if any(question.label == spec.label for question in draft.questions):
        return
    last_step = draft.steps[-1]["key"] if draft.steps else spec.step
    add_question(draft, replace(spec, step=last_step), actor=actor, now=now)


def _add_awards(competition: Competition, rule_set: RuleSet) -> None:
    if db.session.scalar(select(exists().where(Award.competition_id == competition.id))):
        return
    db.session.add_all(
        Award(competition=competition, kind=kind, label=label, position=position)
        for position, (kind, label) in enumerate(rule_set.awards, start=1)
    )
