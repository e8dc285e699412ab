"""What an entrant's home page shows of competitions: drafts to send, entries, calls that are open."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.home import HomeItem, HomeSection
from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from .domain.entry_window import changes_until, in_time_until, may_change, window_of
from .domain.publication import are_visible
from .enums import CompetitionState, EntryPath, JudgeState, NominationState
from .models import Competition, Entry, EntryDraft, Judge, Nomination
from .queries.awards import prizes_by_entry


def entrant_section(account: Account, now: datetime) -> HomeSection:
    """Return the entrant's part of the home page."""
    drafts = _drafts_of(account)
    return HomeSection(
        waiting=list(_to_send(drafts, now)),
        have=list(_entries(account, now)),
        can_start=list(_open_calls(account, {draft.competition_id for draft in drafts}, now)),
    )


def _drafts_of(account: Account) -> list[EntryDraft]:
    statement = (
        select(EntryDraft)
        .where(EntryDraft.account_id == account.id)
        .options(joinedload(EntryDraft.competition), joinedload(EntryDraft.entry))
        .order_by(EntryDraft.saved_at.desc(), EntryDraft.id.desc())
    )
    return list(db.session.scalars(statement))


def _to_send(drafts: list[EntryDraft], now: datetime) -> Iterator[HomeItem]:
    for draft in drafts:
        competition, entry = draft.competition, draft.entry
        if entry is None:
            open_still, deadline = window_of(competition, now=now).takes_entries, competition.entries_close_at
            title = _("Your entry is a draft: %(title)s", title=_title_of(draft))
        else:
            open_still, deadline = may_change(entry, now=now), changes_until(entry)
            title = _("Your change is not sent: %(title)s", title=entry.title)
        if open_still:
            yield HomeItem(
                title=title,
                text=_("%(competition)s. Nothing is sent before the last step.", competition=competition.title),
                url=url_for("competition_enter.resume", competition=competition, draft_id=draft.id),
                button=_("Go on"),
                deadline=deadline if now < deadline else in_time_until(competition),
                venue_zone=competition.time_zone,
                venue_name=competition.city,
            )


def _entries(account: Account, now: datetime) -> Iterator[HomeItem]:
    statement = (
        select(Entry)
        .where(Entry.account_id == account.id)
        .options(joinedload(Entry.competition))
        .order_by(Entry.submitted_at.desc(), Entry.id.desc())
    )
    entries = list(db.session.scalars(statement))
    prizes = prizes_by_entry(each for each in entries if are_visible(each.competition, now=now))
    for entry in entries:
        facts = (*prizes.get(entry.id, ()), entry.competition.title, entry.reference)
        yield HomeItem(
            title=entry.title,
            text=" · ".join(facts),
            url=url_for("competition_my.entry", competition=entry.competition, reference=entry.reference),
            state=entry.state,
        )


def _open_calls(account: Account, drafted: set[int], now: datetime) -> Iterator[HomeItem]:
    judging = select(Judge.competition_id).where(Judge.account_id == account.id, Judge.state == JudgeState.ACCEPTED)
    statement = (
        select(Competition)
        .where(
            Competition.state == CompetitionState.PUBLISHED,
            or_(Competition.entry_path != EntryPath.NOMINATED, Competition.id.in_(_nominated_for(account))),
            Competition.entries_open_at <= now,
            Competition.entries_close_at > now,
            Competition.id.not_in(drafted),
            Competition.id.not_in(judging),
        )
        .order_by(Competition.entries_close_at, Competition.id)
    )
    for competition in db.session.scalars(statement):
        yield HomeItem(
            title=_("Enter %(title)s", title=competition.title),
            text=competition.tagline,
            url=url_for("competition_public.show", competition=competition),
            deadline=competition.entries_close_at,
            venue_zone=competition.time_zone,
            venue_name=competition.city,
        )


def _nominated_for(account: Account) -> Select[int]:
    return select(Nomination.competition_id).where(
        Nomination.account_id == account.id, Nomination.state == NominationState.OPEN
    )


def _title_of(draft: EntryDraft) -> str:
    typed: list[str] = draft.data.get("entry", {}).get("typed", {}).get("title", [])
    return "".join(typed[:1]).strip()[:150] or _("Entry without a title yet")
