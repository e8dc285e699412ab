"""Certificates of winners, finalists and judges: who gets which, what stands on it, and that it is tagged."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.certificates.documents import certificate_pdf
from gtn_events.certificates.enums import CertificateKind
from gtn_events.certificates.models import Certificate
from gtn_events.competition.certificates import honours_due
from gtn_events.competition.domain.awards import AwardSpec, add_award, give_award
from gtn_events.competition.domain.decisions import decide_round
from gtn_events.competition.domain.publication import publish_results
from gtn_events.competition.enums import AwardKind, RoundKind
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, JobState, run_due_jobs
from gtn_events.core.uploads import Upload, upload_path
from tests.competition.panels import Panel
from tests.competition.results_rounds import CLOSED_AT, compute, make_scored_round
from tests.factories import grant_role, make_account, sign_in
from tests.pdf_structure import faults_of_structure


@pytest.fixture(autouse=True)
def after_the_close(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: CLOSED_AT)


@pytest.fixture
def organiser(database: None) -> Account:
    return make_account("organiser@gtn.example")


@pytest.fixture
def panel(organiser: Account) -> Panel:
    panel = make_scored_round(kind=RoundKind.FINAL, competition={"contact_name": "Joanna Okamoto"})
    compute(panel)
    decide_round(panel.round, seen=1, actor=organiser, now=CLOSED_AT)
    award = add_award(panel.competition, AwardSpec(AwardKind.GRAND, "First prize"), actor=organiser, now=CLOSED_AT)
    give_award(award, panel.entries[0], citation="", actor=organiser, now=CLOSED_AT)
    publish_results(panel.competition, embargo_until=None, actor=organiser, now=CLOSED_AT)
    db.session.commit()
    return panel


def page_of(panel: Panel) -> str:
    return f"/competitions/{panel.competition.slug}/manage/results/certificates"


def issue(client: FlaskClient, panel: Panel, organiser: Account) -> list[Certificate]:
    grant_role(organiser, Role.ORGANISER, panel.competition.scope)
    sign_in(client, organiser)
    client.post(page_of(panel))
    run_due_jobs(CLOSED_AT)
    return list(db.session.scalars(select(Certificate).order_by(Certificate.id)))


def test_each_is_due_one_and_a_winner_no_second_one_as_finalist(panel: Panel) -> None:
    due = list(honours_due({"competition_id": panel.competition.id, "issued_on": "2013-07-01"}))
    kinds = [each.kind for each in due]
    assert kinds == [CertificateKind.AWARD, *[CertificateKind.FINALIST] * 2, *[CertificateKind.JUDGE] * 3]
    assert [each.series_prefix for each in due] == ["A13", "F13", "F13", "J13", "J13", "J13"]
    assert due[0].facts.rule_met == (
        "Chosen from 3 entries of 1 economy, in one round,",
        "by 3 judges; none of the entrant’s economy judged it.",
    )


def test_certificate_speaks_only_of_judges_who_read_the_entry(panel: Panel) -> None:
    winner, judge = panel.entries[0], panel.judges[0]
    judge.economy_code = winner.economy_code
    db.session.commit()
    due = list(honours_due({"competition_id": panel.competition.id, "issued_on": "2013-07-01"}))
    assert due[0].facts.rule_met[1] == "by 3 judges."


def test_worker_issues_them_once_and_packs_them(client: FlaskClient, panel: Panel, organiser: Account) -> None:
    serials = [each.serial for each in issue(client, panel, organiser)]
    client.post(page_of(panel))
    run_due_jobs(CLOSED_AT)
    jobs = list(db.session.scalars(select(Job).where(Job.kind == "certificates.batch")))
    assert ([job.state for job in jobs], [job.failures for job in jobs]) == ([JobState.DONE] * 2, [[], []])
    upload = db.session.get_one(Upload, jobs[1].result_upload_id)
    with ZipFile(upload_path(upload)) as archive:
        assert len(archive.namelist()) == len(serials) == 6
    assert db.session.scalars(select(Certificate.serial).order_by(Certificate.id)).all() == serials


def test_certificates_say_what_was_won_and_judged_and_are_tagged(
    client: FlaskClient, panel: Panel, organiser: Account
) -> None:
    issued = issue(client, panel, organiser)
    words = {}
    for certificate in (issued[0], issued[1], issued[3]):
        data = certificate_pdf(certificate, verify_url="https://gtn.example/verify/X")
        reader = PdfReader(BytesIO(data))
        words[certificate.kind] = "".join(reader.pages[0].extract_text().split())
        holder, title = certificate.shown_facts.holder_name, panel.competition.title
        assert faults_of_structure(data, title=f"{certificate.kind.label}: {holder}, {title}") == []
        assert len(reader.pages) == 1
    assert "FirstprizeBoardsfromricehuskAndesColdChain,Peru" in words[CertificateKind.AWARD]
    assert "FinalistBoardsfromricehusk1" in words[CertificateKind.FINALIST]
    assert "andjudged3entries." in words[CertificateKind.JUDGE]


def test_page_of_verification_names_the_prize(client: FlaskClient, panel: Panel, organiser: Account) -> None:
    award = issue(client, panel, organiser)[0]
    page = client.get(f"/verify/{award.serial}").text
    assert ("First prize" in page, "Boards from rice husk" in page) == (True, True)


@pytest.mark.parametrize("role", [None, Role.JUDGE, Role.HELPER, Role.INTEGRITY_OFFICER])
def test_who_does_not_decide_issues_none(client: FlaskClient, panel: Panel, role: Role | None) -> None:
    assert client.post(page_of(panel)).location.startswith("/sign-in")
    account = make_account("other@gtn.example")
    if role is not None:
        grant_role(account, role, panel.competition.scope)
    sign_in(client, account)
    assert client.post(page_of(panel)).status_code == 403
