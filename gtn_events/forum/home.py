"""What a person's home page shows of the forums: offers to answer, registrations, what is open, what they organise."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement, func, or_, select, true

from gtn_events.accounts.enums import Role
from gtn_events.accounts.home import HomeItem, HomeSection
from gtn_events.accounts.models import Account
from gtn_events.accounts.queries.coordinators import own_economies
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, may

from .enums import BookingState, ForumState, RegistrationState
from .home_exchanges import exchanges_waiting
from .home_proposals import hosted_side_events, proposals_sent_by, proposals_waiting
from .models import (
    Forum,
    ForumBadge,
    ForumSession,
    Registration,
    RegistrationDraft,
    SessionBooking,
    SideEvent,
    SideEventBooking,
)
from .queries.decisions import to_decide
from .queries.delegate import registrations_of_account
from .queries.speaker_pages import speaking_at
from .words import days_in_words

ORGANISING = (Role.ORGANISER, Role.HELPER)


def home_section(account: Account, now: datetime) -> HomeSection:
    """Return the forum's part of the home page."""
    registrations = list(db.session.scalars(registrations_of_account(account.id)))
    active = [registration for registration in registrations if registration.state.is_active]
    return HomeSection(
        waiting=[
            *_offers(active),
            *_offered_places(account),
            *_offered_at_sessions(account),
            *proposals_waiting(account),
            *_to_decide(account, now=now),
            *exchanges_waiting(_held_at(account, Role.ORGANISER)),
        ],
        have=[
            *map(_as_item, active),
            *proposals_sent_by(account),
            *hosted_side_events(account),
            *_badges_of_economies(account, now=now),
            *_spoken_at(account, now=now),
            *_staffed(account),
        ],
        can_start=[*_open_forums(account, {each.forum_id for each in active}, now=now), *_new_forum()],
    )


def _offers(registrations: list[Registration]) -> Iterator[HomeItem]:
    for registration in registrations:
        if registration.state is RegistrationState.OFFERED:
            forum = registration.forum
            yield HomeItem(
                title=_("A place is free for you: %(title)s", title=forum.title),
                text=_("If you do not answer, it passes to the next on the list."),
                url=url_for("forum_my.show", forum=forum),
                button=_("Answer"),
                state=registration.state,
                deadline=registration.offer_ends_at,
                venue_zone=forum.time_zone,
                venue_name=forum.city,
                urgent=True,
            )


def _offered_places(account: Account) -> Iterator[HomeItem]:
    statement = (
        select(SideEventBooking, SideEvent, Forum)
        .join(SideEvent, SideEvent.id == SideEventBooking.side_event_id)
        .join(Forum, Forum.id == SideEvent.forum_id)
        .join(Registration, Registration.id == SideEventBooking.registration_id)
        .where(Registration.account_id == account.id, SideEventBooking.state == BookingState.OFFERED)
    )
    for booking, side_event, forum in db.session.execute(statement):
        yield HomeItem(
            title=_("A place is free for you: %(title)s", title=side_event.title),
            text=_("If you do not answer, it passes to the next on the list."),
            url=url_for("forum_my.show", forum=forum) + "#side-events",
            button=_("Answer"),
            state=booking.state,
            deadline=booking.offer_ends_at,
            venue_zone=forum.time_zone,
            venue_name=forum.city,
            urgent=True,
        )


def _offered_at_sessions(account: Account) -> Iterator[HomeItem]:
    statement = (
        select(SessionBooking, ForumSession, Forum)
        .join(ForumSession, ForumSession.id == SessionBooking.session_id)
        .join(Forum, Forum.id == ForumSession.forum_id)
        .join(Registration, Registration.id == SessionBooking.registration_id)
        .where(Registration.account_id == account.id, SessionBooking.state == BookingState.OFFERED)
    )
    for booking, session, forum in db.session.execute(statement):
        yield HomeItem(
            title=_("A place is free for you: %(title)s", title=session.title),
            text=_("If you do not answer, it passes to the next on the list."),
            url=url_for("forum_programme.session", forum=forum, code=session.code) + "#places",
            button=_("Answer"),
            state=booking.state,
            deadline=booking.offer_ends_at,
            venue_zone=forum.time_zone,
            venue_name=forum.city,
            urgent=True,
        )


def _to_decide(account: Account, *, now: datetime) -> Iterator[HomeItem]:
    for each in to_decide(_held_at(account, *ORGANISING), now=now):
        list_url = partial(url_for, "forum_manage.registration_list", forum=each.forum)
        if each.pending:
            first = ngettext(
                "%(num)d of them waits for its economy first",
                "%(num)d of them wait for their economy first",
                each.with_economy,
            )
            yield HomeItem(
                title=ngettext("%(num)s registration to decide", "%(num)s registrations to decide", each.pending),
                text=" · ".join(filter(None, (each.forum.title, first if each.with_economy else ""))),
                url=list_url(state=RegistrationState.PENDING.value, sort="asked"),
                button=_("Decide"),
            )
        if each.approved:
            yield HomeItem(
                title=ngettext("%(num)s approved, not confirmed", "%(num)s approved, not confirmed", each.approved),
                text=f"{each.forum.title} · {_('They hold no place until you confirm them.')}",
                url=list_url(state=RegistrationState.APPROVED.value),
                button=_("Confirm"),
            )


def _badges_of_economies(account: Account, *, now: datetime) -> Iterator[HomeItem]:
    economies = {each.code: each for each in own_economies(account)}
    if not economies:
        return
    statement = (
        select(Forum, Registration.economy_code, func.count())
        .join(Registration, Registration.forum_id == Forum.id)
        .join(ForumBadge, ForumBadge.registration_id == Registration.id)
        .where(Registration.economy_code.in_(economies), Forum.ends_on >= now.date())
        .group_by(Forum.id, Registration.economy_code)
        .order_by(Forum.starts_on, Forum.id)
    )
    for forum, code, count in db.session.execute(statement):
        if code is None:
            continue
        yield HomeItem(
            title=_("Badges for %(title)s", title=forum.title),
            text=ngettext("%(num)d badge is printed", "%(num)d badges are printed", count),
            url=url_for("forum_delegation_badges.badges", forum=forum, economy=code),
            economy=economies[code],
        )


def _spoken_at(account: Account, *, now: datetime) -> Iterator[HomeItem]:
    for speaker in speaking_at(account.id):
        forum = speaker.forum
        if forum.state is ForumState.PUBLISHED and not forum.is_over(now):
            yield HomeItem(
                title=_("You speak at %(title)s", title=forum.title),
                text=_("Biography, photo, times away and materials"),
                url=url_for("forum_my.speaking", forum=forum),
            )


def _staffed(account: Account) -> Iterator[HomeItem]:
    organised, administered = _held_at(account, *ORGANISING), _held_at(account, Role.ADMINISTRATOR)
    at_door = _held_at(account, Role.CHECK_IN_STAFF)
    statement = (
        select(Forum, organised, administered)
        .where(or_(organised, administered, at_door))
        .order_by(Forum.starts_on.desc())
    )
    for forum, organises, administers in db.session.execute(statement):
        if organises:
            role = _("You organise it")
        else:
            role = _("You administer it") if administers else _("You check delegates in")
        endpoint = "forum_manage.overview" if organises or administers else "forum_check_in.station"
        yield HomeItem(
            title=forum.title,
            text=f"{role} · {days_in_words(forum.starts_on, forum.ends_on)} · {forum.city}",
            url=url_for(endpoint, forum=forum),
            state=forum.state,
        )


def _as_item(registration: Registration) -> HomeItem:
    forum = registration.forum
    return HomeItem(
        title=forum.title,
        text=f"{registration.category.label} · {registration.reference} · "
        f"{days_in_words(forum.starts_on, forum.ends_on)} · {forum.city}",
        url=url_for("forum_my.show", forum=forum),
        state=registration.state,
    )


def _open_forums(account: Account, registered: set[int], *, now: datetime) -> Iterator[HomeItem]:
    drafted = set(
        db.session.scalars(select(RegistrationDraft.forum_id).where(RegistrationDraft.account_id == account.id))
    )
    statement = (
        select(Forum)
        .where(
            Forum.state == ForumState.PUBLISHED,
            Forum.registration_opens_at <= now,
            Forum.registration_closes_at > now,
            Forum.id.not_in(registered),
        )
        .order_by(Forum.registration_closes_at)
    )
    for forum in db.session.scalars(statement):
        begun = forum.id in drafted
        yield HomeItem(
            title=_("Go on with your registration: %(title)s", title=forum.title)
            if begun
            else _("Register for %(title)s", title=forum.title),
            text=f"{days_in_words(forum.starts_on, forum.ends_on)} · {forum.city}",
            url=url_for("forum_register.start", forum=forum),
            deadline=forum.registration_closes_at,
            venue_zone=forum.time_zone,
            venue_name=forum.city,
        )


def _new_forum() -> Iterator[HomeItem]:
    if may(Permission.FORUM_CREATE):
        yield HomeItem(
            title=_("Open a new forum"),
            text=_("It is a draft that only its organisers see until you publish it."),
            url=url_for("forum_opening.new"),
        )


def _held_at(account: Account, *roles: Role) -> ColumnElement[bool]:
    """Return the condition that a person holds one of these roles at a forum, or for the whole site."""
    grants = [grant for grant in account.live_grants if grant.role in roles]
    if any(grant.scope_kind == "site" for grant in grants):
        return true()
    return Forum.id.in_([grant.scope_id for grant in grants if grant.scope_kind == "forum"])
