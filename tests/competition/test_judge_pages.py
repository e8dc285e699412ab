"""The judge's pages: who may see them, what they show, and the way from one entry to the next without a script."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.recusal import Declared, recuse
from gtn_events.competition.domain.scorecards import save_draft
from gtn_events.competition.enums import (
    AssignmentState,
    ConflictKind,
    ConflictSource,
    ConflictState,
    EntryState,
    JudgeState,
    RoundState,
)
from gtn_events.competition.errors import ScoringClosed
from gtn_events.competition.models import (
    Conflict,
    Entry,
    EntryMember,
    JudgeDeclaration,
    Scorecard,
    ScorecardDraft,
)
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.core.uploads import Upload, upload_path
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.domain.versions import create_questionnaire, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.models import Answer, AnswerSet
from tests.accounts.pages import words
from tests.competition.panels import FULL, IN_TIME, Panel, make_panel, submit
from tests.factories import grant_role, make_account, sign_in
from tests.queries import count_queries

SENT = {"score_impact": "4", "score_market": "3"}
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def in_june(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


@pytest.fixture
def panel(database: None) -> Panel:
    return make_panel(judges=2, entries=3)


def base_of(panel: Panel) -> str:
    return f"/competitions/{panel.competition.slug}/judge"


def card_of(panel: Panel, entry: int = 0) -> str:
    return f"{base_of(panel)}/rounds/1/entries/{panel.entries[entry].reference}"


def add_conflict(panel: Panel, entry: int = 0, state: ConflictState = ConflictState.PROPOSED) -> None:
    db.session.add(
        Conflict(
            judge=panel.judges[0],
            entry=panel.entries[entry],
            source=ConflictSource.DOMAIN,
            state=state,
            noted_at=IN_TIME,
        )
    )
    db.session.commit()


def pages(panel: Panel) -> Iterator[tuple[str, str]]:
    """Yield method and address of everything the judge's blueprint has for the first entry."""
    card = card_of(panel)
    for path in (f"{base_of(panel)}/", f"{base_of(panel)}/rounds/1/declaration", card, f"{card}/recuse"):
        yield "GET", path
    yield "GET", f"{card}/files/solution"
    yield "POST", f"{base_of(panel)}/rounds/1/declaration"
    for path in (card, f"{card}/draft", f"{card}/recuse"):
        yield "POST", path


def test_visitors_are_led_to_the_sign_in_page(client: FlaskClient, panel: Panel) -> None:
    for method, path in pages(panel):
        response = client.open(path, method=method)
        assert (path, response.status_code, response.location.partition("?")[0]) == (path, 302, "/sign-in")


@pytest.mark.parametrize("role", [None, Role.ORGANISER, Role.HELPER, Role.INTEGRITY_OFFICER, Role.ADMINISTRATOR])
def test_who_is_no_judge_may_not_see_the_desk(client: FlaskClient, panel: Panel, role: Role | None) -> None:
    account = make_account("other@gtn.example")
    if role is not None:
        grant_role(account, role, None if role is Role.ADMINISTRATOR else panel.competition.scope)
    sign_in(client, account)
    for method, path in pages(panel):
        assert (path, client.open(path, method=method).status_code) == (path, 403)


def test_judge_of_another_competition_may_not_see_the_desk(client: FlaskClient, panel: Panel) -> None:
    other = make_panel(competition={"slug": "other-2013", "reference_prefix": "OTH"})
    sign_in(client, other.account())
    for method, path in pages(panel):
        assert (path, client.open(path, method=method).status_code) == (path, 403)


def test_seat_of_another_judge_is_not_found(client: FlaskClient, panel: Panel) -> None:
    db.session.delete(panel.seat(1, 0))
    db.session.commit()
    sign_in(client, panel.account(1))
    for method, path in pages(panel):
        if panel.entries[0].reference in path:
            assert (path, client.open(path, method=method).status_code) == (path, 404)


@pytest.mark.parametrize("state", [JudgeState.INVITED, JudgeState.DECLINED, JudgeState.LEFT])
def test_judge_who_has_not_accepted_finds_nothing(client: FlaskClient, panel: Panel, state: JudgeState) -> None:
    panel.judges[0].state = state
    db.session.commit()
    sign_in(client, panel.account())
    assert {client.open(path, method=method).status_code for method, path in pages(panel)} == {404}


@pytest.mark.parametrize("state", [AssignmentState.PLANNED, AssignmentState.REMOVED, AssignmentState.RECUSED])
def test_seat_that_is_not_released_is_not_there(client: FlaskClient, panel: Panel, state: AssignmentState) -> None:
    panel.seat().state = state
    db.session.commit()
    sign_in(client, panel.account())
    assert client.get(card_of(panel)).status_code == 404
    assert panel.entries[0].reference not in client.get(f"{base_of(panel)}/").text


def test_planned_round_is_not_there(client: FlaskClient, panel: Panel) -> None:
    panel.round.state = RoundState.PLANNED
    db.session.commit()
    sign_in(client, panel.account())
    assert client.get(card_of(panel)).status_code == 404
    assert "Nothing to judge yet" in client.get(f"{base_of(panel)}/").text


def test_withdrawn_entry_is_not_there(client: FlaskClient, panel: Panel) -> None:
    panel.entries[0].state = EntryState.WITHDRAWN
    db.session.commit()
    sign_in(client, panel.account())
    assert client.get(card_of(panel)).status_code == 404


@pytest.mark.parametrize("state", [ConflictState.PROPOSED, ConflictState.CONFIRMED])
def test_conflicted_judge_learns_nothing_of_the_entry(app: Flask, client: FlaskClient, state: ConflictState) -> None:
    """The walk over every address that a judge, a visitor or a signed-in person can open."""
    panel = make_panel(entries=2)
    hidden = panel.entries[0]
    hidden.title, hidden.organisation_name = "Zebrastein board", "Quokkawerk"
    upload = Upload(
        sha256="0" * 64,
        size=4,
        content_type="application/pdf",
        name="numbat.pdf",
        stored_as="numbat",
        created_at=IN_TIME,
    )
    db.session.add(upload)
    db.session.flush()
    hidden.answer_set.answers.append(Answer(key="solution", value=upload.id, upload_id=upload.id))
    panel.competition.questionnaire.versions[0].questions[0].kind = QuestionKind.FILE
    path = upload_path(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF")
    submit(panel.seat())
    add_conflict(panel, state=state)
    sign_in(client, panel.account())
    values: dict[str, Any] = {
        "competition": panel.competition.slug,
        "number": 1,
        "reference": hidden.reference,
        "key": "solution",
    }
    asked = 0
    for rule in app.url_map.iter_rules():
        package = rule.endpoint.partition(".")[0]
        if package not in {"competition_judge", "competition_public", "competition_my", "jobs", "core", "accounts"}:
            continue
        if not rule.arguments <= {*values, *(name for name in rule.arguments if name.endswith("_id"))}:
            continue
        filled = {name: values.get(name, 1) for name in rule.arguments}
        with app.test_request_context():
            address = app.url_map.bind("localhost").build(rule.endpoint, filled)
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            if rule.endpoint in {"accounts.sign_out", "core.styleguide"}:
                continue
            response = client.open(address, method=method, follow_redirects=True)
            told = response.get_data() + str(response.headers).encode()
            asked += 1
            for secret in (b"Zebrastein", b"Quokkawerk", b"numbat", b"%PDF"):
                assert (rule.endpoint, method, secret in told) == (rule.endpoint, method, False)
            if rule.endpoint == "competition_judge.desk":
                assert hidden.reference.encode() not in told
    assert asked > 10
    path.unlink()


def test_everything_leads_to_the_declaration_until_it_is_signed(client: FlaskClient) -> None:
    panel = make_panel(entries=2, signed=False)
    sign_in(client, panel.account())
    desk = client.get(f"{base_of(panel)}/").text
    assert ("Read and sign" in desk, "Boards from rice husk" in desk) == (True, False)
    declaration = f"{base_of(panel)}/rounds/1/declaration"
    for path in (card_of(panel), f"{card_of(panel)}/recuse", f"{card_of(panel)}/files/solution"):
        assert client.get(path).location == declaration
    assert client.post(card_of(panel), data=SENT).status_code == 422
    assert db.session.scalars(select(Scorecard)).all() == []


def test_judge_signs_and_names_a_conflict(client: FlaskClient) -> None:
    panel = make_panel(entries=2, signed=False)
    sign_in(client, panel.account())
    seat = panel.seat(0, 1)
    sent = {"typed_name": " Catalina  Vergara ", f"conflict_{seat.id}": "family", f"detail_{seat.id}": "My sister"}
    assert client.post(f"{base_of(panel)}/rounds/1/declaration", data=sent).location == f"{base_of(panel)}/"
    signed = db.session.scalars(select(JudgeDeclaration)).one()
    assert (signed.typed_name, signed.signed_at, "keep everything" in signed.text) == (
        "Catalina Vergara",
        IN_TIME,
        True,
    )
    conflict = db.session.scalars(select(Conflict)).one()
    assert (conflict.entry_id, conflict.source, conflict.state, conflict.detail) == (
        panel.entries[1].id,
        ConflictSource.JUDGE,
        ConflictState.CONFIRMED,
        "family: My sister",
    )
    desk = client.get(f"{base_of(panel)}/").text
    assert (panel.entries[0].reference in desk, panel.entries[1].reference in desk) == (True, False)


def test_declaration_without_a_name_is_refused_and_keeps_the_choice(client: FlaskClient) -> None:
    panel = make_panel(signed=False)
    sign_in(client, panel.account())
    sent = {"typed_name": " ", f"conflict_{panel.seat().id}": "shares"}
    response = client.post(f"{base_of(panel)}/rounds/1/declaration", data=sent)
    assert response.status_code == 422
    assert '<option value="shares" selected>' in response.text
    assert (db.session.scalars(select(JudgeDeclaration)).all(), db.session.scalars(select(Conflict)).all()) == ([], [])


def test_other_reason_needs_words_and_then_nothing_is_signed(client: FlaskClient) -> None:
    panel = make_panel(signed=False)
    sign_in(client, panel.account())
    sent = {"typed_name": "Catalina", f"conflict_{panel.seat().id}": "other"}
    response = client.post(f"{base_of(panel)}/rounds/1/declaration", data=sent)
    assert (response.status_code, "Say in a few words" in response.text) == (422, True)
    assert db.session.scalars(select(JudgeDeclaration)).all() == []


def test_judge_goes_from_entry_to_entry(client: FlaskClient, panel: Panel) -> None:
    sign_in(client, panel.account())
    assert client.post(card_of(panel, 0), data=SENT | {"act": "submit"}).location == card_of(panel, 1)
    assert client.post(card_of(panel, 1), data={"act": "skip", "seen": "0"}).location == card_of(panel, 2)
    assert client.post(card_of(panel, 2), data=SENT | {"act": "submit"}).location == card_of(panel, 1)
    assert client.post(card_of(panel, 1), data=SENT | {"act": "submit"}).location == f"{base_of(panel)}/"
    assert "Everything is submitted. Thank you." in client.get(f"{base_of(panel)}/").text


def test_draft_is_saved_by_its_button_and_by_skipping(client: FlaskClient, panel: Panel) -> None:
    sign_in(client, panel.account())
    sent = {"score_impact": "2", "comment_impact": "Weak", "private": "Ask", "seen": "0"}
    assert client.post(card_of(panel), data=sent | {"act": "save"}).location == card_of(panel)
    page = client.get(card_of(panel)).text
    assert ('name="score_impact" value="2" checked' in page, ">Weak</textarea>" in page) == (True, True)
    assert client.post(card_of(panel, 1), data=sent | {"act": "skip"}).location == card_of(panel, 2)
    assert len(db.session.scalars(select(ScorecardDraft)).all()) == 2


def test_page_saves_by_itself(client: FlaskClient, panel: Panel) -> None:
    sign_in(client, panel.account())
    draft = f"{card_of(panel)}/draft"
    first = client.post(draft, data={"score_impact": "2", "seen": "0"}, headers=JSON)
    assert (first.status_code, first.json) == (200, {"seen": 1 + 1, "at": IN_TIME.isoformat()})
    stale = client.post(draft, data={"score_impact": "5", "seen": "0"}, headers=JSON)
    assert (stale.status_code, stale.json and stale.json["seen"]) == (409, 2)
    refused = client.post(draft, data={"score_impact": "9", "seen": "2"}, headers=JSON)
    assert (refused.status_code, refused.content_type) == (409, "application/problem+json")
    assert db.session.scalars(select(ScorecardDraft.scores)).all() == [{"impact": 2}]
    client.post(card_of(panel), data={"score_impact": "2", "score_market": "3", "act": "submit"})
    known = client.post(draft, data={"score_impact": "5", "seen": "2"}, headers=JSON)
    assert (known.status_code, known.json and known.json["submitted"]) == (200, True), "the next page asks in vain"


@pytest.mark.parametrize(
    "sent",
    [
        {"score_impact": "4"},
        {"score_impact": "4", "score_market": "²"},
        {"score_impact": "4", "score_market": "9"},
        {"score_impact": "4", "score_market": "3", "comment_market": "x" * 2_001},
    ],
    ids=["one-missing", "no-number", "off-scale", "too-long"],
)
def test_refused_scorecard_comes_back_as_it_was_typed(client: FlaskClient, panel: Panel, sent: dict[str, str]) -> None:
    sign_in(client, panel.account())
    response = client.post(card_of(panel), data=sent | {"to_entrant": "Name the partner", "act": "submit"})
    assert response.status_code == 422
    assert 'name="score_impact" value="4" checked' in response.text
    assert ">Name the partner</textarea>" in response.text
    assert db.session.scalars(select(Scorecard)).all() == []


def test_late_scorecard_is_refused_and_the_draft_is_kept(
    client: FlaskClient, panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, panel.account())
    client.post(card_of(panel), data=SENT | {"act": "save", "seen": "0"})
    closes_at = panel.round.closes_at
    monkeypatch.setattr(clock, "now", lambda: closes_at)
    sign_in(client, panel.account())
    response = client.post(card_of(panel), data=SENT | {"act": "submit"})
    assert (response.status_code, "The time for Review is over" in response.text) == (422, True)
    assert len(db.session.scalars(select(ScorecardDraft)).all()) == 1
    assert "This draft was not submitted" in client.get(card_of(panel)).text


def test_others_are_shown_by_number_after_the_own_submission_only(client: FlaskClient, panel: Panel) -> None:
    submit(panel.seat(1), Given({"impact": 2, "market": 2}, to_jury="Weak figures", private="Secret", to_entrant="Hm"))
    sign_in(client, panel.account())
    before = client.get(card_of(panel)).text
    assert ("Weak figures" in before, "Judge 02" in before) == (False, False)
    client.post(card_of(panel), data=SENT)
    after = client.get(card_of(panel)).text
    assert ("Weak figures" in after, "Judge 02" in after) == (True, True)
    assert ("Secret" in after, "Vergara 1" in after, panel.judges[1].email in after) == (False, False, False)


def test_others_stay_hidden_when_the_round_says_so(client: FlaskClient, panel: Panel) -> None:
    panel.round.blind = ["scores"]
    submit(panel.seat(1), Given({"impact": 2, "market": 2}, to_jury="Weak figures"))
    submit(panel.seat(0))
    sign_in(client, panel.account())
    page = client.get(card_of(panel)).text
    assert ("Weak figures" in page, "Judge 02" in page) == (False, False)


def test_submitted_scorecard_is_changed_with_a_reason(client: FlaskClient, panel: Panel) -> None:
    submit(panel.seat())
    sign_in(client, panel.account())
    sent = SENT | {"score_impact": "5", "act": "change", "seen": "1"}
    assert client.post(card_of(panel), data=sent).status_code == 422
    assert client.post(card_of(panel), data=sent | {"reason": "I misread it"}).location == card_of(panel)
    page = client.get(card_of(panel)).text
    assert ("I misread it" in page, "Submitted, 84.0 of 100" in page) == (True, True)
    assert client.post(card_of(panel), data=SENT | {"act": "submit"}).status_code == 422


BLIND = {
    "title": "Husk boards for walls",
    "organisation": "Thảo Nguyên Materials",
    "economy": "Peru",
    "team": "Rosa Founder",
    "video": "https://video.example/v",
    "question:solution": "We press husk",
}


@pytest.mark.parametrize("field", BLIND)
def test_blind_field_is_shown_nowhere(client: FlaskClient, field: str) -> None:
    panel = make_panel(signed=False)
    entry = panel.entries[0]
    entry.title, entry.organisation_name, entry.video_url = BLIND["title"], BLIND["organisation"], BLIND["video"]
    entry.answer_set.answers.append(Answer(key="solution", value=BLIND["question:solution"]))
    entry.members = [
        EntryMember(position=1, name="Rosa Founder", organisation_name=BLIND["organisation"], economy_code="PE")
    ]
    db.session.commit()
    sign_in(client, panel.account())
    paths = (f"{base_of(panel)}/rounds/1/declaration", f"{base_of(panel)}/", card_of(panel), f"{card_of(panel)}/recuse")
    for blind in ([], [field]):
        panel.round.blind = blind
        db.session.commit()
        told = client.get(paths[0]).text
        if not blind:
            client.post(paths[0], data={"typed_name": "Catalina"})
        told += "".join(client.get(path).text for path in paths[1:])
        shown = {name for name, words in BLIND.items() if words in told}
        assert shown == set(BLIND) - set(blind)


def test_file_is_handed_out_under_a_name_that_tells_nothing(client: FlaskClient, app: Flask) -> None:
    panel = make_panel()
    entry = _with_file(panel)
    sign_in(client, panel.account())
    response = client.get(f"{card_of(panel)}/files/deck")
    assert (response.status_code, "quokka.pdf" in response.headers["Content-Disposition"]) == (200, True)
    response.close()
    panel.round.blind = ["organisation"]
    db.session.commit()
    response = client.get(f"{card_of(panel)}/files/deck")
    assert f"{entry.reference}-deck.pdf" in response.headers["Content-Disposition"]
    response.close()
    assert (
        "quokka" in client.get(card_of(panel)).text,
        f"{entry.reference}-deck.pdf" in client.get(card_of(panel)).text,
    ) == (False, True)
    panel.round.blind = ["question:deck"]
    db.session.commit()
    assert client.get(f"{card_of(panel)}/files/deck").status_code == 404
    assert client.get(f"{card_of(panel)}/files/secret").status_code == 404
    assert client.get(f"{card_of(panel)}/files/nothing").status_code == 404


def test_recused_judge_sees_nothing_any_more_and_the_organiser_is_told_once(client: FlaskClient, panel: Panel) -> None:
    client.post(card_of(panel), data=SENT)
    sign_in(client, panel.account())
    assert client.post(f"{card_of(panel)}/recuse", data={}).status_code == 422
    sent = {"kind": "adviser", "detail": "I advised them in 2011"}
    assert client.post(f"{card_of(panel)}/recuse", data=sent).location == f"{base_of(panel)}/"
    desk = client.get(f"{base_of(panel)}/").text
    assert (panel.entries[0].reference in desk, "1 conflict declared" in desk) == (False, True)
    for path in (card_of(panel), f"{card_of(panel)}/recuse", f"{card_of(panel)}/files/solution"):
        assert client.get(path).status_code == 404
    assert client.post(f"{card_of(panel)}/recuse", data=sent).status_code == 404
    assert panel.seat().state is AssignmentState.RECUSED
    mail = db.session.scalars(select(OutboxMail)).one()
    assert (mail.to_address, mail.template) == ("organiser@gtn.example", "competition/judge_recused")
    assert "Adviser or mentor: I advised them in 2011" in mail.body_text


def test_organisers_are_told_where_no_contact_is_named(panel: Panel) -> None:
    panel.competition.contact_email = ""
    for name in ("one", "two"):
        grant_role(make_account(f"{name}@gtn.example"), Role.ORGANISER, panel.competition.scope)
    grant_role(make_account("helper@gtn.example"), Role.HELPER, panel.competition.scope)
    recuse(panel.seat(), Declared(ConflictKind.PAID), actor=panel.account(), now=IN_TIME)
    db.session.commit()
    addresses = db.session.scalars(select(OutboxMail.to_address).order_by(OutboxMail.to_address)).all()
    assert addresses == ["one@gtn.example", "two@gtn.example"]


def test_seat_is_not_given_up_after_the_close(panel: Panel) -> None:
    panel.round.state = RoundState.SCORED
    db.session.commit()
    with pytest.raises(ScoringClosed):
        recuse(panel.seat(), Declared(ConflictKind.PAID), actor=panel.account(), now=IN_TIME)


def test_recusal_after_submission_takes_the_scorecard_out_of_the_count(panel: Panel) -> None:
    scorecard = submit(panel.seat())
    recuse(panel.seat(), Declared(ConflictKind.PAID), actor=panel.account(), now=IN_TIME)
    db.session.commit()
    db.session.refresh(scorecard)
    assert (scorecard.superseded, panel.round.chain_length) == (True, 1)


def test_desk_promises_nothing_before_the_third_scorecard(client: FlaskClient) -> None:
    panel = make_panel(entries=7)
    sign_in(client, panel.account())
    for index in range(2):
        submit(panel.seat(0, index), now=IN_TIME - timedelta(minutes=60 - 20 * index))
    assert "After your third scorecard" in client.get(f"{base_of(panel)}/").text
    submit(panel.seat(0, 2), now=IN_TIME - timedelta(minutes=20))
    assert "takes about 80 minutes" in client.get(f"{base_of(panel)}/").text


def test_home_tells_what_waits_and_names_no_entry(client: FlaskClient, panel: Panel) -> None:
    submit(panel.seat())
    sign_in(client, panel.account())
    home = client.get("/home").text
    assert ("2 entries to judge" in home, "Boards from rice husk" in home) == (True, False)


def test_judge_sees_before_the_round_opens_when_and_how_many(client: FlaskClient) -> None:
    panel = make_panel(
        entries=2, state=RoundState.PLANNED, competition={"entries_close_at": IN_TIME + timedelta(days=9)}
    )
    sign_in(client, panel.account())
    coming = "Review is planned to open on Mon 3 Jun 2013, 08:00 in Jakarta. 2 entries are yours already."
    home = words(client.get("/home").text)
    assert f"You judge it. {coming}" in home
    assert f"Enter {panel.competition.title}" not in home
    assert coming in words(client.get(f"/competitions/{panel.competition.slug}/judge/").text)


def test_desk_asks_the_same_at_every_length(client: FlaskClient) -> None:
    panel = make_panel(entries=2)
    longer = make_panel(entries=12, competition={"slug": "longer-2013", "reference_prefix": "LON"})
    counts = []
    for each in (panel, longer):
        db.session.add_all([each.competition, *each.judges])
        sign_in(client, each.account())
        path = f"{base_of(each)}/"
        db.session.expunge_all()
        with count_queries() as queries:
            page = client.get(path)
        counts.append(len(queries))
        assert "Next entry" in page.text
    assert counts[0] == counts[1]


def test_draft_survives_in_both_ways_of_saving(client: FlaskClient, panel: Panel) -> None:
    kept = save_draft(panel.seat(), FULL, seen=0, actor=panel.account(), now=IN_TIME)
    db.session.commit()
    sign_in(client, panel.account())
    client.post(card_of(panel), data=SENT | {"score_impact": "1", "act": "save", "seen": str(kept.lock_version)})
    assert db.session.scalars(select(ScorecardDraft.scores)).one()["impact"] == 1
    response = client.post(card_of(panel), data=SENT | {"act": "save", "seen": str(1)})
    assert (response.status_code, "changed in another window" in response.text) == (409, True)


def _with_file(panel: Panel) -> Entry:
    """Give the entry a form of its own with a file and a sensitive one."""
    entry = panel.entries[0]
    questions = (
        QuestionSpec(QuestionKind.FILE, "Pitch", key="deck"),
        QuestionSpec(QuestionKind.FILE, "Passport", key="secret", sensitive=True),
    )
    questionnaire = create_questionnaire("Files", questions=questions, actor=None, now=IN_TIME)
    publish_version(questionnaire.versions[0], actor=None, now=IN_TIME)
    upload = Upload(
        sha256="0" * 64,
        size=4,
        content_type="application/pdf",
        name="quokka.pdf",
        stored_as="quokka",
        created_at=IN_TIME,
    )
    db.session.add(upload)
    db.session.flush()
    entry.answer_set = AnswerSet(version=questionnaire.versions[0], created_at=IN_TIME, updated_at=IN_TIME)
    entry.answer_set.answers = [Answer(key="deck", value=upload.id, upload_id=upload.id)]
    db.session.commit()
    upload_path(upload).parent.mkdir(parents=True, exist_ok=True)
    upload_path(upload).write_bytes(b"%PDF")
    return entry
