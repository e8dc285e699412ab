"""The coordinator's pages: only their own economy, nothing sensitive, and nobody else at them."""

import csv
import io
import re
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from gtn_events.accounts.domain.roles import end_grant
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, RoleGrant
from gtn_events.competition.domain.endorsement import endorse_entry
from gtn_events.competition.enums import Endorsement, EntryPath, EntryState, JudgeState
from gtn_events.competition.models import Competition, Entry, EntryMember, EntryVersion
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.permissions import Scope
from gtn_events.core.uploads import FileKind, store_upload
from gtn_events.questionnaire.domain.drafts import add_question
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.domain.versions import draft_version_of, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.models import Answer, SensitiveAnswer
from tests.accounts.pages import field_errors, messages, words
from tests.competition.economy.desks import NOW, OVER, make_coordinator, make_entries, make_nomination
from tests.competition.factories import MADE_AT, make_entry, make_judge
from tests.factories import grant_role, make_account, sign_in
from tests.queries import count_queries

URL = "/competitions/sme-competition-2013/economy"


@pytest.fixture(autouse=True)
def _moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def desk(client: FlaskClient, coordinator: Account) -> FlaskClient:
    sign_in(client, coordinator)
    return client


@pytest.fixture
def entries(competition: Competition, entrant: Account) -> list[Entry]:
    return make_entries(competition, entrant)


@pytest.fixture
def foreign(competition: Competition) -> Entry:
    chilean = make_account("diego@firm.example", economy_code="CHL")
    return make_entry(competition, chilean, "Salt from Chile", state=EntryState.SUBMITTED)


def page_of(entry: Entry, act: str = "") -> str:
    return f"{URL}/entries/{entry.reference}{act}"


def fields(page: str, act: str) -> dict[str, str]:
    """What the form of an act sends beside what is typed."""
    form = page.partition(f'/{act}"')[2].partition("</form>")[0]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="(\w*)"', form))


def test_the_list_is_of_ones_own_economy_only(desk: FlaskClient, entries: list[Entry], foreign: Entry) -> None:
    page = desk.get(f"{URL}/").text
    assert [entry.title in page for entry in (*entries, foreign)] == [True, True, True, False]
    exported = desk.post(f"{URL}/export").get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(exported)))
    assert [row[2] for row in rows[1:]] == [entry.title for entry in entries]
    assert (
        db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)).all()[-1]
        == "list of an economy exported"
    )


def test_no_page_or_act_reaches_another_economys_entry(
    desk: FlaskClient, foreign: Entry, competition: Competition
) -> None:
    acts = {"": "get", "/endorse": "post", "/decline": "post", "/take-back": "post", "/move": "post"}
    data = {"reason": "No", "direction": "up"}
    found = {act: getattr(desk, method)(page_of(foreign, act), data=data).status_code for act, method in acts.items()}
    assert found == dict.fromkeys(acts, 404)
    nomination = make_nomination(competition, make_coordinator("chl@gtn.example", "CHL"), code="CHL")
    for act in ("remind", "withdraw"):
        assert desk.post(f"{URL}/nominations/{nomination.id}/{act}").status_code == 404
    firm = {"economy_code": "CHL", "organisation_name": "A firm", "name": "Ana", "email": "ana@firm.example"}
    assert desk.post(f"{URL}/nominate", data=firm).status_code == 422


@pytest.mark.parametrize("who", ["entrant", "organiser", "judge", "former coordinator"])
def test_for_everybody_else_there_is_no_such_page(
    client: FlaskClient, competition: Competition, entries: list[Entry], coordinator: Account, who: str
) -> None:
    person = make_account(f"{who.replace(' ', '.')}@other.example")
    if who == "organiser":
        grant_role(person, Role.ORGANISER, competition.scope)
    if who == "judge":
        grant_role(person, Role.JUDGE, competition.scope)
        make_judge(competition, person)
    if who == "former coordinator":
        person = coordinator
        grant = db.session.scalars(select(RoleGrant).where(RoleGrant.account_id == person.id)).one()
        end_grant(grant, actor=None, now=MADE_AT)
        db.session.commit()
    sign_in(client, person)
    pages = (f"{URL}/", f"{URL}/nominate", page_of(entries[0]))
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]


def test_a_stranger_signs_in_first(client: FlaskClient, competition: Competition) -> None:
    assert client.get(f"{URL}/").location.startswith("/sign-in")


def test_on_the_open_path_there_is_no_such_page(desk: FlaskClient, competition: Competition) -> None:
    competition.entry_path = EntryPath.OPEN
    db.session.commit()
    assert desk.get(f"{URL}/").status_code == 404
    assert "My economy" not in desk.get("/competitions/sme-competition-2013/").text


def test_a_coordinator_who_judges_here_sees_no_entry(
    desk: FlaskClient, competition: Competition, coordinator: Account, entries: list[Entry]
) -> None:
    judge = make_judge(competition, coordinator, economy_code="CHL")
    for page in (f"{URL}/", page_of(entries[0])):
        reply = desk.get(page)
        assert (reply.status_code, entries[0].title in reply.text) == (403, False)
    judge.state = JudgeState.LEFT
    db.session.commit()
    assert desk.get(f"{URL}/").status_code == 200


def test_an_entry_shows_what_is_not_sensitive(
    desk: FlaskClient, competition: Competition, entrant: Account, organiser: Account
) -> None:
    draft = draft_version_of(competition.questionnaire, actor=None, now=MADE_AT)
    add_question(draft, QuestionSpec(QuestionKind.SHORT_TEXT, "Licence", sensitive=True), actor=None, now=MADE_AT)
    publish_version(draft, actor=None, now=MADE_AT)
    entry = make_entries(competition, entrant, 1)[0]
    key = entry.answer_set.version.questions[-1].key
    entry.answer_set.answers = [Answer(key="solution", value="Keeps fish cold.")]
    entry.answer_set.sensitive_answers = [SensitiveAnswer(key=key, value="L-4711")]
    entry.members = [EntryMember(position=1, name="Rosa", role="Founder", email="rosa.private@firm.example")]
    db.session.commit()
    page = desk.get(page_of(entry)).text
    assert ("Keeps fish cold." in page, "Rosa, Founder" in page) == (True, True)
    assert ("L-4711" in page, "rosa.private" in page, "Licence" in page) == (False, False, False)


def test_a_file_is_sent_with_its_own_entry_only(
    desk: FlaskClient, competition: Competition, entrant: Account, foreign: Entry
) -> None:
    draft = draft_version_of(competition.questionnaire, actor=None, now=MADE_AT)
    for label, sensitive in (("Deck", False), ("Passport", True)):
        spec = QuestionSpec(QuestionKind.FILE, label, sensitive=sensitive)
        add_question(draft, spec, actor=None, now=MADE_AT)
    publish_version(draft, actor=None, now=MADE_AT)
    entry = make_entries(competition, entrant, 1)[0]
    deck, passport = (question.key for question in entry.answer_set.version.questions[-2:])
    uploads = [
        store_upload(
            FileStorage(io.BytesIO(name.encode()), filename=f"{name}.txt"),
            allowed=[FileKind.TEXT],
            max_bytes=1000,
            owner_id=entrant.id,
            now=MADE_AT,
        )
        for name in ("deck", "passport")
    ]
    entry.answer_set.answers = [Answer(key=deck, value=uploads[0].id, upload_id=uploads[0].id)]
    entry.answer_set.sensitive_answers = [SensitiveAnswer(key=passport, value=uploads[1].id)]
    db.session.commit()
    addresses = [page_of(entry, f"/files/{each.id}") for each in uploads]
    assert addresses[0] in desk.get(page_of(entry)).text
    replies = [desk.get(address) for address in (*addresses, page_of(foreign, f"/files/{uploads[0].id}"))]
    assert [reply.status_code for reply in replies] == [200, 404, 404]
    replies[0].close()


def test_endorsing_gives_places_until_there_are_none(
    desk: FlaskClient, competition: Competition, entries: list[Entry]
) -> None:
    for entry in entries:
        reply = desk.post(page_of(entry, "/endorse"), follow_redirects=True)
    assert messages(reply) == ["“Entry 3” is in reserve: every place is given. Its entrant is told."]
    page = words(desk.get(f"{URL}/").text)
    assert "Places 2 of 2 0 are free" in page
    desk.post(page_of(entries[2], "/move"), data={"direction": "up"})
    db.session.expire_all()
    assert [entry.endorsement for entry in entries] == [
        Endorsement.ENDORSED,
        Endorsement.RESERVE,
        Endorsement.ENDORSED,
    ]
    assert desk.post(page_of(entries[2], "/move"), data={"direction": "sideways"}).status_code == 404
    desk.post(page_of(entries[0], "/take-back"))
    db.session.expire_all()
    assert entries[1].endorsement is Endorsement.ENDORSED


def test_declining_asks_for_a_reason_and_keeps_what_was_typed(desk: FlaskClient, entries: list[Entry]) -> None:
    reply = desk.post(page_of(entries[0], "/decline"), data={"reason": "  "})
    assert (reply.status_code, field_errors(reply)) == (422, {"reason": "Give a reason: the entrant will read it."})
    reply = desk.post(page_of(entries[0], "/decline"), data={"reason": "No product yet."}, follow_redirects=True)
    assert messages(reply) == ["“Entry 1” is not endorsed. Its entrant is told why."]
    assert "Reason given: No product yet." in words(reply.text)


@pytest.mark.parametrize("act", ["endorse", "decline"])
def test_a_version_that_nobody_read_is_not_decided_on(desk: FlaskClient, entries: list[Entry], act: str) -> None:
    read = fields(desk.get(page_of(entries[0])).text, act)
    sent = {"sent_by_id": entries[0].account_id, "content": {}, "sha256": "0" * 64, "sent_at": NOW}
    entries[0].versions = [EntryVersion(number=1, **sent)]
    db.session.commit()
    late = desk.post(page_of(entries[0], f"/{act}"), data=read | {"reason": "No product yet."}, follow_redirects=True)
    assert "The entrant has sent another version meanwhile. Read it, then decide." in words(late.text)
    assert ("No product yet." in late.text) == (act == "decline")
    db.session.expire_all()
    assert entries[0].endorsement is Endorsement.WAITING
    now = fields(desk.get(page_of(entries[0])).text, act)
    desk.post(page_of(entries[0], f"/{act}"), data=now | {"reason": "No product yet."})
    db.session.expire_all()
    assert entries[0].endorsement is not Endorsement.WAITING


def test_after_the_date_the_page_says_so_and_nothing_is_done(
    desk: FlaskClient, coordinator: Account, entries: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: OVER)
    sign_in(desk, coordinator)
    page = desk.get(page_of(entries[0])).text
    assert ("is over" in page, "/endorse" in page) == (True, False)
    desk.post(page_of(entries[0], "/endorse"))
    db.session.expire_all()
    assert entries[0].endorsement is Endorsement.WAITING


def test_who_stands_behind_an_entry_gets_no_buttons(
    desk: FlaskClient, coordinator: Account, entries: list[Entry]
) -> None:
    entries[0].account = coordinator
    db.session.commit()
    page = desk.get(page_of(entries[0])).text
    assert ("You stand behind this entry yourself" in page, "/endorse" in page) == (True, False)


def test_a_version_that_was_sent_after_the_decision_is_marked(
    desk: FlaskClient, coordinator: Account, entries: list[Entry]
) -> None:
    endorse_entry(entries[0], actor=coordinator, now=NOW)
    sent = {"sent_by_id": entries[0].account_id, "content": {}, "sha256": "0" * 64}
    entries[0].versions = [EntryVersion(number=2, sent_at=NOW + timedelta(minutes=5), **sent)]
    db.session.commit()
    assert "Changed since" in desk.get(f"{URL}/").text
    assert "Another version was sent after you decided." in desk.get(page_of(entries[0])).text


def test_a_coordinator_of_two_economies_sees_both_apart(
    desk: FlaskClient, coordinator: Account, entries: list[Entry], foreign: Entry
) -> None:
    grant_role(coordinator, Role.ECONOMY_COORDINATOR, Scope("economy", 4))
    page = desk.get(f"{URL}/").text
    assert (page.index("Salt from Chile") < page.index("Entry 1"), "My economies" in page) == (True, True)
    assert desk.get(page_of(foreign)).status_code == 200


def test_the_list_asks_the_database_the_same_number_of_times_at_every_length(
    desk: FlaskClient, competition: Competition, entrant: Account
) -> None:
    def asked() -> int:
        db.session.expire_all()
        with count_queries() as queries:
            assert desk.get(f"{URL}/").status_code == 200
        return len(queries)

    make_entries(competition, entrant, 1)
    few = asked()
    make_entries(competition, entrant, 6)
    assert asked() == few


def test_home_says_what_waits_until_when(desk: FlaskClient, entries: list[Entry], competition: Competition) -> None:
    page = desk.get("/home").text
    assert ("3 entries to endorse or decline" in page, "0 of 2 places" in page) == (True, True)
    competition.endorsement_closes_at = NOW
    db.session.commit()
    assert "to endorse or decline" not in desk.get("/home").text


def test_home_of_a_judge_names_no_economy(
    desk: FlaskClient, entries: list[Entry], competition: Competition, coordinator: Account
) -> None:
    make_judge(competition, coordinator)
    assert "to endorse or decline" not in desk.get("/home").text


@pytest.mark.parametrize("until", [NOW, OVER])
def test_the_entrant_reads_where_it_stands(
    client: FlaskClient, competition: Competition, entrant: Account, entries: list[Entry], until: datetime
) -> None:
    competition.endorsement_closes_at = until
    db.session.commit()
    sign_in(client, entrant)
    page = client.get(f"/competitions/{competition}/my/{entries[0].reference}").text
    expected = "Peru did not decide in time" if until == NOW else "The coordinator of Peru decides whether"
    assert expected in page


def test_the_entrant_reads_the_reason_and_the_place_in_reserve(
    client: FlaskClient, desk: FlaskClient, competition: Competition, entrant: Account, entries: list[Entry]
) -> None:
    for entry in entries:
        desk.post(page_of(entry, "/endorse"))
    desk.post(page_of(entries[0], "/decline"), data={"reason": "No product yet."})
    competition.economy_limit = 1
    desk.post(page_of(entries[2], "/move"), data={"direction": "down"})
    client.delete_cookie("gtn-account")
    sign_in(client, entrant)
    read = [words(client.get(f"/competitions/{competition}/my/{entry.reference}").text) for entry in entries]
    assert "The reason of Peru: No product yet." in read[0]
    assert "Peru endorses it, and it holds one of the places" in read[1]
