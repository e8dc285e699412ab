"""Makes a new edition from an earlier forum."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select

from gtn_events.accounts.domain.roles import grant_role
from gtn_events.accounts.domain.staff import is_organiser
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.outbox import copy_wordings
from gtn_events.core.seats import SeatPool
from gtn_events.core.venue_time import shift_local
from gtn_events.designs.copying import take_designs
from gtn_events.questionnaire.domain.versions import clone_questionnaire

from ..models import ConsentText, Forum, ForumCategory, SideEvent
from .cloned_programme import take_around_programme
from .cloned_settings import take_settings
from .forums import ForumDetails, check_details, refuse_other_years
from .kept_places import allotments_by_holder, arrange


@dataclass(frozen=True, kw_only=True)
class NewEdition:
    """What the new forum is called and when it starts; everything else comes from the earlier one."""

    title: str
    edition: str
    slug: str
    reference_prefix: str
    starts_on: date


def clone_forum(source: Forum, edition: NewEdition, *, with_side_events: bool, actor: Account, now: datetime) -> Forum:
    """Return a draft like an earlier forum: texts, categories with their capacities, questions, newest consent text.

    Own words in mails and badges, how documents look, the window of proposals, checkpoints with their
    rules, who counts as having attended, and what packages above have set come along; so do sponsors with their
    logos, what was chosen for print, and calls for sessions as drafts, without their proposals and committees.

    All dates move by as many days as the first day does, and keep their time on the
    venue's clock. No registration, no staff and no programme is taken over; but an
    organiser of the earlier forum who makes the new one is its organiser. Side events
    come hidden, with their own questions and all their places free.

    Raises:
        ForumRefused: the address is taken or breaks the rule, or the year cannot be meant.

    Flushes; the caller commits.
    """
    refuse_other_years(edition.starts_on, field="starts_on")
    days = (edition.starts_on - source.starts_on).days
    details = _shifted(source, edition, days)
    check_details(details, forum=None)
    forum = Forum(created_at=now, **{field.name: getattr(details, field.name) for field in fields(details)})
    forum.questionnaire = clone_questionnaire(
        source.questionnaire, title=f"{edition.title}: registration", actor=actor, now=now
    )
    if source.pool is not None:
        forum.pool = _empty_pool(source.pool, label=f"{edition.title}, all categories", now=now)
    forum.categories = [_category_like(category, now=now) for category in source.categories]
    if source.consent_texts:
        forum.consent_texts = [ConsentText(number=1, text=source.consent_texts[-1].text, created_at=now)]
    db.session.add(forum)
    db.session.flush()
    forum.questionnaire.scope_kind, forum.questionnaire.scope_id = forum.scope.kind, forum.scope.id
    copy_wordings(source.scope, forum.scope)
    take_designs(source.scope, forum.scope, actor=actor, now=now)
    if is_organiser(source.scope, actor):
        grant_role(actor, Role.ORGANISER, scope=forum.scope, actor=actor, now=now)
    _take_allotments(source, forum, days=days, now=now)
    side_events = _take_side_events(source, forum, days=days, actor=actor, now=now) if with_side_events else {}
    take_settings(source, forum, side_events, days=days)
    take_around_programme(source, forum, days=days, actor=actor, now=now)
    changes = {"from": (None, source.title)}
    record("forum made from an earlier one", forum, actor=actor, now=now, scope=forum.scope, changes=changes)
    db.session.flush()
    return forum


def _shifted(source: Forum, edition: NewEdition, days: int) -> ForumDetails:
    step, zone = timedelta(days=days), source.time_zone
    details = ForumDetails(**{field.name: getattr(source, field.name) for field in fields(ForumDetails)})
    changes_close_at = source.changes_close_at
    purge_on = source.purge_sensitive_on
    return replace(
        details,
        title=edition.title,
        edition=edition.edition,
        slug=edition.slug,
        reference_prefix=edition.reference_prefix,
        starts_on=source.starts_on + step,
        ends_on=source.ends_on + step,
        registration_opens_at=shift_local(source.registration_opens_at, days=days, time_zone=zone),
        registration_closes_at=shift_local(source.registration_closes_at, days=days, time_zone=zone),
        changes_close_at=shift_local(changes_close_at, days=days, time_zone=zone) if changes_close_at else None,
        purge_sensitive_on=purge_on + step if purge_on else None,
    )


def _empty_pool(pool: SeatPool, *, label: str, now: datetime) -> SeatPool:
    return SeatPool(label=label, capacity=pool.capacity, taken=0, created_at=now)


def _category_like(category: ForumCategory, *, now: datetime) -> ForumCategory:
    return ForumCategory(
        key=category.key,
        label=category.label,
        description=category.description,
        position=category.position,
        approval=category.approval,
        open_to_public=category.open_to_public,
        pool=_empty_pool(category.pool, label=category.label, now=now),
    )


def _take_allotments(source: Forum, forum: Forum, *, days: int, now: datetime) -> None:
    """Keep the same places as before: what was released meanwhile is kept again, up to its own date."""
    like = {each.key: each for each in forum.categories}
    for category in source.categories:
        if category.common_pool is None:
            continue
        copy, kept = like[category.key], allotments_by_holder(category)
        agreed = {holder: each.agreed for holder, each in kept.items()}
        fits = sum(agreed.values()) <= category.pool.capacity
        arrange(copy, agreed if fits else {holder: each.pool.capacity for holder, each in kept.items()}, now=now)
        for holder, each in allotments_by_holder(copy).items():
            each.agreed, date = each.pool.capacity, kept[holder].releases_at
            each.releases_at = shift_local(date, days=days, time_zone=source.time_zone) if date else None


def _take_side_events(source: Forum, forum: Forum, *, days: int, actor: Account, now: datetime) -> dict[int, SideEvent]:
    """Return the new side events by the ids of the earlier ones."""
    copies = {}
    for each in db.session.scalars(select(SideEvent).where(SideEvent.forum_id == source.id).order_by(SideEvent.id)):
        copies[each.id] = copy = SideEvent(
            forum=forum,
            slug=each.slug,
            title=each.title,
            topic=each.topic,
            description=each.description,
            host_name=each.host_name,
            host_economy_code=each.host_economy_code,
            room_name=each.room_name,
            starts_at=shift_local(each.starts_at, days=days, time_zone=source.time_zone),
            ends_at=shift_local(each.ends_at, days=days, time_zone=source.time_zone),
            published=False,
            audience=each.audience,
            speakers=each.speakers,
            pool=_empty_pool(each.pool, label=each.title, now=now),
        )
        if each.questionnaire is not None:
            copy.questionnaire = clone_questionnaire(
                each.questionnaire, title=each.questionnaire.title, scope=forum.scope, actor=actor, now=now
            )
        db.session.add(copy)
    db.session.flush()
    return copies
