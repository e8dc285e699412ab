"""What an applicant's home page shows of co-incubation: drafts to send, applications, calls that are open."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from gtn_events.accounts.home import HomeItem, HomeSection
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.moments import city_of_zone

from .domain.application_window import is_open
from .enums import ApplicationState, CallState, InterviewState
from .models import Application, ApplicationDraft, Call, Intake, Interview
from .queries.applicant import LIVE
from .queries.offers import open_offers_of


def applicant_section(account: Account, now: datetime) -> HomeSection:
    """Return the applicant's part of the home page."""
    drafts, applications = _drafts_of(account), _applications_of(account)
    begun = {draft.call_id for draft in drafts} | {each.call_id for each in applications if each.state.is_live}
    return HomeSection(
        waiting=[*_offers(account, now), *_to_answer(account), *_to_send(drafts, now)],
        have=[_item(each) for each in applications],
        can_start=list(_open_calls(begun, now)),
    )


def _drafts_of(account: Account) -> list[ApplicationDraft]:
    statement = (
        select(ApplicationDraft)
        .where(ApplicationDraft.account_id == account.id)
        .options(joinedload(ApplicationDraft.call), joinedload(ApplicationDraft.application))
        .order_by(ApplicationDraft.saved_at.desc(), ApplicationDraft.id.desc())
    )
    return list(db.session.scalars(statement))


def _applications_of(account: Account) -> list[Application]:
    statement = (
        select(Application)
        .where(Application.account_id == account.id)
        .options(joinedload(Application.call))
        .order_by(Application.submitted_at.desc(), Application.id.desc())
    )
    return list(db.session.scalars(statement))


def _to_send(drafts: list[ApplicationDraft], now: datetime) -> Iterator[HomeItem]:
    for draft in drafts:
        call, sent = draft.call, draft.application
        if not is_open(call, now=now) or (sent is not None and sent.state is ApplicationState.WITHDRAWN):
            continue
        yield HomeItem(
            title=_("Your application to %(title)s is a draft", title=call.title)
            if sent is None
            else _("Your change is not sent: %(title)s", title=sent.title),
            text=_("Nothing is sent before the last step."),
            url=url_for("incubation_apply.resume", call=call),
            button=_("Go on"),
            deadline=call.closes_at,
            venue_zone=call.time_zone,
            venue_name=city_of_zone(call.time_zone),
        )


def _offers(account: Account, now: datetime) -> Iterator[HomeItem]:
    for offer in open_offers_of(account, now=now):
        host = offer.intake.host
        yield HomeItem(
            title=_("%(host)s offers you a place", host=host.name),
            text=_("Accept it or decline; after that it goes to somebody else."),
            url=url_for("incubation_my.offer", call=offer.application.call),
            button=_("See the offer"),
            state=offer.state,
            deadline=offer.accept_by,
            venue_zone=host.time_zone,
            venue_name=host.city,
            urgent=True,
        )


def _to_answer(account: Account) -> Iterator[HomeItem]:
    statement = (
        select(Interview)
        .join(Interview.application)
        .where(Application.account_id == account.id, Application.state.in_(LIVE))
        .where(Interview.state == InterviewState.PROPOSED)
        .options(
            joinedload(Interview.application).joinedload(Application.call),
            joinedload(Interview.intake).joinedload(Intake.host),
            selectinload(Interview.slots),
        )
        .order_by(Interview.id)
    )
    for talk in db.session.scalars(statement):
        host = talk.intake.host
        yield HomeItem(
            title=_("%(host)s would like to talk with you", host=host.name),
            text=_("Choose one of its times, or decline."),
            url=url_for("incubation_my.interview", call=talk.application.call, interview_id=talk.id),
            button=_("Choose a time"),
            deadline=talk.slots[-1].starts_at,
            venue_zone=host.time_zone,
            venue_name=host.city,
        )


def _item(application: Application) -> HomeItem:
    return HomeItem(
        title=application.title,
        text=f"{application.call.title} · {application.reference}",
        url=url_for("incubation_my.application", call=application.call),
        state=application.state,
    )


def _open_calls(begun: set[int], now: datetime) -> Iterator[HomeItem]:
    statement = (
        select(Call)
        .where(Call.state == CallState.PUBLISHED, Call.opens_at <= now, Call.closes_at > now, Call.id.not_in(begun))
        .order_by(Call.closes_at, Call.id)
    )
    for call in db.session.scalars(statement):
        yield HomeItem(
            title=_("Apply to %(title)s", title=call.title),
            text=call.tagline,
            url=url_for("incubation_apply.start", call=call),
            deadline=call.closes_at,
            venue_zone=call.time_zone,
            venue_name=city_of_zone(call.time_zone),
        )
