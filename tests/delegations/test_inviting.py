"""Many nominees are invited by one job: the page before says whom, and each gets one mail whatever is killed."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, JobState, run_due_jobs
from gtn_events.core.outbox import OutboxMail
from gtn_events.delegations import invitations_job
from gtn_events.delegations.domain.nominations import draft_nomination, nominate, withdraw_nomination
from gtn_events.delegations.domain.nominee_links import expire_links, invite_nominee, revoke_link
from gtn_events.delegations.enums import NominationState as State
from gtn_events.delegations.models import Nomination
from gtn_events.forum.models import Forum, ForumCategory
from tests.delegations.conftest import DESK, coordinator_of
from tests.delegations.test_nominations import NOW, delegation, nominee
from tests.factories import sign_in

LATER = timedelta(minutes=5)
EFFECT, SEND = f"{DESK}/nominations/invite", f"{DESK}/nominations/invite/send"


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The forum is open for registration."""
    monkeypatch.setattr("gtn_events.core.clock.now", lambda: NOW)


@pytest.fixture
def people(forum: Forum, category: ForumCategory, coordinator: Account) -> dict[str, Nomination]:
    """Twelve nominated, and one each: a draft, in reserve, invited, with a link too old, withdrawn."""
    names = [*(f"Person{number:02d}" for number in range(12)), "Draft", "Reserve", "Invited", "Expired", "Withdrawn"]
    found = {}
    for name in names:
        wish = nominee(category, f"{name.lower()}@firm.example", family_name=name, reserve=name == "Reserve")
        found[name] = draft_nomination(delegation(forum), wish, actor=coordinator, now=NOW - timedelta(days=20))
        if name != "Draft":
            nominate(found[name], actor=coordinator, now=NOW - timedelta(days=20))
    invite_nominee(found["Expired"], actor=coordinator, now=NOW - timedelta(days=5))
    found["Expired"].link_expires_at = NOW - timedelta(days=1)
    expire_links(now=NOW)
    invite_nominee(found["Invited"], actor=coordinator, now=NOW - timedelta(hours=3))
    withdraw_nomination(found["Withdrawn"], actor=coordinator, now=NOW)
    db.session.commit()
    return found


def invited_now() -> list[str]:
    """Who got a link now or later, in the order of the mails."""
    mails = select(OutboxMail).where(OutboxMail.template == "delegations/nominee_invited", OutboxMail.created_at >= NOW)
    return [each.to_address.partition("@")[0] for each in db.session.scalars(mails.order_by(OutboxMail.id))]


def state_of(nomination: Nomination) -> State:
    db.session.expire_all()
    return db.session.get_one(Nomination, nomination.id).state


def job() -> Job:
    db.session.expire_all()
    return db.session.scalars(select(Job).where(Job.kind == invitations_job.KIND)).one()


def test_all_nominated_are_shown_first_with_those_who_stay_and_why(
    desk: FlaskClient, people: dict[str, Nomination]
) -> None:
    page = desk.post(EFFECT, data={"all": "1"}).text
    assert "Invite 12 people?" in page
    for name, why in (
        ("DRAFT", "is a draft; nominate first"),
        ("RESERVE", "is in reserve; choose by hand"),
        ("INVITED", "has a link that still works"),
        ("EXPIRED", "had a link that is too old; choose by hand"),
    ):
        assert f"{name}: {why}" in page
    assert "WITHDRAWN" not in page
    assert (invited_now(), db.session.scalar(select(Job))) == ([], None)


def test_who_is_chosen_by_hand_is_invited_also_from_the_reserve(
    desk: FlaskClient, people: dict[str, Nomination]
) -> None:
    ids = [people[name].id for name in ("Reserve", "Expired", "Invited", "Withdrawn")]
    page = desk.post(EFFECT, data={"ids": ids}).text
    assert ("Invite 2 people?" in page, "WITHDRAWN: is nominated no more" in page) == (True, True)
    desk.post(SEND, data={"ids": [people["Reserve"].id, people["Expired"].id]})
    run_due_jobs(NOW)
    assert sorted(invited_now()) == ["expired", "reserve"]


def test_the_job_invites_each_and_says_how_far_it_is(desk: FlaskClient, people: dict[str, Nomination]) -> None:
    chosen = [each.id for name, each in people.items() if name.startswith("Person")]
    reply = desk.post(SEND, data={"ids": chosen})
    assert (reply.status_code, reply.location) == (302, f"/jobs/{job().id}")
    run_due_jobs(NOW)
    done = job()
    assert (done.state, done.total, done.done, done.failures) == (JobState.DONE, 12, 12, [])
    assert sorted(invited_now()) == [f"person{number:02d}" for number in range(12)]
    assert desk.get(f"/jobs/{done.id}").status_code == 200


def test_pressed_twice_each_is_invited_once(desk: FlaskClient, people: dict[str, Nomination]) -> None:
    for _press in range(2):
        desk.post(SEND, data={"ids": [people["Person00"].id]})
    run_due_jobs(NOW)
    assert invited_now() == ["person00"]


@pytest.mark.parametrize("killed_at", [1, 5, 11])
def test_a_killed_worker_invites_none_twice_and_none_too_few(
    desk: FlaskClient, people: dict[str, Nomination], monkeypatch: pytest.MonkeyPatch, killed_at: int
) -> None:
    monkeypatch.setattr(invitations_job, "COMMIT_EVERY", 3)
    desk.post(SEND, data={"ids": [each.id for name, each in people.items() if name.startswith("Person")]})
    real, count = invitations_job.invite_once, iter(range(100))

    def dies(*arguments: object, **named: object) -> bool:
        if next(count) == killed_at:
            raise KeyboardInterrupt
        return real(*arguments, **named)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(invitations_job, "invite_once", dies)
    with pytest.raises(KeyboardInterrupt):
        run_due_jobs(NOW)
    db.session.rollback()
    kept = len(invited_now())
    assert kept == killed_at // 3 * 3
    # A link that is taken back meanwhile is not sent anew by the job.
    if kept:
        first = db.session.scalars(select(Nomination).where(Nomination.invited_at == NOW)).first()
        assert first is not None
        revoke_link(first, actor=coordinator_of("CHL"), now=NOW)
        db.session.commit()
    run_due_jobs(NOW + LATER)
    assert sorted(invited_now()) == [f"person{number:02d}" for number in range(12)]
    assert (job().state, job().done) == (JobState.DONE, 12)


def test_who_is_withdrawn_before_the_job_runs_is_left_out_and_named(
    desk: FlaskClient, people: dict[str, Nomination], coordinator: Account
) -> None:
    desk.post(SEND, data={"ids": [people["Person00"].id, people["Person01"].id]})
    withdraw_nomination(people["Person00"], actor=coordinator, now=NOW)
    db.session.commit()
    run_due_jobs(NOW)
    assert (invited_now(), job().failures) == (["person01"], ["Inés PERSON00: is nominated no more"])


def test_after_the_close_nobody_would_be_invited(
    desk: FlaskClient, forum: Forum, people: dict[str, Nomination]
) -> None:
    forum.registration_closes_at = NOW
    db.session.commit()
    page = desk.post(EFFECT, data={"all": "1"}).text
    assert ("Nobody would be invited" in page, "nobody can register now" in page) == (True, True)


def test_nobody_chosen_leads_back(desk: FlaskClient, people: dict[str, Nomination]) -> None:
    for url in (EFFECT, SEND):
        assert desk.post(url).location == f"{DESK}/nominations"
    assert db.session.scalar(select(Job)) is None


def test_nominees_of_another_economy_are_not_invited(client: FlaskClient, people: dict[str, Nomination]) -> None:
    sign_in(client, coordinator_of("CHL"))
    own = DESK.replace("/PE", "/CHL")
    for url in (f"{own}/nominations/invite", f"{own}/nominations/invite/send"):
        assert client.post(url, data={"ids": [people["Person00"].id]}).location == f"{own}/nominations"
    assert (state_of(people["Person00"]), db.session.scalar(select(Job))) == (State.NOMINATED, None)


def test_more_are_invited_than_one_by_one_in_an_hour(
    desk: FlaskClient, forum: Forum, category: ForumCategory, coordinator: Account
) -> None:
    ids = []
    for number in range(70):
        wish = nominee(category, f"many{number}@firm.example")
        each = draft_nomination(delegation(forum), wish, actor=coordinator, now=NOW)
        nominate(each, actor=coordinator, now=NOW)
        ids.append(each.id)
    db.session.commit()
    desk.post(SEND, data={"ids": ids})
    run_due_jobs(NOW)
    assert (job().failures, len(invited_now())) == ([], 70)
