"""Entering through the web: steps, drafts, rules at once, errors at the field, sending once, other people's drafts."""

import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.competition.enums import EntryState, LatePolicy
from gtn_events.competition.models import Competition, DeclarationText, Entry, EntryDraft
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.core.uploads import Upload
from gtn_events.eligibility.domain.rules import Rule
from gtn_events.eligibility.enums import RuleKind
from gtn_events.questionnaire.domain.drafts import add_question
from gtn_events.questionnaire.domain.questions import Limits, QuestionSpec
from gtn_events.questionnaire.domain.versions import draft_version_of, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from tests.accounts.pages import words
from tests.competition.entrant.entering import CATEGORY, ENTRY, TEAM, URL, begin, fill_in, send, steps_of
from tests.competition.factories import make_competition, make_round
from tests.factories import make_account, make_organisation, sign_in

SCRIPTS = ["陳美玲", "森 はな", "백민준", "พิมพ์ชนก รัตนพร", "Елена Соколова", "Nguyễn Thị Thu Hằng", "王小明"]


@pytest.fixture(autouse=True)
def _moment(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def competition(database: None) -> Competition:
    return make_competition(time_zone="Asia/Jakarta")


@pytest.fixture
def rosa(client: FlaskClient, competition: Competition) -> Account:
    account = make_account()
    sign_in(client, account)
    return account


def draft_row() -> EntryDraft:
    return db.session.scalars(select(EntryDraft)).one()


def ask_for_file(competition: Competition, now: datetime, **values: Any) -> None:
    version = draft_version_of(competition.questionnaire, actor=None, now=now)
    spec = QuestionSpec(QuestionKind.FILE, "Deck", key="deck", step="questions", **values)
    add_question(version, spec, actor=None, now=now)
    publish_version(version, actor=None, now=now)
    db.session.commit()


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (20, 20), (9, 99, 9)).save(file, "PNG")
    file.seek(0)
    return file


def test_the_whole_path_ends_with_one_entry_and_a_receipt(client: FlaskClient, rosa: Account) -> None:
    location = send(client)
    entry = db.session.scalars(select(Entry)).one()
    assert location == f"{URL}/my/{entry.reference}"
    assert (entry.state, entry.title, entry.account_id) == (EntryState.SUBMITTED, "Boards from rice husk", rosa.id)
    assert [member.name for member in entry.members] == ["Rosa Huamán"]
    assert db.session.scalars(select(EntryDraft)).all() == []
    mail = db.session.scalars(select(OutboxMail)).one()
    assert entry.versions[0].sha256 in mail.body_text
    assert "The organiser has your entry" in client.get(location).text


def test_the_firm_is_copied_from_the_profile(client: FlaskClient, competition: Competition) -> None:
    account = make_account(organisation_id=make_organisation("Andes Cold Chain").id)
    sign_in(client, account)
    draft = begin(client)
    assert 'value="Andes Cold Chain"' in client.get(f"{draft}/company").text


def test_a_person_may_have_several_drafts_and_entries(client: FlaskClient, rosa: Account) -> None:
    send(client)
    send(client, entry=ENTRY | {"title": "Cold from the sun"})
    begin(client)
    begin(client)
    page = client.get(f"{URL}/my/").text
    assert page.count("Entry without a title yet") >= 2
    assert "Boards from rice husk" in page
    assert "Cold from the sun" in page


def test_a_second_click_sends_nothing_twice_and_says_so(client: FlaskClient, rosa: Account) -> None:
    draft = begin(client)
    fill_in(client, draft)
    client.post(f"{draft}/check")
    again = client.post(f"{draft}/check", follow_redirects=True)
    assert "nothing was sent twice" in again.text
    assert len(db.session.scalars(select(Entry)).all()) == 1
    assert len(db.session.scalars(select(OutboxMail)).all()) == 1


def test_rules_that_fail_are_shown_at_once_and_do_not_stop_the_draft(client: FlaskClient, rosa: Account) -> None:
    competition = db.session.scalars(select(Competition)).one()
    rules = [
        Rule(kind=RuleKind.SIZE, values=("1-9",)),
        Rule(kind=RuleKind.TEAM, number=2),
        Rule(kind=RuleKind.WOMAN_IN_TEAM),
    ]
    competition.eligibility = [rule.to_json() for rule in rules]
    db.session.commit()
    draft = begin(client)
    assert client.get(f"{draft}/category").text.count("(not known yet)") == 3
    client.post(f"{draft}/category", data=CATEGORY)
    page = client.get(f"{draft}/company").text
    assert "The firm has 10 to 49 employees, which may not enter." in page
    fill_in(client, draft)
    page = client.get(f"{draft}/check").text
    assert "The team has 1 person; at least 2 are asked." in page
    assert page.count("(kept)") == 1
    assert client.post(f"{draft}/check").status_code == 302


def test_sending_with_gaps_names_them_with_links_to_their_fields(client: FlaskClient, rosa: Account) -> None:
    draft = begin(client)
    assert client.post(f"{draft}/entry", data=ENTRY | {"title": " "}).status_code == 422
    answer = client.post(f"{draft}/check")
    assert answer.status_code == 422
    assert f'href="{draft}/entry#title">Title of the entry: Write a title. It is empty.' in answer.text
    assert "Your firm: Not filled in yet" in answer.text
    assert db.session.scalar(select(Entry)) is None


@pytest.mark.parametrize("text", SCRIPTS)
def test_names_and_texts_in_every_script_arrive_as_written(client: FlaskClient, rosa: Account, text: str) -> None:
    location = send(
        client,
        entry=ENTRY | {"title": text, "summary": text},
        team=TEAM | {"members-0-name": text},
        questions={"q_solution": text},
    )
    entry = db.session.scalars(select(Entry)).one()
    assert (entry.title, entry.summary, entry.members[0].name) == (text, text, text)
    assert entry.versions[0].content["answers"] == {"solution": text}
    assert client.get(location).text.count(text) >= 4


def test_ten_thousand_characters_are_refused_at_the_field_and_kept(client: FlaskClient, rosa: Account) -> None:
    draft = begin(client)
    answer = client.post(f"{draft}/entry", data=ENTRY | {"title": "x" * 10_000})
    assert answer.status_code == 422
    assert "Use at most 150 signs." in answer.text
    assert "x" * 10_000 in client.get(f"{draft}/entry").text


@pytest.mark.parametrize(("count", "status"), [(25, 302), (26, 422)])
def test_the_one_line_has_at_most_25_words(client: FlaskClient, rosa: Account, count: int, status: int) -> None:
    draft = begin(client)
    answer = client.post(f"{draft}/entry", data=ENTRY | {"summary": " ".join(["husk"] * count)})
    assert answer.status_code == status
    assert ("Write at most 25 words; these are 26." in answer.text) == (count == 26)


@pytest.mark.parametrize("link", ["http://film.example/1", "javascript:alert(1)", "https://", "film"])
def test_a_video_is_a_safe_link(client: FlaskClient, rosa: Account, link: str) -> None:
    draft = begin(client)
    assert client.post(f"{draft}/entry", data=ENTRY | {"video_url": link}).status_code == 422


@pytest.mark.parametrize("year", ["", "soon", "12", "99999999999999999999"])
def test_a_year_is_a_year(client: FlaskClient, rosa: Account, year: str) -> None:
    draft = begin(client)
    assert client.post(f"{draft}/category", data=CATEGORY | {"founded_in": year}).status_code == 422
    assert client.get(f"{draft}/check").status_code == 200


def test_what_is_not_offered_cannot_be_chosen(client: FlaskClient, rosa: Account) -> None:
    draft = begin(client)
    for wrong in ({"category": "moon"}, {"economy": "XX"}, {"size": "many"}):
        assert client.post(f"{draft}/category", data=CATEGORY | wrong).status_code == 422
    assert client.post(f"{draft}/entry", data=ENTRY | {"languages": ["tlh"]}).status_code == 422


def test_several_categories_can_be_chosen_where_the_call_says_so(client: FlaskClient, rosa: Account) -> None:
    db.session.scalars(select(Competition)).one().several_categories = True
    db.session.commit()
    several = {name: value for name, value in CATEGORY.items() if name != "category"} | {"categories": ["energy"]}
    send(client, category=several)
    entry = db.session.scalars(select(Entry)).one()
    assert [each.category.key for each in entry.entry_categories] == ["energy"]


def test_rows_of_the_team_are_added_and_removed_without_scripts(client: FlaskClient, rosa: Account) -> None:
    draft = begin(client)
    two = TEAM | {"members-1-name": "Mei-ling Chen", "members-1-economy": "CT"}
    client.post(f"{draft}/team", data=two | {"go": "add"})
    page = client.get(f"{draft}/team").text
    assert page.count('class="person"') == 3
    assert 'value="Mei-ling Chen"' in page
    client.post(f"{draft}/team", data=two | {"go": "remove-1"})
    page = client.get(f"{draft}/team").text
    assert page.count('class="person"') == 1
    assert ('value="Mei-ling Chen"' in page, 'value="Rosa Huamán"' in page) == (True, False)


def test_a_team_has_ten_people_at_most(client: FlaskClient, rosa: Account) -> None:
    people = {f"members-{number}-name": f"Person {number}" for number in range(10)}
    draft = begin(client)
    client.post(f"{draft}/team", data=people | {"go": "add"})
    page = client.get(f"{draft}/team").text
    assert (page.count('class="person"'), "Add a person" in page) == (10, False)
    fill_in(client, draft, team=people | {"members-10-name": "One too many"})
    client.post(f"{draft}/check")
    assert len(db.session.scalars(select(Entry)).one().members) == 10


def test_a_person_without_name_is_told_at_their_field(client: FlaskClient, rosa: Account) -> None:
    draft = begin(client)
    answer = client.post(f"{draft}/team", data=TEAM | {"members-1-name": "", "members-1-role": "Engineer"})
    assert answer.status_code == 422
    assert '<a href="#members-1-name">Name: Write a name, or remove this person.' in answer.text
    check = client.get(f"{draft}/check").text
    assert f'href="{draft}/team#members-1-name"' in check


def test_a_declaration_that_changed_has_to_be_declared_anew(
    client: FlaskClient, rosa: Account, competition: Competition, now: datetime
) -> None:
    draft = begin(client)
    fill_in(client, draft)
    db.session.add(DeclarationText(competition=competition, number=2, text="More.", created_at=now))
    db.session.commit()
    answer = client.post(f"{draft}/check")
    assert answer.status_code == 422
    assert "The declaration was changed since. Read it and declare it anew." in answer.text


def test_without_the_tick_nothing_is_sent(client: FlaskClient, rosa: Account) -> None:
    draft = begin(client)
    steps = steps_of(draft)
    unticked = {name: value for name, value in steps["declaration"].items() if name != "agree"}
    for step, values in (steps | {"declaration": unticked}).items():
        client.post(f"{draft}/{step}", data=values)
    assert client.post(f"{draft}/check").status_code == 422
    assert db.session.scalar(select(Entry)) is None


def test_a_draft_is_kept_while_it_is_typed(client: FlaskClient, rosa: Account, now: datetime) -> None:
    draft = begin(client)
    answer = client.post(f"{draft}/entry/draft", data={"title": "Half a ti", "seen": "new"})
    assert answer.json["at"] == now.isoformat()
    assert draft_row().data["entry"]["typed"] == {"title": ["Half a ti"]}
    assert "Draft saved" in client.get(f"{draft}/entry").text


def test_the_second_tab_is_told_and_what_it_typed_is_kept(client: FlaskClient, rosa: Account) -> None:
    draft = begin(client)
    client.post(f"{draft}/entry", data=ENTRY | {"title": "First tab", "seen": "new"})
    assert client.post(f"{draft}/entry/draft", data={"title": "x", "seen": "new"}).status_code == 409
    answer = client.post(f"{draft}/entry", data=ENTRY | {"title": "Second tab", "seen": "new"})
    assert answer.status_code == 409
    assert "changed in another tab" in answer.text
    assert 'value="Second tab"' in answer.text
    seen = re.search(r'name="seen" value="([^"]*)"', answer.text)
    assert seen is not None
    answer = client.post(f"{draft}/entry", data=ENTRY | {"title": "Second tab", "seen": seen[1]})
    assert answer.status_code == 302


def test_judges_of_a_blind_round_do_not_see_whose_it_is(client: FlaskClient, rosa: Account) -> None:
    competition = db.session.scalars(select(Competition)).one()
    make_round(competition, blind=["organisation", "team", "economy", "question:solution"])
    draft = begin(client)
    fill_in(client, draft)
    page = client.get(f"{draft}/check").text
    preview = words(page.partition('<details class="panel preview"')[2].partition("</details>")[0])
    assert "Boards from rice husk" in preview
    for hidden in ("Andes", "andes.example", "Rosa", "Peru", "fish"):
        assert hidden not in preview


def test_a_deck_is_stored_and_its_fingerprint_stands_in_the_version(
    client: FlaskClient, rosa: Account, competition: Competition, now: datetime
) -> None:
    ask_for_file(competition, now)
    location = send(client, questions={"q_solution": "Cold", "q_deck": (picture(), "deck.png")})
    content = db.session.scalars(select(Entry)).one().versions[0].content
    assert (content["answers"]["deck"]["file"], len(content["answers"]["deck"]["sha256"])) == ("deck.png", 64)
    with client.get(f"{location}/files/deck") as answer:
        assert answer.mimetype == "image/png"


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "empty.pdf", "The file empty.pdf is empty"),
        (b"MZ\x90\x00" * 50, "deck.pdf", "The file deck.pdf is a"),
        (b"\x89PNG\r\n\x1a\n broken", "deck.png", "deck.png"),
    ],
)
@pytest.mark.usefixtures("rosa")
def test_broken_and_mislabelled_files_are_refused_at_the_field(
    client: FlaskClient, competition: Competition, content: bytes, name: str, told: str
) -> None:
    ask_for_file(competition, clock.now(), limits=Limits(max_bytes=1_000_000))
    draft = begin(client)
    answer = client.post(f"{draft}/questions", data={"q_solution": "Cold", "q_deck": (io.BytesIO(content), name)})
    assert answer.status_code == 422
    assert told in answer.text
    assert "Cold" in client.get(f"{draft}/questions").text


@pytest.mark.parametrize("path", ["", "/category", "/check", "/discard"])
def test_somebody_elses_draft_is_not_there(client: FlaskClient, rosa: Account, path: str) -> None:
    draft = begin(client)
    sign_in(client, make_account("other@firm.example"))
    assert client.get(draft + (path or "/")).status_code == 404


def test_somebody_elses_draft_cannot_be_written_sent_or_deleted(client: FlaskClient, rosa: Account) -> None:
    draft = begin(client)
    fill_in(client, draft)
    sign_in(client, make_account("other@firm.example"))
    assert client.post(f"{draft}/entry", data=ENTRY).status_code == 404
    assert client.post(f"{draft}/entry/draft", data=ENTRY).status_code == 404
    assert client.post(f"{draft}/discard").status_code == 404
    client.post(f"{draft}/check")
    assert db.session.scalar(select(Entry)) is None
    assert draft_row().account_id == rosa.id


def test_strangers_are_asked_to_sign_in(client: FlaskClient, competition: Competition) -> None:
    for path in ("enter/", "my/", "enter/1/check", "my/ISC13-0000-0001"):
        assert "/sign-in" in client.get(f"{URL}/{path}").location


def test_a_draft_of_another_competition_is_not_there(client: FlaskClient, rosa: Account) -> None:
    draft = begin(client)
    make_competition("other", title="Other")
    assert client.get(draft.replace("sme-competition-2013", "other") + "/category").status_code == 404


@pytest.mark.parametrize(
    ("seconds", "policy", "sent"),
    [
        (-1, LatePolicy.NONE, EntryState.SUBMITTED),
        (0, LatePolicy.NONE, None),
        (599, LatePolicy.GRACE, EntryState.SUBMITTED),
        (600, LatePolicy.GRACE, None),
        (600, LatePolicy.ASK, EntryState.LATE),
    ],
)
def test_what_is_sent_around_the_close(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, seconds: int, policy: LatePolicy, sent: Any
) -> None:
    competition = make_competition()
    rosa = make_account()
    sign_in(client, rosa)
    competition.grace_minutes, competition.late_policy = 10, policy
    db.session.commit()
    draft = begin(client)
    fill_in(client, draft)
    moment = competition.entries_close_at + timedelta(seconds=seconds)
    monkeypatch.setattr(clock, "now", lambda: moment)
    sign_in(client, rosa)
    answer = client.post(f"{draft}/check")
    assert answer.status_code == (302 if sent else 409)
    entry = db.session.scalar(select(Entry))
    assert (entry.state if entry else None) == sent
    if sent is None:
        assert "Your draft is kept; nothing was sent." in answer.text
        assert client.get(f"{draft}/entry").status_code == 403


def test_an_economy_has_no_more_entries_than_its_limit(client: FlaskClient, rosa: Account) -> None:
    db.session.scalars(select(Competition)).one().economy_limit = 1
    db.session.commit()
    send(client)
    draft = begin(client)
    fill_in(client, draft)
    answer = client.post(f"{draft}/check")
    assert answer.status_code == 409
    assert "There are 1 entries of Peru already, and no more are taken." in answer.text
    assert draft_row().data["entry"]["typed"]["title"] == ["Boards from rice husk"]


def test_a_draft_can_be_thrown_away(client: FlaskClient, rosa: Account) -> None:
    draft = begin(client)
    assert "cannot be brought back" in client.get(f"{draft}/discard").text
    client.post(f"{draft}/discard")
    assert db.session.scalars(select(EntryDraft)).all() == []


def test_a_draft_takes_its_files_with_it(
    client: FlaskClient, rosa: Account, competition: Competition, now: datetime
) -> None:
    ask_for_file(competition, now)
    draft = begin(client)
    client.post(f"{draft}/questions", data={"q_solution": "Cold", "q_deck": (picture(), "deck.png")})
    client.post(f"{draft}/discard")
    assert db.session.scalars(select(Upload)).one().deleted_at == now


def test_a_change_that_is_thrown_away_leaves_the_files_of_the_entry(
    client: FlaskClient, rosa: Account, competition: Competition, now: datetime
) -> None:
    ask_for_file(competition, now)
    location = send(client, questions={"q_solution": "Cold", "q_deck": (picture(), "deck.png")})
    draft = str(client.post(f"{location}/change").location).removesuffix("/check")
    assert "Stored: deck.png" in client.get(f"{draft}/questions").text
    client.post(f"{draft}/questions", data={"q_solution": "Cold", "q_deck": (picture(), "other.png")})
    client.post(f"{draft}/discard")
    kept = {upload.name: upload.deleted_at for upload in db.session.scalars(select(Upload))}
    assert kept == {"deck.png": None, "other.png": now}


def test_more_text_than_a_draft_can_hold_is_refused_and_shown_again(client: FlaskClient, rosa: Account) -> None:
    draft = begin(client)
    answer = client.post(f"{draft}/questions", data={"q_solution": "x" * 410_000})
    assert (answer.status_code, "x" * 410_000 in answer.text) == (422, True)
    assert draft_row().data == {}


@pytest.fixture
def csrf_on(app: Flask) -> Iterator[None]:
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


def test_an_expired_form_brings_the_typed_text_back(
    client: FlaskClient, rosa: Account, request: pytest.FixtureRequest
) -> None:
    draft = begin(client)
    request.getfixturevalue("csrf_on")
    answer = client.post(f"{draft}/entry", data=ENTRY | {"csrf_token": "old"})
    assert (answer.status_code, "A board pressed from rice husk." in answer.text) == (400, True)
    assert draft_row().data == {}


def test_unknown_steps_are_not_there(client: FlaskClient, rosa: Account) -> None:
    draft = begin(client)
    assert client.get(f"{draft}/moon").status_code == 404
    assert client.post(f"{draft}/moon", data={}).status_code == 404
    assert client.post(f"{draft}/check/draft", data={}).status_code == 404
