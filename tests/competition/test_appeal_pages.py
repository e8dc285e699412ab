"""The pages of appeals: the entrant's draft, file and sending; the staff's list, decision and what follows."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.certificates.enums import CertificateKind
from gtn_events.certificates.models import Certificate
from gtn_events.competition.domain.appeal_deciding import assign_decider
from gtn_events.competition.domain.awards import AwardSpec, add_award, give_award, take_back_award
from gtn_events.competition.enums import AppealState, AwardKind, Standing
from gtn_events.competition.models import Amendment, Appeal, Assignment, RoundEntry
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.jobs import run_due_jobs
from gtn_events.core.uploads import Upload
from tests.competition.appealing import (
    DEADLINE,
    SOON,
    TEXT,
    Appealed,
    decided,
    draft,
    make_appealable,
    publish,
    sent,
    work_elsewhere,
)
from tests.competition.factories import make_competition
from tests.competition.panels import add_judge
from tests.competition.results_rounds import compute
from tests.factories import grant_role, make_account, sign_in

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture(autouse=True)
def soon_after(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, SOON)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def made(database: None) -> Appealed:
    return make_appealable()


def own_page(made: Appealed, rest: str = "") -> str:
    return f"/competitions/{made.panel.competition}/my/{made.entry.reference}/appeal{rest}"


def desk(made: Appealed, appeal: Appeal | None = None, rest: str = "") -> str:
    return f"/competitions/{made.panel.competition}/manage/appeals" + (f"/{appeal.id}{rest}" if appeal else "")


def typed(**values: object) -> dict[str, object]:
    return {"ground": "conflict", "text": TEXT, "act": "send"} | values


def test_feedback_leads_to_the_appeal_while_there_is_time(
    made: Appealed, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, made.entry.account)
    link = f'href="{own_page(made)}?about=round-1"'
    feedback, entry = own_page(made).replace("/appeal", "/feedback"), own_page(made).replace("/appeal", "")
    assert [link in client.get(page).text for page in (feedback, entry)] == [True, True]
    at(monkeypatch, DEADLINE + timedelta(minutes=1))
    assert [link in client.get(page).text for page in (feedback, entry)] == [False, False]


def test_public_page_says_beforehand_that_and_how_long_one_may_appeal(made: Appealed, client: FlaskClient) -> None:
    page = f"/competitions/{made.panel.competition}/"
    assert "may appeal for 7 days" in client.get(page).text
    made.panel.competition.appeal_days = None
    db.session.commit()
    assert "may appeal" not in client.get(page).text


def test_page_says_grounds_and_deadline_in_both_times_and_what_is_no_ground(
    made: Appealed, client: FlaskClient
) -> None:
    sign_in(client, made.entry.account)
    page = client.get(own_page(made)).text
    assert "That you see the entry otherwise than a judge does is no ground." in page
    assert ("23:59" in page, "11:59" in page, "in Jakarta" in page, "in Lima" in page) == (True, True, True, True)


def test_appeal_is_sent_with_a_file_and_shown_with_its_state(made: Appealed, client: FlaskClient) -> None:
    sign_in(client, made.entry.account)
    answer = client.post(own_page(made), data=typed(file=(BytesIO(PDF), "../../tie.pdf")))
    assert answer.status_code == 302
    (appeal,) = db.session.scalars(select(Appeal))
    assert appeal.upload is not None
    assert (appeal.state, appeal.upload.name) == (AppealState.RECEIVED, "tie.pdf")
    assert TEXT in client.get(own_page(made)).text
    with client.get(own_page(made, f"/{appeal.id}/file")) as file:
        assert file.data == PDF
    assert client.post(own_page(made), data=typed(text="Another text, long enough to be taken.")).status_code == 302
    assert db.session.scalars(select(Appeal.text)).all() == [TEXT]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"ground": ""}, "Choose the ground"),
        ({"ground": "opinion"}, "Choose the ground"),
        ({"text": "Unfair."}, "two or three sentences"),
        ({"file": (BytesIO(b"MZ program"), "tie.pdf")}, "Choose a file of the kind PDF, JPEG or PNG"),
        ({"file": (BytesIO(b"%PDF" + bytes(5 * 1024 * 1024)), "tie.pdf")}, "the limit is 5 MB"),
    ],
)
def test_whatever_is_wrong_what_was_typed_is_kept(
    made: Appealed, client: FlaskClient, values: dict[str, object], words: str
) -> None:
    sign_in(client, made.entry.account)
    answer = client.post(own_page(made), data=typed(**values))
    assert (answer.status_code, words in answer.text) == (422, True)
    kept = str(values.get("text", TEXT))
    assert (kept in answer.text, kept in client.get(own_page(made)).text) == (True, True)
    assert db.session.scalars(select(Appeal.state)).one() is AppealState.DRAFT


def test_late_appeal_keeps_its_text_on_the_page(
    made: Appealed, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, DEADLINE + timedelta(minutes=1))
    sign_in(client, made.entry.account)
    answer = client.post(own_page(made), data=typed())
    assert (answer.status_code, "ended on 7 July 2013 at 23:59 in Jakarta" in answer.text) == (422, True)
    page = client.get(own_page(made)).text
    assert (TEXT in page, "Send the appeal" in page) == (True, False)


def test_draft_is_saved_its_file_removed_and_it_is_deleted(made: Appealed, client: FlaskClient) -> None:
    sign_in(client, made.entry.account)
    client.post(own_page(made), data=typed(act="save", ground="", file=(BytesIO(PDF), "tie.pdf")))
    assert "tie.pdf" in client.get(own_page(made)).text
    client.post(own_page(made), data=typed(act="drop"))
    assert "tie.pdf" not in client.get(own_page(made)).text
    assert db.session.scalars(select(Upload.deleted_at)).one() == SOON
    client.post(own_page(made), data=typed(act="discard"))
    assert db.session.scalars(select(Appeal)).all() == []


def test_entrant_withdraws(made: Appealed, client: FlaskClient) -> None:
    appeal = sent(made.entry)
    sign_in(client, made.entry.account)
    client.post(own_page(made, f"/{appeal.id}/withdraw"))
    db.session.expire_all()
    assert appeal.state is AppealState.WITHDRAWN
    assert "Send the appeal" in client.get(own_page(made)).text


def test_nobody_else_finds_an_appeal(made: Appealed, client: FlaskClient) -> None:
    appeal = sent(made.entry)
    paths = [own_page(made), own_page(made, f"/{appeal.id}/file")]
    assert {client.get(path).location.split("?")[0] for path in paths} == {"/sign-in"}
    for account in (made.panel.entries[0].account, made.panel.account(), made.organiser):
        sign_in(client, account)
        assert {client.get(path).status_code for path in paths} == {404}
        assert client.post(own_page(made, f"/{appeal.id}/withdraw")).status_code == 404
        assert client.post(own_page(made), data=typed()).status_code == 404


def test_appeal_of_another_entry_is_not_found_through_ones_own(made: Appealed, client: FlaskClient) -> None:
    other = sent(made.panel.entries[0])
    sign_in(client, made.entry.account)
    assert client.post(own_page(made, f"/{other.id}/withdraw")).status_code == 404
    assert client.get(own_page(made, "?about=round-9")).status_code == 404


def test_page_is_not_there_where_no_appeals_are_taken(client: FlaskClient) -> None:
    made = make_appealable(appeal_days=None)
    sign_in(client, made.entry.account)
    assert client.get(own_page(made)).status_code == 404


def test_list_shows_what_was_sent_and_no_draft(made: Appealed, client: FlaskClient) -> None:
    sent(made.entry)
    draft(made.panel.entries[0])
    sign_in(client, made.organiser)
    page = client.get(desk(made)).text
    assert (made.entry.reference in page, made.panel.entries[0].reference in page) == (True, False)
    assert "No appeal matches" in client.get(desk(made) + "?state=upheld").text


def test_organiser_chooses_who_decides_and_that_person_does(made: Appealed, client: FlaskClient) -> None:
    appeal = sent(made.entry)
    sign_in(client, made.organiser)
    page = client.get(desk(made, appeal)).text
    assert ("They took the decision that is appealed." in page, "Record the decision" in page) == (True, False)
    refused = client.post(desk(made, appeal, "/assign"), data={"decider": made.organiser.id})
    assert refused.status_code == 422
    client.post(desk(made, appeal, "/assign"), data={"decider": made.other.id})
    own = client.post(desk(made, appeal, "/decide"), data={"action": "uphold", "reason": "I say so."})
    assert (own.status_code, "Only the person who was chosen" in own.text) == (422, True)
    sign_in(client, made.other)
    assert "Decide an appeal" in client.get("/home").text
    missing = client.post(desk(made, appeal, "/decide"), data={"action": "uphold", "reason": ""})
    assert missing.status_code == 422
    client.post(desk(made, appeal, "/decide"), data={"action": "uphold-in-part", "reason": "A part of it."})
    db.session.expire_all()
    assert (appeal.state, appeal.decision) == (AppealState.PARTLY, "A part of it.")


def test_what_follows_is_done_on_the_page(made: Appealed, client: FlaskClient) -> None:
    publish(made)
    judge = add_judge(made.panel.competition, made.panel.round, 9)
    work_elsewhere(judge)
    appeal = decided(made)
    sign_in(client, made.organiser)
    seat = {"judge": judge.id, "until": "2013-07-09T12:00"}
    assert client.post(desk(made, appeal, "/seat"), data=seat).status_code == 302
    until = db.session.scalars(select(Assignment.scores_until).where(Assignment.judge_id == judge.id)).one()
    # Noon in Jakarta.
    assert until == datetime.fromisoformat("2013-07-09T05:00+00:00")
    assert client.post(desk(made, appeal, "/compute")).status_code == 302
    run_due_jobs(SOON)
    page = client.get(desk(made, appeal)).text
    assert ("Before and after" in page, "Publish the correction" in page) == (True, True)
    assert client.post(desk(made, appeal, "/amend"), data={"amend-words": ""}).status_code == 422
    client.post(desk(made, appeal, "/revise"), data={"revise-words": "The appeal."})
    client.post(desk(made, appeal, "/amend"), data={"amend-words": "One scorecard was added."})
    assert db.session.scalars(select(Amendment.reason)).all() == ["One scorecard was added."]
    public = client.get(f"/competitions/{made.panel.competition}/results").text
    assert ("These results were corrected" in public, "One scorecard was added." in public) == (True, True)
    client.post(desk(made, appeal, "/done"), data={"done-words": "A further judge has scored it."})
    assert "A further judge has scored it." in client.get(desk(made, appeal)).text
    assert client.post(desk(made, appeal, "/compute")).status_code == 302
    standings = select(RoundEntry.standing).where(RoundEntry.round_id == made.panel.round.id)
    assert list(db.session.scalars(standings)).count(Standing.ADVANCED) == 1


def test_prize_that_changes_hands_takes_its_certificate_along(made: Appealed, client: FlaskClient) -> None:
    competition, (first, second, _last) = made.panel.competition, made.panel.entries
    award = add_award(competition, AwardSpec(AwardKind.GRAND, "Grand prize"), actor=made.organiser, now=SOON)
    give_award(award, first, citation="", actor=made.organiser, now=SOON)
    publish(made)
    sign_in(client, made.organiser)
    client.post(f"/competitions/{competition}/manage/results/certificates")
    run_due_jobs(SOON)
    appeal = decided(made)
    take_back_award(award, reason="The ranking.", actor=made.organiser, now=SOON)
    give_award(award, second, citation="", departure="The appeal.", actor=made.organiser, now=SOON)
    db.session.commit()
    compute(made.panel, reason="After the appeal", appeal_id=appeal.id)
    client.post(desk(made, appeal, "/amend"), data={"amend-words": "A scorecard was left out."})
    run_due_jobs(SOON)
    db.session.expire_all()
    prizes = select(Certificate).where(Certificate.kind == CertificateKind.AWARD).order_by(Certificate.id)
    told = [(each.facts["entry_title"], each.revoke_reason) for each in db.session.scalars(prizes)]
    assert told == [(first.title, "A scorecard was left out."), (second.title, None)]
    others = select(Certificate.revoked_at).where(Certificate.kind != CertificateKind.AWARD)
    assert set(db.session.scalars(others)) == {None}


def test_further_judge_signs_and_scores_in_a_closed_round(made: Appealed, client: FlaskClient) -> None:
    judge = add_judge(made.panel.competition, made.panel.round, 9, signed=False)
    work_elsewhere(judge)
    appeal = decided(made)
    sign_in(client, made.organiser)
    client.post(desk(made, appeal, "/seat"), data={"judge": judge.id, "until": "2013-07-09T12:00"})
    assert judge.account is not None
    sign_in(client, judge.account)
    base = f"/competitions/{made.panel.competition}/judge"
    assert "1 entry to judge" in client.get("/home").text
    assert "Read and sign" in client.get(f"{base}/").text
    signed = client.post(f"{base}/rounds/1/declaration", data={"typed_name": "C. V.", "agreed": "y"})
    assert signed.status_code == 302, signed.text
    card = f"{base}/rounds/1/entries/{made.entry.reference}"
    answer = client.post(card, data={"score_impact": "5", "score_market": "4", "act": "submit"})
    assert answer.status_code == 302
    assert client.get(f"{base}/rounds/1/entries/{made.panel.entries[0].reference}").status_code == 404
    assert "entry to judge" not in client.get("/home").text


@pytest.mark.parametrize("role", [None, Role.JUDGE, Role.HELPER, Role.INTEGRITY_OFFICER])
def test_who_does_not_organise_assigns_and_corrects_nothing(
    made: Appealed, client: FlaskClient, role: Role | None
) -> None:
    appeal = decided(made)
    steps = [desk(made, appeal, f"/{step}") for step in ("assign", "seat", "compute", "revise", "amend", "done")]
    assert {client.post(path).location.startswith("/sign-in") for path in steps} == {True}
    account = _with(made, role)
    sign_in(client, account)
    assert {client.post(path).status_code for path in steps} == {403}
    seen = 200 if role is Role.INTEGRITY_OFFICER else 403
    assert {client.get(path).status_code for path in (desk(made), desk(made, appeal))} == {seen}


def test_integrity_officer_who_was_chosen_decides(made: Appealed, client: FlaskClient) -> None:
    officer = _with(made, Role.INTEGRITY_OFFICER)
    appeal = sent(made.entry)
    assign_decider(appeal, officer.id, actor=made.organiser, now=SOON)
    db.session.commit()
    sign_in(client, officer)
    answer = client.post(desk(made, appeal, "/decide"), data={"action": "reject", "reason": "No tie is shown."})
    db.session.expire_all()
    assert (answer.status_code, appeal.state) == (302, AppealState.REJECTED)


def test_appeal_of_another_competition_is_not_found(made: Appealed, client: FlaskClient) -> None:
    appeal = sent(made.entry)
    stranger = make_account("stranger@gtn.example")
    other = make_competition("other-one")
    grant_role(stranger, Role.ORGANISER, other.scope)
    sign_in(client, stranger)
    assert client.get(f"/competitions/other-one/manage/appeals/{appeal.id}").status_code == 404


def _with(made: Appealed, role: Role | None) -> Account:
    account = make_account("someone@gtn.example")
    if role is not None:
        grant_role(account, role, made.panel.competition.scope)
    return account
