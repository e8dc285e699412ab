"""The page of a job belongs to its owner, and to those who may see its kind in its scope."""

from datetime import datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, JobRun, JobState, enqueue_job, job_handler, registry, run_due_jobs
from gtn_events.core.permissions import Permission, Scope
from tests.factories import grant_role, make_account, sign_in


@pytest.fixture(autouse=True)
def _own_kinds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(registry, "_kinds", {})

    @job_handler("sample", permission=Permission.FORUM_REGISTRATIONS_SEE)
    def handler(job: JobRun) -> None:
        job.set_total(2)
        job.advance(2)
        job.fail_item("Nothing for <b>Rosa</b>.")
        path = tmp_path / "list.csv"
        path.write_text("a,b")
        job.save_result("list.csv", "text/csv", path)


@pytest.fixture
def job(client: FlaskClient, now: datetime) -> Job:
    """A waiting job of the person whose browser the client is, who works at its forum."""
    owner = make_account()
    grant_role(owner, Role.ORGANISER, Scope("forum", 7))
    sign_in(client, owner)
    job = enqueue_job("sample", title="List of 2", params={}, actor=owner, now=now, scope=Scope("forum", 7))
    db.session.commit()
    return job


def test_waiting_job_looks_again_by_itself_and_can_be_stopped(client: FlaskClient, job: Job) -> None:
    page = client.get(f"/jobs/{job.id}").text
    assert f'data-poll="/jobs/{job.id}/progress"' in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    client.post(f"/jobs/{job.id}/cancel")
    db.session.refresh(job)
    assert job.state is JobState.CANCELLED


def test_finished_job_offers_its_result_and_stops_looking(client: FlaskClient, job: Job, now: datetime) -> None:
    run_due_jobs(now)
    fragment = client.get(f"/jobs/{job.id}/progress").text
    assert "data-poll" not in fragment
    assert "Nothing for &lt;b&gt;Rosa&lt;/b&gt;." in fragment
    with client.get(f"/jobs/{job.id}/result") as result:
        assert (result.data, result.headers["Content-Disposition"]) == (
            b"a,b",
            "attachment; filename=\"list.csv\"; filename*=UTF-8''list.csv",
        )


def test_page_of_a_job_leads_back_to_where_it_was_asked_for(client: FlaskClient, job: Job, now: datetime) -> None:
    assert (job.back, "Back to" in client.get(f"/jobs/{job.id}").text) == (None, False)
    job.params = {"back": ["Registrations", "/forums/x/manage/registrations?q=a&b"]}
    db.session.commit()
    link = 'href="/forums/x/manage/registrations?q=a&amp;b"'
    assert [client.get(f"/jobs/{job.id}{page}").text.count(link) for page in ("", "/progress")] == [1, 0]
    run_due_jobs(now)
    assert [client.get(f"/jobs/{job.id}{page}").text.count(link) for page in ("", "/progress")] == [2, 1]


def test_a_job_without_a_file_leads_on_to_the_page_on_which_its_result_stands(
    client: FlaskClient, job: Job, now: datetime
) -> None:
    @job_handler("bare", permission=Permission.FORUM_REGISTRATIONS_SEE)
    def handler(run: JobRun) -> None:
        run.set_total(1)
        run.advance()

    owner, back = (
        db.session.get_one(Account, job.created_by_id),
        {"back": ["Proposed timetable", "/forums/x/timetable"]},
    )
    bare = enqueue_job("bare", title="Timetable", params=back, actor=owner, now=now, scope=Scope("forum", 7))
    job.params = back
    db.session.commit()
    run_due_jobs(now)
    pages = [client.get(f"/jobs/{each.id}/progress").text for each in (bare, job)]
    on, again = "See what came of it: Proposed timetable", "Back to: Proposed timetable"
    assert [(on in page, again in page) for page in pages] == [(True, False), (False, True)]


@pytest.mark.parametrize("page", ["", "/progress", "/result"])
def test_job_of_another_person_is_not_found(client: FlaskClient, job: Job, now: datetime, page: str) -> None:
    run_due_jobs(now)
    sign_in(client, make_account("other@firm.example"))
    assert client.get(f"/jobs/{job.id}{page}").status_code == 404


def test_job_is_seen_by_those_who_hold_its_permission_in_its_scope(client: FlaskClient, job: Job) -> None:
    organiser = make_account("organiser@gtn.example")
    grant_role(organiser, Role.ORGANISER, Scope("forum", 7))
    sign_in(client, organiser)
    assert client.get(f"/jobs/{job.id}").status_code == 200


def test_job_is_not_seen_by_organisers_of_another_forum(client: FlaskClient, job: Job) -> None:
    organiser = make_account("organiser@gtn.example")
    grant_role(organiser, Role.ORGANISER, Scope("forum", 8))
    sign_in(client, organiser)
    assert client.get(f"/jobs/{job.id}").status_code == 404
