"""Workers are killed while they print badges, issue letters, write mails and lists: each comes out exactly once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Select, func, select
from werkzeug.datastructures import MultiDict

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.app import create_app
from gtn_events.core import clock
from gtn_events.core.db import Base, db, reading
from gtn_events.core.economies import seed_economies
from gtn_events.core.jobs import Job, JobState, enqueue_job
from gtn_events.core.outbox import OutboxMail
from gtn_events.designs.enums import Orientation
from gtn_events.designs.keeping import keep_design
from gtn_events.designs.values import Design
from gtn_events.forum.badge_job import BADGES
from gtn_events.forum.domain.letters import opened_letter
from gtn_events.forum.domain.mailings import UNDO, MailingText, begin_mailing, schedule_mailing
from gtn_events.forum.enums import LetterKind, MailingState, RegistrationState
from gtn_events.forum.letter_job import KIND as LETTERS
from gtn_events.forum.mailing_job import begin_due_mailings
from gtn_events.forum.models import BadgePrint, Forum, Letter, Mailing, Registration
from gtn_events.forum.participants_job import PARTICIPANTS
from gtn_events.forum.queries.mailings import audience_choices, read_audience
from tests import databases
from tests.core.test_worker_killed import close_database, variables, wait_until, working
from tests.factories import grant_role, make_account, make_category, make_forum, make_registration

__all__ = ["variables"]  # the environment of the workers, a fixture
PEOPLE = 30
MANY = 90  # letters enough that a job is killed in its midst though the machine stands still for a moment
# Letters and mails together, at which the next worker is killed.
KILL_AT = (1, 30)
LATER = {"starts_on": date(2099, 6, 5), "ends_on": date(2099, 6, 6)}


@pytest.fixture
def application(variables: dict[str, str], tmp_path: Path) -> Iterator[Flask]:
    """An application on the database that the workers share."""
    app = create_app(databases.settings_on(variables["GTN_DATABASE_URL"], instance=tmp_path))
    with app.app_context():
        Base.metadata.create_all(db.engine)
        seed_economies(db.session())
        yield app
        close_database()


@pytest.mark.slow
@pytest.mark.usefixtures("application")
def test_killed_workers_print_issue_and_write_each_thing_once(variables: dict[str, str]) -> None:
    forum, organiser = _people()
    mailing = _ask_for_everything(forum, organiser)
    with working(variables, lease=15) as workers:
        for victim, count in enumerate(KILL_AT):
            wait_until(lambda count=count: _written() >= count)  # type: ignore[misc]  # bound at once
            workers.kill(victim % 2)
        wait_until(_all_done)
    db.session.expire_all()
    assert {(job.kind, job.state, *job.failures) for job in db.session.scalars(select(Job))} == {
        (kind, JobState.DONE) for kind in (BADGES, LETTERS, PARTICIPANTS, "forum.mailing")
    }
    assert _each_once(select(BadgePrint.badge_id))
    assert _each_once(select(Letter.registration_id))
    numbers = sorted(db.session.scalars(select(Letter.number)))
    assert numbers == list(range(1, PEOPLE + 1))
    mails = sorted(db.session.scalars(select(OutboxMail.template)))
    assert {name: mails.count(name) for name in mails} == {"forum/mailing": PEOPLE, "forum/letter_issued": PEOPLE}
    assert db.session.get_one(Mailing, mailing.id).state is MailingState.SENT
    results = [job.result_upload_id for job in db.session.scalars(select(Job)) if job.kind in {BADGES, PARTICIPANTS}]
    assert (len(results), None in results) == (3, False)


@pytest.mark.slow
@pytest.mark.usefixtures("application")
def test_each_letter_of_a_killed_job_has_one_design_while_the_design_changes(variables: dict[str, str]) -> None:
    forum, organiser = _people(MANY)
    _design(forum, organiser, "First")
    enqueue_job(
        LETTERS, title=LETTERS, params={"forum_id": forum.id}, actor=organiser, now=clock.now(), scope=forum.scope
    )
    db.session.commit()
    with working(variables, lease=15) as workers:
        wait_until(lambda: _written() >= 1)
        for victim in range(2):
            workers.kill(victim)
        _design(forum, organiser, "Second")
        wait_until(_all_done)
    db.session.expire_all()
    found = list(db.session.scalars(select(Letter).order_by(Letter.number)))
    assert [each.number for each in found] == list(range(1, MANY + 1))
    said = [(each.design.number, opened_letter(each).design["texts"]["heading"]) for each in found if each.design]
    assert len(said) == MANY
    assert set(said) == {(1, "First"), (2, "Second")}
    assert said == sorted(said)


def _design(forum: Forum, organiser: Account, heading: str) -> None:
    design = Design(template="letterhead", orientation=Orientation.PORTRAIT, texts={"heading": heading})
    kind = LetterKind.INVITATION.designed
    keep_design(forum.scope, kind, design, seen=None, actor=organiser, now=clock.now())
    db.session.commit()


def _people(count: int = PEOPLE) -> tuple[Forum, Account]:
    forum = make_forum(registration_closes_at=datetime(2099, 5, 25, tzinfo=UTC), **LATER)
    organiser = make_account("organiser@gtn.example", family_name="Organiser")
    grant_role(organiser, Role.ORGANISER, forum.scope)
    category = make_category(forum, capacity=count)
    for number in range(count):
        person = make_account(f"delegate{number}@firm.example", family_name=f"Delegate {number}")
        make_registration(category, person, RegistrationState.CONFIRMED)
    return forum, organiser


def _ask_for_everything(forum: Forum, organiser: Account) -> Mailing:
    now = clock.now()
    ids = list(db.session.scalars(select(Registration.id)))
    badges = {"forum_id": forum.id, "ids": ids, "paper": "sheet-4", "back": False, "again": False, "reason": ""}
    wanted = [(BADGES, badges), (LETTERS, {"forum_id": forum.id})]
    wanted += [(PARTICIPANTS, {"forum_id": forum.id, "output": each, "attended": False}) for each in ("pdf", "xlsx")]
    for kind, params in wanted:
        enqueue_job(kind, title=kind, params=params, actor=organiser, now=now, scope=forum.scope)
    choices = audience_choices(forum)
    listing = read_audience("", MultiDict(), choices)
    long_ago = now - UNDO - timedelta(minutes=1)
    text = MailingText(subject="News", text="Dear {given_name}", listing=listing)
    mailing = begin_mailing(forum, text, choices, actor=organiser, now=long_ago)
    schedule_mailing(mailing, listing, choices, seen=mailing.lock_version, actor=organiser, now=long_ago)
    db.session.commit()
    begin_due_mailings(now)
    db.session.commit()
    return mailing


def _written() -> int:
    with reading():
        letters = db.session.scalar(select(func.count()).select_from(Letter)) or 0
        mails = db.session.scalar(select(func.count()).where(OutboxMail.template == "forum/mailing")) or 0
        db.session.rollback()
    return letters + mails


def _all_done() -> bool:
    with reading():
        left = db.session.scalar(select(func.count()).where(Job.state.in_((JobState.QUEUED, JobState.RUNNING))))
        db.session.rollback()
    return left == 0


def _each_once(statement: Select[int]) -> bool:
    found = list(db.session.scalars(statement))
    return (len(found), len(set(found))) == (PEOPLE, PEOPLE)
