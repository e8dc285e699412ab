"""Opens a call as a draft, from nothing or from last year's."""

import secrets
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from gtn_events.accounts.domain.roles import grant_role
from gtn_events.accounts.domain.staff import is_organiser
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.outbox import copy_wordings
from gtn_events.core.venue_time import day_at_venue, shift_local
from gtn_events.designs.copying import take_designs
from gtn_events.questionnaire.domain.versions import clone_questionnaire, create_questionnaire, publish_version
from gtn_events.questionnaire.models import Questionnaire

from ..defaults import APPLICATION_STEPS, CRITERIA, RULES, application_questions
from ..matching import commitment
from ..models import Call, CallCriterion
from .calls import CallDetails, check_details

MOMENTS = ("opens_at", "closes_at", "ranking_until")
DAYS = ("match_on", "placements_from", "placements_until")


@dataclass(frozen=True, kw_only=True)
class NextCall:
    """What the new call is named and on which day it opens; everything else comes from the earlier one."""

    title: str
    slug: str
    reference_prefix: str
    opens_on: date


def open_call(details: CallDetails, *, actor: Account | None, now: datetime) -> Call:
    """Return a new call, a draft, with the usual application form, criteria and rules of eligibility.

    Raises:
        CallRefused: the details break a rule.

    Flushes; the caller commits.
    """
    check_details(details, call=None)
    questionnaire = create_questionnaire(
        f"{details.title}: application",
        questions=application_questions(),
        steps=APPLICATION_STEPS,
        actor=actor,
        now=now,
    )
    publish_version(questionnaire.versions[0], actor=actor, now=now)
    call = _draft(details, questionnaire, now=now)
    call.eligibility = [rule.to_json() for rule in RULES]
    call.criteria = [
        CallCriterion(key=key, position=position, label=label, question=question, weight=weight, levels=list(levels))
        for position, (key, label, question, weight, levels) in enumerate(CRITERIA, start=1)
    ]
    _keep(call)
    record("call opened as a draft", call, actor=actor, now=now, scope=call.scope)
    db.session.flush()
    return call


def clone_call(source: Call, following: NextCall, *, actor: Account, now: datetime) -> Call:
    """Return a draft like an earlier call.

    It has the texts, sectors, rules, criteria, words of mails, how its certificates look and the application form. All
    dates move by as many days as the opening does, and moments keep their time on the call's clock. The lottery
    is another one. No application, no place of a host and no staff is taken over, but whoever
    organises the source organises the copy.

    Raises:
        CallRefused: the address is taken or breaks the rule.

    Flushes; the caller commits.
    """
    details = _shifted(source, following)
    check_details(details, call=None)
    form = clone_questionnaire(source.questionnaire, title=f"{following.title}: application", actor=actor, now=now)
    call = _draft(details, form, now=now)
    call.cloned_from_id = source.id
    call.eligibility = list(source.eligibility)
    call.criteria = [_criterion_like(each) for each in source.criteria]
    _keep(call)
    copy_wordings(source.scope, call.scope)
    take_designs(source.scope, call.scope, actor=actor, now=now)
    changes = {"from": (None, source.title)}
    record("call made from an earlier one", call, actor=actor, now=now, scope=call.scope, changes=changes)
    if is_organiser(source.scope, actor):
        grant_role(actor, Role.ORGANISER, scope=call.scope, actor=actor, now=now)
    db.session.flush()
    return call


def _draft(details: CallDetails, questionnaire: Questionnaire, *, now: datetime) -> Call:
    # A seed that was told once is known: every call commits to one of its own.
    seed = secrets.token_hex(32)
    return Call(
        created_at=now,
        questionnaire=questionnaire,
        lottery_seed=seed,
        lottery_commitment=commitment(seed),
        **{field.name: getattr(details, field.name) for field in fields(details)},
    )


def _keep(call: Call) -> None:
    db.session.add(call)
    db.session.flush()
    call.questionnaire.scope_kind, call.questionnaire.scope_id = call.scope.kind, call.scope.id


def _shifted(source: Call, following: NextCall) -> CallDetails:
    zone = source.time_zone
    days = (following.opens_on - day_at_venue(source.opens_at, zone)).days
    # Any: a value of any column
    values: dict[str, Any] = {field.name: getattr(source, field.name) for field in fields(CallDetails)}
    values |= {name: shift_local(values[name], days=days, time_zone=zone) for name in MOMENTS}
    values |= {name: values[name] + timedelta(days=days) for name in DAYS}
    values |= {"title": following.title, "slug": following.slug, "reference_prefix": following.reference_prefix}
    return CallDetails(**values)


def _criterion_like(source: CallCriterion) -> CallCriterion:
    return CallCriterion(
        key=source.key,
        position=source.position,
        label=source.label,
        question=source.question,
        weight=source.weight,
        levels=list(source.levels),
    )
