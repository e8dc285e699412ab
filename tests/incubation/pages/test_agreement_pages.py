"""The agreement of a placement: written, changed by its parties, sent, signed on the page or on paper, amended."""

import io
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.outbox import OutboxMail
from gtn_events.incubation.documents import agreement_pdf
from gtn_events.incubation.domain.offers import decline_offer
from gtn_events.incubation.domain.placements import cancel_placement
from gtn_events.incubation.enums import AgreementState, OfferState, PlacementState
from gtn_events.incubation.models import Agreement, Party, Placement
from tests.accounts.pages import field_errors, words
from tests.factories import grant_role, make_account, sign_in
from tests.incubation.factories import make_call, make_host
from tests.incubation.placing import ACCEPTED, People, make_placement, sign_by_all, write

NOW = datetime(2027, 7, 1, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def summer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def placement(database: None) -> Placement:
    return make_placement()


@pytest.fixture
def people(placement: Placement) -> People:
    return People(placement.application.call, placement)


def page(placement: Placement, path: str = "agreement") -> str:
    return f"/co-incubation/{placement.application.call.slug}/placements/{placement.id}/{path}"


def version(placement: Placement) -> Agreement:
    statement = select(Agreement).where(Agreement.placement_id == placement.id).order_by(Agreement.number.desc())
    return db.session.scalars(statement.execution_options(populate_existing=True)).first()  # type: ignore[return-value]  # is there


def mails(template: str) -> list[str]:
    statement = select(OutboxMail.to_address).where(OutboxMail.template == f"incubation/{template}")
    return list(db.session.scalars(statement.order_by(OutboxMail.id)))


def draft_parts(client: FlaskClient, placement: Placement) -> dict[str, str]:
    """Change every part of the draft as a form sends it; return what was answered by part."""
    plan = {
        "goals-0": "One room runs",
        "goals-1": "Two orders",
        "learning": "Wet heat",
        "activities-0-what": "Build it",
    }
    plan |= {"activities-0-begins": "2027-09-06", "activities-0-ends": "2027-09-20", "activities-0-where": "Workshop"}
    means = {"gives-0-who": "host", "gives-0-what": "A desk", "costs-0-who": "firm", "costs-0-what": "Travel"}
    means |= {"figures-0-name": "Orders", "figures-0-begins": "0", "figures-0-ends": "2", "risks": "Rain"}
    terms = {"clauses-0-heading": "Aim", "clauses-0-text": "A cold room."}
    parties = {}
    for at, (role, organisation, name, email) in enumerate(
        (
            ("firm", "Andes", "Rosa HUAMÁN", "rosa@firm.example"),
            ("host", "Korat", "Thanakorn", "thanakorn@host.example"),
            ("home", "Ministry", "Ana Quispe", "Ana@Ministry.example"),
        )
    ):
        row = {"role": role, "organisation": organisation, "name": name, "email": email}
        parties |= {f"parties-{at}-{key}": value for key, value in row.items()}
    answers = {}
    for part, values in (("plan", plan), ("means", means), ("terms", terms), ("parties", parties)):
        assert client.get(page(placement, f"agreement/edit/{part}")).status_code == 200
        seen = {"seen": str(version(placement).lock_version)}
        answers[part] = client.post(page(placement, f"agreement/edit/{part}"), data=values | seen).location
    return answers


def test_an_accepted_offer_makes_a_placement_and_tells_the_sides(placement: Placement, people: People) -> None:
    assert placement.state is PlacementState.PREPARING
    assert mails("placement_begins") == ["rosa@firm.example"]


def test_a_place_that_is_given_back_cancels_the_placement(placement: Placement, people: People) -> None:
    decline_offer(placement.offer, actor=people.firm, now=ACCEPTED, reason="No visa.")
    assert (placement.state, placement.offer.state) == (PlacementState.CANCELLED, OfferState.DECLINED)


def test_when_the_placement_is_cancelled_nobody_is_asked_to_sign(
    client: FlaskClient, placement: Placement, people: People
) -> None:
    sign_in(client, people.firm)
    client.post(page(placement, "agreement/write"))
    draft_parts(client, placement)
    client.post(page(placement, "agreement/send"))
    assert "Sign version 1" in client.get(page(placement)).text
    cancel_placement(placement, reason="No visa.", actor=people.organiser, now=NOW)
    db.session.commit()
    text = client.get(page(placement)).text
    assert ("Sign version 1" in text, "nobody signs it any more" in text) == (False, True)
    signature = {"typed_name": "Rosa HUAMÁN", "sha256": version(placement).sha256}
    reply = client.post(page(placement, "agreement/sign"), data=signature)
    assert (reply.status_code, "The placement is cancelled." in reply.text) == (422, True)
    assert (version(placement).state, mails("agreement_signed")) == (AgreementState.SIGNING, [])


def test_parties_write_the_agreement_together_and_sign_it(
    client: FlaskClient, placement: Placement, people: People
) -> None:
    sign_in(client, people.firm)
    assert "No agreement yet" in client.get(page(placement)).text
    assert client.post(page(placement, "agreement/write")).location.endswith("/agreement/edit/plan")
    first = version(placement)
    assert (first.plan["goals"], len(first.clauses) > 10) == (["One room in use"], True)
    assert [party.role.value for party in first.parties] == ["firm", "host", "home"]
    sign_in(client, people.manager)
    assert draft_parts(client, placement)["parties"].endswith("/agreement")
    first = version(placement)
    assert first.plan["activities"][0]["from"] == "2027-09-06"
    assert [party.account_id for party in first.parties] == [people.firm.id, people.manager.id, people.home.id]
    assert client.post(page(placement, "agreement/send")).status_code == 302
    assert mails("agreement_to_sign") == ["rosa@firm.example"]
    names = ["Rosa Huamán", "thanakorn", "Ana Quispe"]
    for person, name in zip((people.firm, people.manager, people.home), names, strict=True):
        sign_in(client, person)
        shown = client.get(page(placement)).text
        assert "Sign for" in shown
        reply = client.post(page(placement, "agreement/sign"), data=signature(placement, name))
        assert reply.status_code == 302
    assert mails("agreement_to_sign") == ["rosa@firm.example", "thanakorn@host.example", "ana@ministry.example"]
    assert len(mails("agreement_signed")) == 3
    assert (version(placement).state, placement.state) == (AgreementState.SIGNED, PlacementState.AGREED)
    assert "Typed: “Rosa Huamán”" in words(client.get(page(placement)).text)
    reply = client.get(page(placement, "agreement/versions/1.pdf"))
    assert (reply.mimetype, reply.data[:5]) == ("application/pdf", b"%PDF-")
    assert reply.data == agreement_pdf(version(placement))


def signature(placement: Placement, name: str) -> dict[str, str]:
    return {"typed_name": name, "sha256": version(placement).sha256}


def test_everybody_sees_who_is_waited_for(client: FlaskClient, placement: Placement, people: People) -> None:
    write(placement, people.firm)
    sign_in(client, people.organiser)
    client.post(page(placement, "agreement/send"))
    assert "Waiting for Rosa HUAMÁN." in words(client.get(page(placement)).text)
    assert client.get(page(placement, "agreement/edit/plan")).status_code == 302


def test_what_is_not_signed_as_it_stands_is_told_at_its_field(
    client: FlaskClient, placement: Placement, people: People
) -> None:
    write(placement, people.firm)
    sign_in(client, people.firm)
    client.post(page(placement, "agreement/send"))
    wrong = client.post(page(placement, "agreement/sign"), data=signature(placement, "Somebody else"))
    assert (wrong.status_code, list(field_errors(wrong))) == (422, ["typed_name"])
    stale = client.post(page(placement, "agreement/sign"), data={"typed_name": "Rosa Huamán", "sha256": "0" * 64})
    assert (stale.status_code, "not the one that was shown" in stale.text) == (422, True)
    for name, data in (("a.pdf", b"%PDF-1.7 cut"), ("a.pdf", b"hello"), ("a.pdf", b"%PDF-1.4\n%%EOF")):
        file = {"file": (io.BytesIO(data), name)}
        reply = client.post(page(placement, "agreement/sign"), data=signature(placement, "Rosa Huamán") | file)
        assert (reply.status_code, list(field_errors(reply))) == (422, ["file"])
    assert db.session.scalars(select(Party.signed_at)).all() == [None, None, None]


def test_a_copy_that_was_signed_on_paper_is_kept_and_shown_to_those_who_see_the_agreement(
    client: FlaskClient, placement: Placement, people: People
) -> None:
    write(placement, people.firm)
    sign_in(client, people.firm)
    client.post(page(placement, "agreement/send"))
    file = {"file": (io.BytesIO(agreement_pdf(version(placement))), "signed: rosa.pdf")}
    assert (
        client.post(page(placement, "agreement/sign"), data=signature(placement, "Rosa Huamán") | file).status_code
        == 302
    )
    party = version(placement).parties[0]
    assert party.upload is not None
    copy = page(placement, f"agreement/signed/{party.id}")
    for person, status in ((people.home, 200), (people.manager, 200), (make_account("x@firm.example"), 404)):
        sign_in(client, person)
        reply = client.get(copy)
        assert reply.status_code == status
        reply.close()


def test_the_organiser_keeps_what_a_party_without_an_account_signed_on_paper(
    client: FlaskClient, placement: Placement, people: People
) -> None:
    write(placement, people.firm)
    sign_in(client, people.organiser)
    client.post(page(placement, "agreement/send"))
    party = version(placement).parties[2]
    url = page(placement, f"agreement/parties/{party.id}/paper")
    for person in (people.manager, people.firm):
        sign_in(client, person)
        assert client.post(url).status_code == 403
    sign_in(client, people.organiser)
    client.post(url)
    client.post(url, data={"file": (io.BytesIO(b"hello"), "a.pdf")})
    assert version(placement).parties[2].signed_at is None
    client.post(url, data={"file": (io.BytesIO(agreement_pdf(version(placement))), "signed.pdf")})
    signed = version(placement).parties[2]
    assert (signed.signed_at, signed.typed_name, signed.upload is not None) == (NOW, signed.name, True)


def test_a_party_declines_with_a_reason_and_the_next_version_begins_from_the_last(
    client: FlaskClient, placement: Placement, people: People
) -> None:
    write(placement, people.firm)
    sign_in(client, people.manager)
    client.post(page(placement, "agreement/send"))
    silent = client.post(page(placement, "agreement/decline"), data={"reason": " "})
    assert (silent.status_code, version(placement).state) == (302, AgreementState.SIGNING)
    client.post(page(placement, "agreement/decline"), data={"reason": "The desk is not free."})
    assert (version(placement).state, version(placement).ended_reason) == (
        AgreementState.DECLINED,
        "The desk is not free.",
    )
    assert sorted(mails("agreement_declined")) == [
        "ana@ministry.example",
        "rosa@firm.example",
        "thanakorn@host.example",
    ]
    sign_in(client, people.firm)
    assert "The desk is not free." in client.get(page(placement)).text
    client.post(page(placement, "agreement/write"))
    assert (version(placement).number, version(placement).plan) == (2, placement.agreements[0].plan)


def test_an_amendment_shows_what_differs(client: FlaskClient, placement: Placement, people: People) -> None:
    sign_by_all(write(placement, people.firm), people.firm)
    sign_in(client, people.manager)
    client.post(page(placement, "agreement/write"), data={"reason": ""})
    assert version(placement).number == 1
    client.post(page(placement, "agreement/write"), data={"reason": "A second goal."})
    data = {"goals-0": "One room in use", "goals-1": "Two orders", "seen": str(version(placement).lock_version)}
    client.post(page(placement, "agreement/edit/plan"), data=data)
    shown = words(client.get(page(placement)).text)
    assert ("What this version amends: A second goal." in shown, "Goal Two orders" in shown) == (True, True)


def test_a_draft_that_somebody_changed_meanwhile_is_not_overwritten(
    client: FlaskClient, placement: Placement, people: People
) -> None:
    write(placement, people.firm)
    sign_in(client, people.firm)
    reply = client.post(page(placement, "agreement/edit/plan"), data={"goals-0": "Mine", "seen": "0"})
    assert (reply.status_code, 'value="Mine"' in reply.text) == (409, True)
    bad = {"activities-0-begins": "2027-09-20", "activities-0-ends": "2027-09-06", "activities-0-what": "Build"}
    wrong = client.post(page(placement, "agreement/edit/plan"), data=bad | {"seen": "1"})
    assert (wrong.status_code, list(field_errors(wrong))) == (422, ["activities-0-ends"])
    assert client.get(page(placement, "agreement/edit/nothing")).status_code == 404


@pytest.mark.parametrize("who", ["stranger", "other firm", "other host", "other coordinator", "other organiser"])
def test_the_wrong_person_finds_no_agreement(
    client: FlaskClient, placement: Placement, people: People, who: str
) -> None:
    write(placement, people.firm)
    other_call = make_call("other-call", reference_prefix="OTH", title="Other")
    other = make_placement(other_call, host="Cebu Cold Chain Centre", firm="minh")
    person = make_account("person@gtn.example")
    if who == "other firm":
        person = other.application.account
    elif who == "other host":
        grant_role(person, Role.HOST_MANAGER, make_host("Maker Mill", "NZ").scope)
    elif who == "other coordinator":
        grant_role(person, Role.ECONOMY_COORDINATOR, db.session.get_one(Economy, "CHL").scope)
    elif who == "other organiser":
        grant_role(person, Role.ORGANISER, other_call.scope)
    sign_in(client, person)
    for path in (
        "",
        "agreement",
        "agreement/versions/1.pdf",
        "agreement/edit/plan",
        "milestones",
        "reports",
        "services",
    ):
        assert client.get(page(placement, path)).status_code == 404
    for path in (
        "agreement/write",
        "agreement/send",
        "agreement/sign",
        "agreement/decline",
        "agreement/take-back",
        "start",
    ):
        assert client.post(page(placement, path)).status_code == 404
    elsewhere = f"/co-incubation/other-call/placements/{placement.id}/"
    assert client.get(elsewhere).status_code == 404


def test_a_party_without_another_role_sees_what_went_out_and_nothing_else(
    client: FlaskClient, placement: Placement, people: People
) -> None:
    agreement = write(placement, people.firm)
    funder = make_account("fund@bank.example", given_name="Mele", family_name="Tau")
    agreement.parties[2].email, agreement.parties[2].account = "Fund@bank.example", None
    agreement.parties[2].name = "Mele Tau"
    db.session.commit()
    sign_in(client, funder)
    assert client.get(page(placement)).status_code == 404
    sign_in(client, people.firm)
    client.post(page(placement, "agreement/send"))
    agreement.parties[2].email = "fund@bank.example"
    db.session.commit()
    sign_in(client, funder)
    assert [client.get(page(placement, path)).status_code for path in ("", "agreement", "milestones", "reports")] == [
        200,
        200,
        403,
        403,
    ]
    assert client.post(page(placement, "agreement/take-back"), data={"reason": "x"}).status_code == 403
