"""What a new edition takes over around the programme: sponsors, how it is printed, and calls for sessions."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.uploads import copy_upload
from gtn_events.core.venue_time import shift_local
from gtn_events.questionnaire.domain.versions import clone_questionnaire

from ..models import Forum, PrintOptions, SessionCall, SessionCriterion, Sponsor
from ..session_call_enums import SessionCallState

_PRINTED = ("theme", "paper", "parts", "languages", "notes_pages", "poster_paper", "sign_paper")


def take_around_programme(source: Forum, forum: Forum, *, days: int, actor: Account, now: datetime) -> None:
    """Give a new forum the sponsors of an earlier one, what was chosen for print, and its calls as drafts. Flushes."""
    _take_sponsors(source, forum, now=now)
    _take_print_options(source, forum)
    _take_calls(source, forum, days=days, actor=actor, now=now)


def _take_sponsors(source: Forum, forum: Forum, *, now: datetime) -> None:
    """Copy the sponsors, each with a logo of its own: taking one away leaves the other forum's as it is."""
    sponsors = select(Sponsor).where(Sponsor.forum_id == source.id).options(joinedload(Sponsor.logo))
    for each in db.session.scalars(sponsors.order_by(Sponsor.position, Sponsor.id)).all():
        logo = copy_upload(each.logo, now=now) if each.logo is not None else None
        copy = Sponsor(forum_id=forum.id, name=each.name, level=each.level, link=each.link, position=each.position)
        copy.logo_upload_id = logo.id if logo is not None else None
        db.session.add(copy)
    db.session.flush()


def _take_print_options(source: Forum, forum: Forum) -> None:
    kept = db.session.get(PrintOptions, source.id)
    if kept is not None:
        db.session.add(PrintOptions(forum_id=forum.id, **{name: getattr(kept, name) for name in _PRINTED}))
        db.session.flush()


def _take_calls(source: Forum, forum: Forum, *, days: int, actor: Account, now: datetime) -> None:
    """Copy what each call says, as a draft with its window moved; proposals and the committee stay behind."""
    calls = select(SessionCall).where(SessionCall.forum_id == source.id).order_by(SessionCall.id)
    whole = calls.options(selectinload(SessionCall.criteria), joinedload(SessionCall.questionnaire))
    for each in db.session.scalars(whole).all():
        copy = SessionCall(
            forum=forum,
            state=SessionCallState.DRAFT,
            title=each.title,
            text=each.text,
            opens_at=shift_local(each.opens_at, days=days, time_zone=source.time_zone),
            closes_at=shift_local(each.closes_at, days=days, time_zone=source.time_zone),
            types=list(each.types),
            most_each=each.most_each,
            created_at=now,
        )
        copy.criteria = [
            SessionCriterion(name=criterion.name, position=criterion.position) for criterion in each.criteria
        ]
        if each.questionnaire is not None:
            title = each.questionnaire.title
            copy.questionnaire = clone_questionnaire(
                each.questionnaire, title=title, scope=forum.scope, actor=actor, now=now
            )
        db.session.add(copy)
    db.session.flush()
