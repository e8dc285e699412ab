"""What is kept about an applicant, and about whoever reviews, is told in the export and let go in the erasure."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from gtn_events.accounts.domain.personal_data import erase_person, export_person
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import Base, db
from gtn_events.incubation.domain.application_drafts import begin_change
from gtn_events.incubation.domain.application_submission import send_application
from gtn_events.incubation.domain.application_transitions import Party
from gtn_events.incubation.domain.applications import withdraw_application
from gtn_events.incubation.enums import ApplicationState, CallState
from gtn_events.incubation.models import Application, HostRank, Intake, Interview, Review
from gtn_events.incubation.personal_data import StillApplying
from tests.factories import grant_role, make_account
from tests.incubation.applying import IN_TIME, make_draft, submission
from tests.incubation.factories import MADE_AT, make_call, make_host, make_intake

pytestmark = pytest.mark.usefixtures("database")
NOW = datetime(2027, 6, 20, tzinfo=UTC)
SECRETS = (
    "Rosa",
    "Huamán",
    "rosa@firm.example",
    "Andes Cold Chain",
    "Cold rooms",
    "Ice from sawdust",
    "Half a change",
    "home@incuba.example",
    "She was late",
    "Never with Rosa",
)


@pytest.fixture
def korat(database: None) -> Intake:
    return make_intake(make_call(), make_host())


@pytest.fixture
def anong(korat: Intake) -> Account:
    account = make_account("anong@korat.example", given_name="Anong", family_name="Saetang", economy_code="THA")
    grant_role(account, Role.HOST_MANAGER, korat.host.scope)
    return account


def full_application(korat: Intake, anong: Account) -> Application:
    """An application with everything that can hang on it: version, answers, a change, reviews, a talk, a rank."""
    rosa = make_account()
    whole = submission(korat.call, [korat], home_email="home@incuba.example")
    application = send_application(make_draft(korat.call, rosa), whole, actor=rosa, now=IN_TIME)
    begin_change(application, {"project": {"typed": {"title": ["Half a change"]}}}, actor=rosa, now=IN_TIME)
    pair = {"intake": korat, "application": application}
    db.session.add(Review(**pair, account=anong, points={"fit": 3}, note="She was late", saved_at=MADE_AT))
    db.session.add(HostRank(**pair, tier=None, reason="Never with Rosa"))
    db.session.add(Interview(**pair, asked_at=MADE_AT, message="Dear Rosa", outcome="She was late"))
    db.session.commit()
    return application


def every_row() -> str:
    """Everything that the database holds, as text."""
    rows = [
        str(dict(row._mapping)) for table in Base.metadata.sorted_tables for row in db.session.execute(select(table))
    ]
    return "\n".join(rows)


def test_the_export_tells_what_was_sent_and_not_what_hosts_think(korat: Intake, anong: Account) -> None:
    application = full_application(korat, anong)
    told = json.loads(json.dumps(export_person(application.account)))["applications"]
    (one,) = told["applications"]
    assert one["hosts"] == ["Korat Green Incubator"]
    assert one["answers"] == {"What have you tried so far?": "Ice from sawdust."}
    assert one["versions"][0]["sha256"] == application.versions[0].sha256
    assert one["talks"][0]["message"] == "Dear Rosa"
    assert told["drafts"][0]["data"]["project"]["typed"]["title"] == ["Half a change"]
    assert "She was late" not in json.dumps(told)


def test_a_live_application_has_to_be_withdrawn_first(korat: Intake, anong: Account) -> None:
    application = full_application(korat, anong)
    with pytest.raises(StillApplying):
        erase_person(application.account, now=NOW)


def test_the_erasure_leaves_figures_and_no_word(korat: Intake, anong: Account) -> None:
    application = full_application(korat, anong)
    sha256 = application.versions[0].sha256
    withdraw_application(application, party=Party.APPLICANT, actor=application.account, now=NOW)
    erase_person(application.account, now=NOW)
    db.session.commit()
    db.session.expire_all()
    left = every_row()
    assert [secret for secret in SECRETS if secret in left] == []
    assert (application.economy_code, application.sector, application.weeks) == ("PE", "food", 13)
    assert (application.versions[0].sha256, application.state) == (sha256, ApplicationState.WITHDRAWN)


def test_after_the_call_is_over_nothing_has_to_be_withdrawn(korat: Intake, anong: Account) -> None:
    application = full_application(korat, anong)
    korat.call.state = CallState.CLOSED
    erase_person(application.account, now=NOW)
    assert application.title == "Erased application"


def test_whoever_reviews_is_told_and_let_go(korat: Intake, anong: Account) -> None:
    full_application(korat, anong)
    (review,) = export_person(anong)["host-reviews"]
    assert (review["note"], review["points"], review["host"]) == ("She was late", {"fit": 3}, "Korat Green Incubator")
    erase_person(anong, now=NOW)
    db.session.commit()
    kept = db.session.scalars(select(Review)).one()
    assert (kept.note, kept.points) == ("", {"fit": 3})
    assert [secret for secret in ("Anong", "Saetang", "anong@korat.example") if secret in every_row()] == []
