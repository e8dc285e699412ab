"""The whole demonstration, put into an empty database."""

from pathlib import Path

from sqlalchemy import or_, update

from gtn_events.accounts.domain.roles import SITE, grant_role
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition.domain.results_file import keep_results
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import Economy, seed_economies
from gtn_events.core.outbox import MailState, OutboxMail
from gtn_events.core.permissions import Scope
from gtn_events.forum.models import Forum

from .accounts import add_delegation, add_people, add_role_accounts
from .badges import hand_badges_over, print_badges
from .circulars import fill_circulars
from .delegation import send_delegation
from .designs import design_certificates
from .door import add_checkpoints, visit_side_event, visit_the_hall
from .favourites import mark_sessions
from .forums import OPENED, open_first_forum, open_next_forum
from .judging import honour_first_edition
from .letters import write_letters
from .loading import load_calls, load_competitions
from .mailings import fill_mailings
from .network import fill_posts
from .officers import name_officers
from .proposals import propose_side_events
from .registrations import (
    ask_for_half_of_the_days,
    correct_a_certificate,
    issue_certificates,
    register_for_first_forum,
    register_for_next_forum,
)
from .session_calls import call_for_sessions
from .side_event_questions import ask_at_side_event
from .speaking import speak_at_next_forum
from .sponsors import add_sponsors
from .talks import keep_materials
from .timetable import propose_next_timetable
from .travel import fund_travel
from .workshops import hold_workshops


def load_whole(*, secret_key: str, instance_dir: Path) -> list[str]:
    """Load it, all or nothing, commit, and return the titles of what was loaded, the two forums first.

    Args:
        secret_key: the key behind the check letters of certificates.
        instance_dir: where the signed results are kept.
    """
    now = clock.now()
    seed_economies(db.session)
    staff = add_role_accounts(now=now)
    people = add_people(now=now)
    first = open_first_forum(staff["organiser"], people)
    upcoming = open_next_forum(first, staff["organiser"], now=now)
    _give_roles(staff, [first, upcoming])
    for forum in (first, upcoming):
        add_sponsors(forum, staff["organiser"], now=OPENED)
    register_for_first_forum(first, people, staff["organiser"], staff["door"])
    hall, side_event_door, *_others = add_checkpoints(first, staff["organiser"], now=OPENED)
    mark_sessions(first, staff["delegate"])
    keep_materials(first, people)
    visit_the_hall(first, hall, staff["door"])
    visit_side_event(side_event_door, staff["door"])
    add_checkpoints(upcoming, staff["organiser"], now=now)
    print_badges(first, staff["organiser"])
    hand_badges_over(first, staff["coordinator"], staff["door"])
    ask_for_half_of_the_days(first, staff["organiser"])
    design_certificates(first, staff["organiser"])
    issue_certificates(first, staff["organiser"], secret_key=secret_key)
    correct_a_certificate(first, staff["organiser"], secret_key=secret_key)
    propose_side_events(upcoming, staff, people, secret_key=secret_key, now=now)
    call_for_sessions(upcoming, staff, people, secret_key=secret_key, now=now)
    register_for_next_forum(upcoming, people, staff["organiser"], staff["coordinator"], now=now)
    ask_at_side_event(upcoming, now=now)
    propose_next_timetable(upcoming, staff["organiser"], now=now)
    hold_workshops(upcoming, staff["organiser"], now=now)
    speak_at_next_forum(upcoming, staff["speaker"], staff["organiser"], now=now)
    write_letters(upcoming, staff["organiser"], now=now)
    send_delegation(
        upcoming,
        add_delegation(now=now),
        coordinator=staff["coordinator"],
        organiser=staff["organiser"],
        now=now,
    )
    fund_travel(upcoming, staff["organiser"], now=now)
    competitions = load_competitions(staff, people, forum=upcoming, secret_key=secret_key, now=now)
    honour_first_edition(competitions[0], staff["organiser"], secret_key=secret_key)
    calls, hosts = load_calls(staff, people, year=upcoming.starts_on.year, secret_key=secret_key, now=now)
    fill_posts(staff, now=now)
    fill_circulars(upcoming, staff, now=now)
    name_officers(upcoming, staff["organiser"], now=now)
    fill_mailings(first, upcoming, staff["organiser"], now=now)
    _mark_sent([first.scope, upcoming.scope, *(each.scope for each in competitions)])
    _mark_sent([*(each.scope for each in calls), *(each.scope for each in hosts)])
    db.session.commit()
    keep_results(competitions[0], instance_dir)
    titles = [each.title for each in competitions] + [each.title for each in calls]
    return [first.title, upcoming.title, *titles]


def _mark_sent(scopes: list[Scope]) -> None:
    """Mark the mails as sent when they were written: nobody gets them now."""
    for scope in scopes:
        theirs = (OutboxMail.scope_kind == scope.kind, OutboxMail.scope_id == scope.id)
        db.session.execute(
            update(OutboxMail).where(*theirs).values(state=MailState.SENT, sent_at=OutboxMail.created_at, attempts=1)
        )
    # The link of a nomination belongs to no scope; posts belong to the economies, invitations to nobody.
    others = or_(
        OutboxMail.template.in_(["competition/firm_nominated", "delegations/nominee_invited", "accounts/invitation"]),
        OutboxMail.template.startswith("network/"),
    )
    alone = update(OutboxMail).where(others, OutboxMail.state == MailState.QUEUED)
    db.session.execute(alone.values(state=MailState.SENT, sent_at=OutboxMail.created_at, attempts=1))


def _give_roles(staff: dict[str, Account], forums: list[Forum]) -> None:
    now = clock.now()
    administrator = staff["admin"]
    grant_role(administrator, Role.ADMINISTRATOR, scope=SITE, actor=None, now=now)
    for forum in forums:
        for key, role in (
            ("organiser", Role.ORGANISER),
            ("helper", Role.HELPER),
            ("door", Role.CHECK_IN_STAFF),
            ("travel", Role.TRAVEL_OFFICER),
        ):
            grant_role(staff[key], role, scope=forum.scope, actor=administrator, now=now)
    rank = db.session.get_one(Economy, "THA").rank
    grant_role(
        staff["coordinator"], Role.ECONOMY_COORDINATOR, scope=Scope("economy", rank), actor=administrator, now=now
    )
