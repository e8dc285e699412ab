"""The organiser's forms: errors at the field, nothing typed lost, the second tab told."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, Invitation
from gtn_events.accounts.queries.staff import staff_grants
from gtn_events.competition.enums import CompetitionState, EntryPath, LatePolicy
from gtn_events.competition.models import Competition
from gtn_events.competition.queries.competitions import STAFF_ROLES
from gtn_events.core.db import db
from gtn_events.eligibility.domain.keeping import rules_of
from gtn_events.eligibility.domain.rules import Rule
from gtn_events.eligibility.enums import RuleComparison, RuleKind
from gtn_events.questionnaire.domain.drafts import add_question
from gtn_events.questionnaire.domain.questions import Option, QuestionSpec
from gtn_events.questionnaire.domain.versions import draft_version_of, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from tests.competition.factories import MADE_AT, make_competition, make_entry
from tests.factories import grant_role, make_account, sign_in


def typed(**changes: str) -> dict[str, str]:
    """What a browser sends for a competition in Berlin; changed where a test says so."""
    return {
        "lock_version": "1",
        "title": "SME Competition 2027",
        "slug": "sme-competition-2027",
        "host_economy_code": "INA",
        "city": "Berlin",
        "time_zone": "Europe/Berlin",
        "entries_open_at": "2027-02-01T09:00",
        "entries_close_at": "2027-05-14T23:59",
        "late_policy": "none",
        "grace_minutes": "0",
        "entry_path": "open",
        "reference_prefix": "isc27",
        "declaration": "It is true.",
        "description": "Long **text** that must not be lost",
    } | changes


@pytest.fixture
def administrator(client: FlaskClient) -> FlaskClient:
    account = make_account("admin@gtn.example")
    grant_role(account, Role.ADMINISTRATOR)
    sign_in(client, account)
    return client


def the_competition(slug: str) -> Competition:
    return db.session.scalars(select(Competition).where(Competition.slug == slug)).one()


def test_new_competition_keeps_the_hosts_clock(administrator: FlaskClient) -> None:
    changes = {"late_policy": "grace", "grace_minutes": "30", "economy_limit": "2", "several_categories": "y"}
    reply = administrator.post("/competitions/new", data=typed(**changes, entry_path="nominated"))
    assert reply.location == "/competitions/sme-competition-2027/manage/categories"
    made = the_competition("sme-competition-2027")
    assert (made.entries_open_at, made.entries_close_at) == (
        datetime(2027, 2, 1, 8, 0, tzinfo=UTC),
        datetime(2027, 5, 14, 21, 59, tzinfo=UTC),
    )
    assert (made.late_policy, made.grace_minutes, made.entry_path) == (LatePolicy.GRACE, 30, EntryPath.NOMINATED)
    assert (made.economy_limit, made.several_categories, made.reference_prefix) == (2, True, "ISC27")
    assert made.declaration_texts[0].text == "It is true."


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"host_economy_code": ""}, "Choose the economy that is the host."),
        ({"entries_open_at": "2027-03-28T02:30"}, "does not exist in Berlin"),
        ({"slug": "New One"}, "Use 3 to 60 small letters"),
        ({"slug": "new"}, "Use 3 to 60 small letters"),
        ({"entries_close_at": "2027-01-01T10:00"}, "Entries close before they open."),
        ({"title": "   "}, "Give the competition a title."),
        ({"late_policy": "grace"}, "Say how many minutes of grace there are."),
        ({"entry_path": "lottery"}, "Not a valid choice"),
        ({"economy_limit": "many"}, "Not a valid integer value"),
        ({"declaration": ""}, "Write what entrants declare."),
        ({"time_zone": "Mars/Olympus"}, "Not a valid choice"),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(
    administrator: FlaskClient, changes: dict[str, str], message: str
) -> None:
    reply = administrator.post("/competitions/new", data=typed(**changes))
    page = reply.get_data(as_text=True)
    assert (reply.status_code, message in page) == (422, True)
    assert "Long **text** that must not be lost" in page
    assert db.session.scalar(select(func.count()).select_from(Competition)) == 0


def test_preview_renders_and_saves_nothing(administrator: FlaskClient) -> None:
    page = administrator.post("/competitions/new", data=typed(preview="1", title="")).get_data(as_text=True)
    assert "Long <strong>text</strong> that must not be lost" in page
    assert db.session.scalar(select(func.count()).select_from(Competition)) == 0


def test_second_tab_is_told_keeps_its_text_and_may_save_then(desk: FlaskClient, competition: Competition) -> None:
    address, seen = f"/competitions/{competition}/manage/settings", str(competition.lock_version)
    own = {"slug": competition.slug, "lock_version": seen}
    assert desk.post(address, data=typed(**own, city="Bonn")).status_code == 302
    second = desk.post(address, data=typed(**own, city="Jena", tagline="Typed for an hour"))
    page = second.get_data(as_text=True)
    assert (second.status_code, "Somebody else changed the settings" in page) == (409, True)
    assert ("Typed for an hour" in page, 'value="Jena"' in page, "Bonn" in page) == (True, True, True)
    db.session.expire_all()
    assert competition.city == "Bonn"
    third = desk.post(address, data=typed(**(own | {"lock_version": str(competition.lock_version)}), city="Jena"))
    assert third.status_code == 302
    db.session.expire_all()
    assert competition.city == "Jena"


def test_organiser_of_a_competition_makes_its_next_edition(
    desk: FlaskClient, competition: Competition, organiser: Account
) -> None:
    address = f"/competitions/{competition}/clone"
    assert "Next edition of" in desk.get(address).get_data(as_text=True)
    assert desk.post(address, data={"title": "Again"}).status_code == 422
    sent = {"title": "Again", "slug": "again-2014", "reference_prefix": "ISC14", "opens_on": "2014-04-01"}
    assert desk.post(address, data=sent).location == "/competitions/again-2014/manage/settings"
    copy = the_competition("again-2014")
    assert [grant.account_id for grant in staff_grants(copy.scope, STAFF_ROLES)] == [organiser.id]
    db.session.remove()  # a person's roles are read once for each request, and tests share one session
    assert desk.get("/competitions/again-2014/manage/").status_code == 200


def test_categories_are_added_changed_moved_and_taken_away(desk: FlaskClient, competition: Competition) -> None:
    address = f"/competitions/{competition}/manage/categories"
    assert desk.post(f"{address}/new", data={"label": "Clean energy"}).status_code == 422
    desk.post(f"{address}/new", data={"label": "Water"})
    db.session.expire_all()
    water = competition.categories[1]
    desk.post(f"{address}/{water.id}", data={"label": "Water and sanitation", "description": "Saved or cleaned"})
    desk.post(f"{address}/{water.id}/up")
    db.session.expire_all()
    assert [each.label for each in competition.categories] == ["Water and sanitation", "Clean energy"]
    assert "Water and sanitation" in desk.get(address).get_data(as_text=True)
    desk.post(f"{address}/{water.id}/delete")
    db.session.expire_all()
    assert [each.label for each in competition.categories] == ["Clean energy"]


def test_category_of_an_entry_stays(desk: FlaskClient, competition: Competition) -> None:
    make_entry(competition, make_account())
    category = competition.categories[0]
    reply = desk.post(
        f"/competitions/{competition}/manage/categories/{category.id}/delete",
        headers={"Referer": f"/competitions/{competition}/manage/categories"},
        follow_redirects=True,
    )
    assert "stands in Clean energy, so it stays." in reply.get_data(as_text=True)


def test_declaration_gets_a_new_version(desk: FlaskClient, competition: Competition) -> None:
    address = f"/competitions/{competition}/manage/declarations"
    assert desk.post(address, data={"text": " "}).status_code == 422
    desk.post(address, data={"text": "Another text."})
    page = desk.get(address).get_data(as_text=True)
    assert ("Version 2" in page, "Version 1" in page) == (True, True)


def ask_more(competition: Competition) -> None:
    """Let the entry form ask for a share and a stage."""
    draft = draft_version_of(competition.questionnaire, actor=None, now=MADE_AT)
    stages = (Option("idea", "An idea"), Option("pilot", "A pilot"))
    add_question(draft, QuestionSpec(QuestionKind.NUMBER, "Share"), actor=None, now=MADE_AT)
    add_question(draft, QuestionSpec(QuestionKind.ONE_OF, "Stage", options=stages), actor=None, now=MADE_AT)
    publish_version(draft, actor=None, now=MADE_AT)
    db.session.commit()


def test_rules_are_set_by_form_and_rules_on_answers_stay(desk: FlaskClient, competition: Competition) -> None:
    ask_more(competition)
    address = f"/competitions/{competition}/manage/eligibility"
    by_label = {"question": "stage", "comparison": "is-not", "value": "an IDEA"}
    assert desk.post(f"{address}/answers", data=by_label).status_code == 302
    sent = {
        "economies": ["PE", "CHL"],
        "sizes": ["1-9"],
        "years_at_most": "10",
        "team_at_least": "2",
        "woman_in_team": "y",
        "ownership_question": "share",
        "ownership_at_least": "50",
    }
    assert desk.post(address, data=sent).status_code == 302
    db.session.expire_all()
    assert rules_of(competition) == [
        Rule(kind=RuleKind.ECONOMY, values=("PE", "CHL")),
        Rule(kind=RuleKind.SIZE, values=("1-9",)),
        Rule(kind=RuleKind.YEARS_AT_MOST, number=10),
        Rule(kind=RuleKind.TEAM, number=2),
        Rule(kind=RuleKind.WOMAN_IN_TEAM),
        Rule(kind=RuleKind.OWNERSHIP, question="share", label="Share", number=50),
        Rule(kind=RuleKind.ANSWER, question="stage", label="Stage", comparison=RuleComparison.IS_NOT, value="idea"),
    ]
    page = desk.get(address).get_data(as_text=True)
    assert 'name="years_at_most" type="number" value="10"' in page or 'value="10"' in page
    desk.post(f"{address}/answers/delete", data={"rule": "answer:stage:is-not:idea"})
    desk.post(address, data={"ownership_question": ""})
    db.session.expire_all()
    assert rules_of(competition) == []


@pytest.mark.parametrize(
    ("path", "sent", "message"),
    [
        ("", {"years_at_most": "0"}, "Write a number of years from 1 to 200."),
        ("", {"economies": "XX"}, "valid choice"),
        ("", {"ownership_question": "share"}, "Write a share above 0 and up to 100."),
        ("/answers", {"question": "share", "comparison": "includes", "value": "1"}, "cannot be compared in this way"),
        ("/answers", {"question": "gone", "comparison": "is", "value": "1"}, "Not a valid choice"),
        ("/answers", {"question": "stage", "comparison": "is", "value": "growth"}, "is no answer to “Stage”"),
    ],
)
def test_rule_that_cannot_be_kept_is_told(
    desk: FlaskClient, competition: Competition, path: str, sent: dict[str, str], message: str
) -> None:
    ask_more(competition)
    reply = desk.post(f"/competitions/{competition}/manage/eligibility{path}", data=sent)
    assert (reply.status_code, message in reply.get_data(as_text=True)) == (422, True)
    db.session.expire_all()
    assert competition.eligibility == []


def test_staff_is_added_by_address_and_ended(desk: FlaskClient, competition: Competition) -> None:
    make_account("officer@gtn.example", family_name="Officer")
    address = f"/competitions/{competition}/manage/staff"
    assert desk.post(address, data={"email": "OFFICER@gtn.example", "role": "judge"}).status_code == 422
    desk.post(address, data={"email": "OFFICER@gtn.example", "role": "integrity-officer"})
    grants = staff_grants(competition.scope, STAFF_ROLES)
    assert [grant.role for grant in grants] == [Role.ORGANISER, Role.INTEGRITY_OFFICER]
    desk.post(f"{address}/{grants[1].id}/end")
    assert len(staff_grants(competition.scope, STAFF_ROLES)) == 1
    desk.post(f"{address}/{grants[0].id}/end")
    assert len(staff_grants(competition.scope, STAFF_ROLES)) == 1


def test_staff_without_an_account_is_invited_and_the_invitation_withdrawn(
    desk: FlaskClient, competition: Competition
) -> None:
    address = f"/competitions/{competition}/manage/staff"
    desk.post(address, data={"email": "Hana@firm.example", "role": "helper"})
    invitation = db.session.scalars(select(Invitation)).one()
    assert (invitation.role, invitation.scope) == (Role.HELPER, competition.scope)
    assert "Hana@firm.example" in desk.get(address).text
    desk.post(f"{address}/invitations/{invitation.id}/withdraw")
    assert "Hana@firm.example" not in desk.get(address).text.split("data-table")[1]
    assert desk.post(f"{address}/invitations/{invitation.id}/resend").status_code == 404


def test_judge_is_no_staff_and_cannot_be_ended_there(desk: FlaskClient, competition: Competition) -> None:
    grant = grant_role(make_account("judge@jury.example"), Role.JUDGE, competition.scope)
    assert desk.post(f"/competitions/{competition}/manage/staff/{grant.id}/end").status_code == 404


def test_draft_is_published_closed_and_opened_again(desk: FlaskClient, competition: Competition) -> None:
    competition.state = CompetitionState.DRAFT
    db.session.commit()
    states = []
    for step in ("publish", "close", "reopen"):
        assert desk.get(f"/competitions/{competition}/manage/{step}").status_code == 200
        desk.post(f"/competitions/{competition}/manage/{step}")
        db.session.expire_all()
        states.append(competition.state)
    assert states == [CompetitionState.PUBLISHED, CompetitionState.CLOSED, CompetitionState.PUBLISHED]


def test_draft_without_category_says_what_is_missing(client: FlaskClient) -> None:
    draft = make_competition("draft-one", state=CompetitionState.DRAFT)
    db.session.delete(draft.categories[0])
    account = make_account()
    grant_role(account, Role.ORGANISER, draft.scope)
    sign_in(client, account)
    for page in ("publish", ""):
        assert "has no category. Add one first." in client.get(f"/competitions/{draft}/manage/{page}").text
    client.post(f"/competitions/{draft}/manage/publish")
    db.session.expire_all()
    assert draft.state is CompetitionState.DRAFT


def test_entry_form_is_edited_below_the_competition(desk: FlaskClient, competition: Competition) -> None:
    page = desk.get(f"/competitions/{competition}/manage/questionnaire")
    assert (page.status_code, "What it does" in page.get_data(as_text=True)) == (200, True)
