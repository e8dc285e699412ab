"""The organiser's list of entries and the page of one: what they show, decide and export."""

import csv
import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from gtn_events.accounts.domain.roles import end_grant
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, RoleGrant
from gtn_events.competition.enums import EntryState
from gtn_events.competition.models import (
    Competition,
    CompetitionCategory,
    Entry,
    EntryCategory,
    EntryMember,
    EntryVersion,
)
from gtn_events.competition.queries.near_duplicates import likeness, look_alikes
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, run_due_jobs
from gtn_events.core.journal import JournalEntry
from gtn_events.core.uploads import Upload
from gtn_events.core.uploads.serving import upload_path
from gtn_events.eligibility.domain.rules import Rule
from gtn_events.eligibility.enums import RuleKind
from gtn_events.questionnaire.domain.drafts import add_question
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.domain.versions import draft_version_of, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.models import Answer, SensitiveAnswer
from tests.competition.factories import MADE_AT, make_competition, make_entry
from tests.factories import grant_role, make_account, sign_in
from tests.queries import count_queries

State = EntryState
YOUNG = Rule(kind=RuleKind.YEARS_AT_MOST, number=3)


@pytest.fixture
def entrant(competition: Competition) -> Account:
    return make_account()


def entries(competition: Competition, entrant: Account, count: int, state: State = State.SUBMITTED) -> list[Entry]:
    return [
        make_entry(
            competition, entrant, f"Idea {number:03d}", state=state, submitted_at=MADE_AT + timedelta(minutes=number)
        )
        for number in range(count)
    ]


def list_of(competition: Competition) -> str:
    return f"/competitions/{competition}/manage/entries"


def titles(page: str) -> list[str]:
    return [
        part.split("</a>")[0] for part in page.split("manage/entries/ISC13-")[1:] for part in [part.split('">', 1)[1]]
    ]


def test_list_is_narrowed_by_state_category_economy_and_words(
    desk: FlaskClient, competition: Competition, entrant: Account
) -> None:
    water = CompetitionCategory(competition=competition, key="water", label="Water", position=2)
    db.session.add(water)
    wet = make_entry(competition, entrant, "Membrane", state=State.LATE, organisation_name="Lumière SARL")
    wet.entry_categories = [EntryCategory(category=water)]
    make_entry(competition, entrant, "Boards", economy_code="VN")
    db.session.commit()
    address = list_of(competition)
    assert titles(desk.get(address).text) == ["Boards", "Membrane"]
    for query, found in (
        ("state=late", ["Membrane"]),
        (f"category={water.id}", ["Membrane"]),
        ("economy=VN", ["Boards"]),
        ("q=lumiere", ["Membrane"]),
        (f"q={wet.reference.lower()}", ["Membrane"]),
        ("q=nothing", []),
        ("sort=-title", ["Membrane", "Boards"]),
    ):
        assert titles(desk.get(f"{address}?{query}").text) == found, query


def test_chips_count_every_state_under_the_other_filters(
    desk: FlaskClient, competition: Competition, entrant: Account
) -> None:
    entries(competition, entrant, 2)
    make_entry(competition, entrant, economy_code="VN")
    page = desk.get(f"{list_of(competition)}?economy=PE&state=submitted").text
    assert ("Received <strong>2</strong>" in page, "Admitted <strong>" in page) == (True, False)


def test_list_is_paged_by_place_and_counts_queries_alike_at_every_length(
    desk: FlaskClient, competition: Competition, entrant: Account
) -> None:
    competition.eligibility = [YOUNG.to_json(), Rule(kind=RuleKind.NO_PREVIOUS_WINNER).to_json()]
    entries(competition, entrant, 3)
    address = list_of(competition)
    db.session.commit()
    with count_queries() as few:
        desk.get(address)
    entries(competition, entrant, 57)
    with count_queries() as many:
        page = desk.get(address).text
    assert len(few) == len(many)
    assert (titles(page)[-1], "1–25 of 60" in page) == ("Idea 021", True)
    following = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "26–50 of 60" in desk.get(following).text


def test_list_says_which_entries_keep_the_rules(desk: FlaskClient, competition: Competition, entrant: Account) -> None:
    competition.eligibility = [YOUNG.to_json()]
    make_entry(competition, entrant, founded_in=2012)
    make_entry(competition, entrant, "Old")
    page = desk.get(list_of(competition)).text
    assert (page.count("1 not kept"), page.count(">Kept<")) == (1, 1)


def test_preview_changes_nothing_and_the_act_does(
    desk: FlaskClient, competition: Competition, entrant: Account
) -> None:
    found = entries(competition, entrant, 2)
    sent = {"action": "admit", "ids": [str(each.id) for each in found]}
    assert "Admit 2 entries?" in desk.post(f"{list_of(competition)}/effect", data=sent).text
    assert [each.state for each in found] == [State.SUBMITTED] * 2
    assert "2 entries changed" in desk.post(f"{list_of(competition)}/act", data=sent).text
    db.session.expire_all()
    assert [each.state for each in found] == [State.ADMITTED] * 2


@pytest.mark.parametrize("act", ["effect", "act"])
def test_number_that_no_entry_can_have_is_none_of_the_chosen(
    desk: FlaskClient, competition: Competition, act: str
) -> None:
    reply = desk.post(f"{list_of(competition)}/{act}", data={"action": "admit", "ids": "99999999999"})
    assert reply.status_code == {"effect": 302, "act": 200}[act]


def test_whole_filter_is_decided_on_and_entries_of_others_are_not(
    desk: FlaskClient, competition: Competition, entrant: Account
) -> None:
    found, other = (
        entries(competition, entrant, 2),
        make_entry(make_competition("other"), entrant, state=State.SUBMITTED),
    )
    left = make_entry(competition, entrant, state=State.SUBMITTED, economy_code="VN")
    sent = {"action": "refuse", "all": "1", "list": "economy=PE", "reason": "No SME."}
    desk.post(f"{list_of(competition)}/act", data=sent)
    desk.post(f"{list_of(competition)}/act", data={"action": "admit", "ids": str(other.id)})
    db.session.expire_all()
    assert [each.state for each in (*found, left, other)] == [
        State.INELIGIBLE,
        State.INELIGIBLE,
        State.SUBMITTED,
        State.SUBMITTED,
    ]


def test_refusing_many_asks_for_a_reason(desk: FlaskClient, competition: Competition, entrant: Account) -> None:
    found = entries(competition, entrant, 1)
    reply = desk.post(f"{list_of(competition)}/act", data={"action": "refuse", "ids": str(found[0].id)})
    assert (reply.status_code, "Give a reason" in reply.text) == (422, True)
    assert desk.post(f"{list_of(competition)}/effect", data={"action": "withdraw"}).status_code == 404
    assert desk.post(f"{list_of(competition)}/effect", data={"action": "admit"}).status_code == 302


def test_lines_in_the_address_of_the_list_are_no_header(desk: FlaskClient, competition: Competition) -> None:
    answer = desk.post(f"{list_of(competition)}/effect", data={"action": "admit", "list": "q=Rosa\r\nX-Evil: 1"})
    assert (answer.status_code, answer.location) == (302, f"{list_of(competition)}?q=Rosa%0D%0AX-Evil%3A+1")


def test_more_than_a_hundred_become_a_job(
    desk: FlaskClient, competition: Competition, entrant: Account, now: datetime
) -> None:
    found = entries(competition, entrant, 101)
    reply = desk.post(f"{list_of(competition)}/act", data={"action": "admit", "all": "1", "list": ""})
    assert (reply.status_code, {each.state for each in found}) == (302, {State.SUBMITTED})
    run_due_jobs(now)
    db.session.expire_all()
    job = db.session.scalars(select(Job)).one()
    assert ({each.state for each in found}, job.done, job.failures) == ({State.ADMITTED}, 101, [])


def test_export_holds_answers_in_protocol_order_and_no_formula(
    desk: FlaskClient, competition: Competition, entrant: Account
) -> None:
    make_entry(competition, entrant, "=HYPERLINK(1)", economy_code="VN")
    entry = make_entry(competition, entrant, "Boards", economy_code="CHL")
    db.session.add(Answer(answer_set=entry.answer_set, key="solution", value="+Presses husk"))
    db.session.commit()
    reply = desk.post(f"{list_of(competition)}/export", data={"format": "csv", "answers": "1", "list": ""})
    lines = list(csv.reader(io.StringIO(reply.get_data(as_text=True).removeprefix("\ufeff"))))
    assert [line[2] for line in lines] == ["Title", "Boards", "'=HYPERLINK(1)"]
    assert (lines[0][-1], lines[1][-1], lines[1][7]) == ("What it does", "'+Presses husk", "Clean energy")
    with desk.post(f"{list_of(competition)}/export", data={"format": "xlsx", "list": "economy=VN"}) as workbook:
        sheet = load_workbook(io.BytesIO(workbook.data)).active
    assert [[cell.value for cell in row][2] for row in sheet.iter_rows()] == ["Title", "=HYPERLINK(1)"]
    assert sheet["C2"].data_type == "s"
    exports = select(JournalEntry.changes).where(JournalEntry.action == "list exported").order_by(JournalEntry.id)
    assert [changes["rows"] for changes in db.session.scalars(exports)] == [[None, 2], [None, 1]]


def test_export_asks_first_and_says_what_it_is_narrowed_to(
    desk: FlaskClient, competition: Competition, entrant: Account
) -> None:
    entries(competition, entrant, 2)
    page = desk.get(f"{list_of(competition)}/export?economy=PE&state=submitted").text
    assert ("Export 2 entries" in page, "Narrowed to: Received, Peru" in page) == (True, True)


def test_large_workbook_becomes_a_job(
    desk: FlaskClient, competition: Competition, entrant: Account, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gtn_events.competition.views.manage.entry_export.XLSX_AT_ONCE", 1)
    entries(competition, entrant, 2)
    reply = desk.post(f"{list_of(competition)}/export", data={"format": "xlsx", "answers": "1", "list": ""})
    run_due_jobs(now)
    job = db.session.scalars(select(Job)).one()
    assert (reply.status_code, job.failures, job.result_upload_id is not None) == (302, [], True)


def test_whoever_works_there_no_more_fetches_no_list_they_had_made(
    desk: FlaskClient, competition: Competition, organiser: Account, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gtn_events.competition.views.manage.entry_export.XLSX_AT_ONCE", 0)
    make_entry(competition, organiser)
    desk.post(f"{list_of(competition)}/export", data={"format": "xlsx", "list": ""})
    run_due_jobs(now)
    address = f"/jobs/{db.session.scalars(select(Job.id)).one()}/result"
    reply = desk.get(address)
    assert reply.status_code == 200
    reply.close()
    end_grant(db.session.scalars(select(RoleGrant)).one(), actor=None, now=now)
    db.session.commit()
    db.session.remove()  # a person's roles are read once for each request, and tests share one session
    assert desk.get(address).status_code == 404


@pytest.mark.parametrize("reason", ["No\x1b SME", "\u202eNo SME", "No SME" * 1_000])
def test_reason_is_kept_clean_and_not_endless(
    desk: FlaskClient, competition: Competition, entrant: Account, reason: str
) -> None:
    entry = make_entry(competition, entrant, state=State.SUBMITTED)
    desk.post(f"{list_of(competition)}/{entry.reference}/act", data={"action": "refuse", "reason": reason})
    db.session.expire_all()
    assert entry.state_reason is not None
    assert (entry.state_reason[:6], len(entry.state_reason) <= 2_000) == ("No SME", True)


def test_entry_is_decided_on_at_its_page(desk: FlaskClient, competition: Competition, entrant: Account) -> None:
    entry = make_entry(competition, entrant, state=State.LATE)
    address = f"{list_of(competition)}/{entry.reference}"
    steps = (
        ({"action": "accept-late"}, State.SUBMITTED),
        ({"action": "refuse", "reason": "No SME."}, State.INELIGIBLE),
        ({"action": "reconsider"}, State.SUBMITTED),
        ({"action": "admit"}, State.ADMITTED),
        ({"action": "withdraw"}, State.ADMITTED),
        ({"action": "withdraw", "reason": "Asked by telephone."}, State.WITHDRAWN),
    )
    for sent, state in steps:
        desk.post(f"{address}/act", data=sent)
        db.session.expire_all()
        assert entry.state is state, sent
    page = desk.get(address).text
    assert ("Reason given: Asked by telephone." in page, "Entry withdrawn" in page) == (True, True)
    assert desk.post(f"{address}/act", data={"action": "explode"}).status_code == 404


def test_rule_is_let_pass_at_the_page_before_the_entry_is_admitted(
    desk: FlaskClient, competition: Competition, entrant: Account
) -> None:
    competition.eligibility = [YOUNG.to_json()]
    entry = make_entry(competition, entrant, state=State.SUBMITTED)
    address = f"{list_of(competition)}/{entry.reference}"
    page = desk.get(address).text
    assert ("1 rule is not kept." in page, 'value="admit"' in page) == (True, False)
    desk.post(f"{address}/rules", data={"rule": YOUNG.key, "reason": "Founded anew."})
    page = desk.get(address).text
    assert ("Founded anew. (Dewi LESTARI" in page, 'value="admit"' in page) == (True, True)
    desk.post(f"{address}/rules", data={"rule": YOUNG.key, "hold": "1"})
    assert 'value="admit"' not in desk.get(address).text


def test_close_of_one_entry_is_moved_on_the_hosts_clock(
    desk: FlaskClient, competition: Competition, entrant: Account, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setattr("gtn_events.core.clock.now", lambda: now)
    entry = make_entry(competition, entrant)
    address = f"{list_of(competition)}/{entry.reference}"
    assert 'value="2013-05-31T23:59"' in desk.get(f"{address}/extend").text
    early = desk.post(f"{address}/extend", data={"until": "2013-05-31T23:59", "reason": "Flood"})
    assert (early.status_code, "after the close of the call" in early.text) == (422, True)
    assert desk.post(f"{address}/extend", data={"until": "2013-06-02T12:00"}).status_code == 422
    desk.post(f"{address}/extend", data={"until": "2013-06-02T12:00", "reason": "Flood"})
    db.session.expire_all()
    assert entry.extended_until == datetime.fromisoformat("2013-06-02T05:00+00:00")
    assert "Can be changed until" in desk.get(address).text


def test_page_shows_team_versions_files_and_masks_sensitive_answers(
    desk: FlaskClient, competition: Competition, entrant: Account
) -> None:
    draft = draft_version_of(competition.questionnaire, actor=None, now=MADE_AT)
    add_question(draft, QuestionSpec(QuestionKind.FILE, "Slides"), actor=None, now=MADE_AT)
    add_question(draft, QuestionSpec(QuestionKind.SHORT_TEXT, "Diet", sensitive=True), actor=None, now=MADE_AT)
    publish_version(draft, actor=None, now=MADE_AT)
    db.session.expire_all()
    entry = make_entry(competition, entrant, languages=["en", "zh-Hans"])
    file, other = upload("slides.pdf"), upload("secret.pdf")
    db.session.add(Answer(answer_set=entry.answer_set, key="slides", value=file.id, upload_id=file.id))
    db.session.add(SensitiveAnswer(answer_set=entry.answer_set, key="diet", value="No onions"))
    entry.members = [EntryMember(position=1, name="Minh Tran", role="Engineer", gender="man", economy_code="VN")]
    entry.versions = [
        EntryVersion(number=1, sent_at=MADE_AT, sent_by_id=entrant.id, content={}, sha256="ab" * 32, declared_by="Rosa")
    ]
    db.session.commit()
    address = f"{list_of(competition)}/{entry.reference}"
    page = desk.get(address).text
    for words in (
        "Minh Tran",
        "Engineer",
        "Viet Nam",
        "English; Chinese, simplified",
        "slides.pdf",
        "cd" * 32,
        "ab" * 32,
        "••••••",
    ):
        assert words in page, words
    assert "No onions" not in page
    assert "No onions" in desk.post(f"{address}/sensitive").text
    assert "Sensitive answers shown" in desk.get(address).text
    with desk.get(f"{address}/files/{file.id}") as slides:
        assert slides.data == b"%PDF-1.4 slides.pdf"
    assert desk.get(f"{address}/files/{other.id}").status_code == 404
    assert desk.get(f"{address}/files/999").status_code == 404


def upload(name: str) -> Upload:
    row = Upload(
        sha256="cd" * 32, size=19, content_type="application/pdf", name=name, stored_as=name, created_at=MADE_AT
    )
    db.session.add(row)
    db.session.commit()
    path: Path = upload_path(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-1.4 " + name.encode())
    return row


def test_long_answers_read_as_they_were_written(desk: FlaskClient, competition: Competition, entrant: Account) -> None:
    entry = make_entry(competition, entrant)
    entry.answer_set.answers = [
        Answer(key="solution", value="**Presses** husk\n\n| a | b |\n|---|---|\n| 1 | <b>2</b> |")
    ]
    db.session.commit()
    text = desk.get(f"{list_of(competition)}/{entry.reference}").text
    assert ("<strong>Presses</strong>" in text, "<td>1</td>" in text, "<b>2</b>" in text) == (True, True, False)


def test_likeness_is_of_folded_texts() -> None:
    assert likeness("Boards from rice husk", "BOARDS FROM  RICE HUSK") == 1
    assert likeness("Boards from rice husk", "Board of rice husk") > 0.6
    assert likeness("Boards from rice husk", "Cold store without a grid") < 0.2
    assert likeness("", "Boards") == 0


def test_look_alikes_are_found_across_categories_and_earlier_editions(
    desk: FlaskClient, competition: Competition, entrant: Account
) -> None:
    last_year = make_competition("last-year")
    elsewhere = make_competition("elsewhere")
    competition.cloned_from_id = last_year.id
    old = make_entry(last_year, entrant, "Board of rice husk", organisation_name="Another firm")
    make_entry(elsewhere, entrant, "Boards from rice husk")
    same_firm = make_entry(competition, entrant, "A water meter", organisation_name="ANDES COLD CHAIN")
    make_entry(competition, entrant, "Boards from rice husk", state=State.WITHDRAWN)
    make_entry(competition, entrant, "Membranes", organisation_name="Third firm")
    entry = make_entry(competition, entrant)
    assert [each.reference for each in look_alikes(entry)] == [same_firm.reference, old.reference]
    page = desk.get(f"{list_of(competition)}/{entry.reference}").text
    assert ("Looks like another entry" in page, "A water meter" in page) == (True, True)
    assert f"last-year/manage/entries/{old.reference}" not in page


def test_look_alike_is_found_in_a_text_without_spaces(competition: Competition, entrant: Account) -> None:
    first = make_entry(competition, entrant, "ระบบบำบัดน้ำเสียชุมชน", organisation_name="One")
    second = make_entry(competition, entrant, "ระบบบำบัดน้ำเสียชุมชนใหม่", organisation_name="Two")
    assert [each.reference for each in look_alikes(second)] == [first.reference]


def test_overview_counts_what_came_and_what_waits(
    desk: FlaskClient, competition: Competition, entrant: Account
) -> None:
    competition.economy_limit = 4
    entries(competition, entrant, 2)
    make_entry(competition, entrant, state=State.LATE)
    make_entry(competition, entrant)
    page = desk.get(f"/competitions/{competition}/manage/").text
    assert ("2 entries to decide" in page, "1 late entry to accept or refuse" in page) == (True, True)


def test_helper_of_the_competition_decides_and_reads_no_sensitive_answer(
    client: FlaskClient, competition: Competition, entrant: Account
) -> None:
    entry = make_entry(competition, entrant, state=State.SUBMITTED)
    helper = make_account("helper@gtn.example")
    grant_role(helper, Role.HELPER, competition.scope)
    sign_in(client, helper)
    address = f"{list_of(competition)}/{entry.reference}"
    client.post(f"{address}/act", data={"action": "admit"})
    db.session.expire_all()
    assert (entry.state, client.post(f"{address}/sensitive").status_code) == (State.ADMITTED, 403)
