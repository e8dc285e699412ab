"""An application that begins with something the firm has sent elsewhere: the receiver of ``core.handover``."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.handover import Opening, Origin
from gtn_events.questionnaire.domain.step_drafts import with_step

from .domain.application_drafts import begin_draft
from .domain.application_submission import MOST_PEOPLE
from .enums import CallState
from .errors import ApplicationRefused
from .models import Application, Call
from .queries.applicant import LIVE, draft_of


class FromEntry:
    """Begins applications from entries of a competition."""

    def openings(self, *, actor: Account, now: datetime) -> Sequence[Opening]:
        """Return the open calls in which this person has no application that stands."""
        sent = select(Application.call_id).where(Application.account_id == actor.id, Application.state.in_(LIVE))
        statement = (
            select(Call.slug, Call.title)
            .where(Call.state == CallState.PUBLISHED, Call.opens_at <= now, Call.closes_at > now, Call.id.not_in(sent))
            .order_by(Call.closes_at, Call.id)
        )
        return [Opening(slug, title) for slug, title in db.session.execute(statement)]

    def begin(self, opening: str, origin: Origin, *, actor: Account, now: datetime) -> str:
        """Make a draft that holds what the entry says, or lead to the draft there is; the entry stays as it is.

        Raises:
            ApplicationRefused: there is no such call, or an application of the person stands in it.
            ApplicationsClosed: the call takes nothing now.

        Flushes; the caller commits.
        """
        call = db.session.scalar(select(Call).where(Call.slug == opening, Call.state == CallState.PUBLISHED))
        if call is None:
            raise ApplicationRefused("This call is not there any more.")
        existing = db.session.scalar(draft_of(call_id=call.id, account_id=actor.id))
        begin_draft(call, actor=actor, now=now, data=_data_of(origin), from_entry=origin.reference)
        # What was typed before is worth more than what can be taken over again.
        if existing is not None:
            return url_for("incubation_apply.start", call=call.slug)
        return url_for("incubation_apply.step", call=call.slug, step="firm")


def _data_of(origin: Origin) -> dict[str, Any]:
    people: dict[str, list[str]] = {}
    for index, (name, role) in enumerate(origin.people[:MOST_PEOPLE]):
        people |= {f"people-{index}-name": [name], f"people-{index}-role": [role]}
    steps: dict[str, dict[str, list[str]]] = {
        "firm": {
            "organisation_name": [origin.organisation_name],
            "economy": [origin.economy_code],
            "size": [origin.organisation_size],
            "founded_in": [str(origin.founded_in or "")],
            "website": [origin.website],
        },
        "project": {"title": [origin.title], "summary": [origin.summary]},
        "people": people,
    }
    data: dict[str, Any] = {}
    for step, typed in steps.items():
        data = with_step(data, step, typed=typed, answers={}, uploads={}) if typed else data
    return data
