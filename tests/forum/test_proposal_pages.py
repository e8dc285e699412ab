"""The pages of proposing a side event and of deciding on it, and who does not reach them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.domain.signed_links import LinkPurpose
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.accounts.views.tokens import signer
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Scope
from gtn_events.forum.domain.proposals.drafts import NamedCoHost
from gtn_events.forum.domain.proposals.sending import send_proposal
from gtn_events.forum.enums import ProposalState
from gtn_events.forum.models import Forum, ProposalWindow, SideEvent, SideEventProposal
from tests.accounts.pages import nonce_in, seen_in
from tests.factories import MADE_AT, grant_role, make_account, make_forum, sign_in
from tests.forum.proposing import DESCRIPTION, LINKS, make_proposal, open_window

TYPED: dict[str, Any] = {
    "title": "A tender on the table",
    "topic": "Green public procurement",
    "lead_economy_code": "PE",
    "contact_name": "Rosa Huamán",
    "contact_email": "rosa@firm.example",
    "format": "hybrid",
    "languages": "English",
    "description": DESCRIPTION,
    "objectives": "Six clauses.",
    "expected_number": "30",
    "day_1": "2013-06-05",
    "slot_1": "lunch",
    "day_2": "",
    "slot_2": "lunch",
    "day_3": "2013-06-06",
    "slot_3": "evening",
    "co_host_name_1": "Bukit Incubator",
    "co_host_email_1": "bukit@incubator.example",
}


@pytest.fixture
def forum(database: None) -> Forum:
    forum = make_forum()
    open_window(forum)
    return forum


@pytest.fixture
def proposer(forum: Forum) -> Account:
    return make_account()


@pytest.fixture
def proposal(forum: Forum, proposer: Account) -> SideEventProposal:
    """A proposal that the organiser has."""
    made = make_proposal(forum, proposer, co_hosts=[NamedCoHost("Bukit Incubator", "bukit@incubator.example")])
    send_proposal(made, links=LINKS, actor=proposer, now=MADE_AT)
    db.session.commit()
    return made


def test_a_proposal_is_typed_saved_changed_and_sent(client: FlaskClient, forum: Forum, proposer: Account) -> None:
    sign_in(client, proposer)
    first = client.post(f"/forums/{forum}/propose/new", data=TYPED | {"objectives": ""})
    proposal = db.session.scalars(select(SideEventProposal)).one()
    assert first.location == f"/forums/{forum}/propose/{proposal.id}"
    page = client.get(first.location)
    assert ("Say what it is to achieve." in page.text, "Send the proposal" in page.text) == (True, False)
    typed = TYPED | {"seen": str(proposal.lock_version)}
    assert client.post(f"{first.location}/edit", data=typed).status_code == 302
    assert "Send the proposal" in client.get(first.location).text
    assert client.post(f"{first.location}/send").status_code == 302
    assert proposal.state is ProposalState.PROPOSED
    assert proposal.wishes == [{"day": "2013-06-05", "slot": "lunch"}, {"day": "2013-06-06", "slot": "evening"}]
    assert "nothing you have to do" in client.get(first.location).text


def test_a_stale_form_and_a_long_title_are_said_at_the_form(
    client: FlaskClient, forum: Forum, proposer: Account
) -> None:
    sign_in(client, proposer)
    long = client.post(f"/forums/{forum}/propose/new", data=TYPED | {"title": "word " * 16})
    assert (long.status_code, "Use 15 words at most." in long.text) == (422, True)
    proposal = make_proposal(forum, proposer)
    stale = client.post(f"/forums/{forum}/propose/{proposal.id}/edit", data=TYPED | {"seen": "0"})
    assert (stale.status_code, "in another window" in stale.text) == (422, True)
    site = client.post(f"/forums/{forum}/propose/new", data=TYPED | {"website": "javascript:alert(1)"})
    assert site.status_code == 422


def test_the_public_page_offers_what_the_window_allows(client: FlaskClient, forum: Forum) -> None:
    where = f"/forums/{forum}/propose"
    assert "Begin a proposal" in client.get(where).text
    assert where in client.get(f"/forums/{forum}/side-events").text
    open_window(forum, takes=False)
    assert "Proposals are not taken now." in client.get(where).text
    assert f'href="{where}"' not in client.get(f"/forums/{forum}/side-events").text
    open_window(forum, opens_at=clock.now() + timedelta(days=1))
    assert "Proposals are taken from" in client.get(where).text


def test_a_co_host_confirms_by_the_link_without_signing_in(
    client: FlaskClient, forum: Forum, proposal: SideEventProposal
) -> None:
    co_host = proposal.co_hosts[0]
    token = signer().make(LinkPurpose.CO_HOST, {"co_host": co_host.id, "email": co_host.email_key}, now=clock.now())
    where = f"/forums/{forum}/propose/co-host/{token}"
    assert "Yes, we host it too" in client.get(where).text
    assert client.post(where, data={"answer": "confirm"}).status_code == 302
    assert co_host.confirmed_at is not None
    other = make_forum("other-forum", title="Other")
    assert client.get(f"/forums/{other}/propose/co-host/{token}").status_code == 404
    assert client.get(f"/forums/{forum}/propose/co-host/{token}x").status_code == 410
    invited = signer().make(LinkPurpose.INVITATION, {"co_host": co_host.id}, now=clock.now())
    assert client.get(f"/forums/{forum}/propose/co-host/{invited}").status_code == 410
    # SQLite gives the number of one who was taken out to the next: the link is for an address, too.
    earlier = signer().make(LinkPurpose.CO_HOST, {"co_host": co_host.id, "email": "out@firm.example"}, now=clock.now())
    assert client.get(f"/forums/{forum}/propose/co-host/{earlier}").status_code == 410


def test_a_co_host_confirms_signed_in_with_the_address_and_nobody_else_does(
    client: FlaskClient, forum: Forum, proposal: SideEventProposal
) -> None:
    where = f"/forums/{forum}/propose/co-hosting/{proposal.co_hosts[0].id}"
    sign_in(client, make_account("other@firm.example"))
    assert client.post(where, data={"answer": "confirm"}).status_code == 404
    sign_in(client, make_account("bukit@incubator.example"))
    assert "Are you a co-host of" in client.get("/home").text
    assert client.post(where, data={"answer": "decline"}).status_code == 302
    assert proposal.co_hosts[0].declined_at is not None


@pytest.mark.parametrize("who", ["another proposer", "coordinator", "organiser"])
def test_ones_own_proposal_is_nobody_elses(
    client: FlaskClient, forum: Forum, proposal: SideEventProposal, who: str
) -> None:
    person = make_account("other@firm.example")
    if who == "coordinator":
        grant_role(person, Role.ECONOMY_COORDINATOR, Scope("economy", 14))
    if who == "organiser":
        grant_role(person, Role.ORGANISER, forum.scope)
    sign_in(client, person)
    base = f"/forums/{forum}/propose/{proposal.id}"
    for page in ("", "/edit", "/withdraw"):
        assert client.get(base + page).status_code == 404
    for act in ("/send", "/withdraw", "/discard", f"/co-hosts/{proposal.co_hosts[0].id}/remind"):
        assert client.post(base + act).status_code == 404


def test_an_organiser_never_sees_a_draft(client: FlaskClient, forum: Forum, proposer: Account) -> None:
    draft = make_proposal(forum, proposer, "Only in my drawer")
    organiser = make_account("organiser@gtn.example")
    grant_role(organiser, Role.ORGANISER, forum.scope)
    sign_in(client, organiser)
    assert "Only in my drawer" not in client.get(f"/forums/{forum}/manage/proposals").text
    assert client.get(f"/forums/{forum}/manage/proposals/{draft.id}").status_code == 404


def test_an_organiser_reviews_notes_and_agrees(
    client: FlaskClient, forum: Forum, proposal: SideEventProposal, proposer: Account
) -> None:
    organiser = make_account("organiser@gtn.example")
    grant_role(organiser, Role.ORGANISER, forum.scope)
    sign_in(client, organiser)
    assert "1 proposed side event to decide" in client.get("/home").text
    base = f"/forums/{forum}/manage/proposals/{proposal.id}"
    client.post(f"{base}/review")
    client.post(f"{base}/notes", data={"text": "Close to the other one."})
    assert "Close to the other one." in client.get(base).text
    assert client.post(f"{base}/answer/ask-changes", data={"reason": " "}).status_code == 422
    place = {"starts_at": "2013-06-05T12:00", "ends_at": "2013-06-05T13:00", "room_name": "Hall 2", "capacity": "12"}
    early = client.post(f"{base}/agree", data=place)
    assert (early.status_code, "Not confirmed yet: Bukit Incubator" in early.text) == (422, True)
    proposal.co_hosts[0].confirmed_at = MADE_AT
    db.session.commit()
    assert client.post(f"{base}/agree", data=place).status_code == 302
    side_event = db.session.scalars(select(SideEvent)).one()
    public = f"/forums/{forum}/side-events/{side_event.slug}"
    assert client.get(public).status_code == 404
    client.post(f"{base}/publish")
    assert client.get(public).status_code == 200
    assert client.get(f"{base}/agree").status_code == 302
    sign_in(client, proposer)
    own = client.get(f"/forums/{forum}/propose/{proposal.id}").text
    assert ("Close to the other one." in own, "It is public" in own) == (False, True)


def test_the_window_is_set_and_its_order_checked(client: FlaskClient, forum: Forum) -> None:
    organiser = make_account("organiser@gtn.example")
    grant_role(organiser, Role.ORGANISER, forum.scope)
    sign_in(client, organiser)
    where = f"/forums/{forum}/manage/proposals/window"
    wrong = client.post(where, data={"opens_at": "2013-05-02T09:00", "closes_at": "2013-05-01T09:00", "takes": "y"})
    assert (wrong.status_code, "Proposals close before they open." in wrong.text) == (422, True)
    times = {"opens_at": "2013-04-01T09:00", "closes_at": "2013-05-01T09:00", "words": "## Rooms"}
    client.post(where, data=times | {"seen": seen_in(client.get(where))})
    window = db.session.get_one(ProposalWindow, forum.id)
    assert (window.takes, window.closes_at) == (False, datetime.fromisoformat("2013-05-01T02:00:00+00:00"))
    assert "Rooms" in client.get(f"/forums/{forum}/propose").text


def drafts() -> list[str]:
    return list(db.session.scalars(select(SideEventProposal.title).order_by(SideEventProposal.id)))


def test_a_new_proposal_that_is_sent_twice_is_one_draft(client: FlaskClient, forum: Forum, proposer: Account) -> None:
    sign_in(client, proposer)
    where = f"/forums/{forum}/propose/new"
    typed = TYPED | {"nonce": nonce_in(client.get(where))}
    pressed = [client.post(where, data=typed).location for _time in range(3)]
    assert (len(set(pressed)), drafts()) == (1, [TYPED["title"]])
    corrected = typed | {"title": "A tender on each table"}  # the browser's back button, then saved again
    assert client.post(where, data=corrected).location == pressed[0]
    assert drafts() == ["A tender on each table"]
    another = TYPED | {"nonce": nonce_in(client.get(where))}
    assert client.post(where, data=another).location != pressed[0]
    assert drafts() == ["A tender on each table", TYPED["title"]]


def test_an_old_page_of_a_new_proposal_overwrites_nothing(client: FlaskClient, forum: Forum, proposer: Account) -> None:
    sign_in(client, proposer)
    where = f"/forums/{forum}/propose/new"
    typed = TYPED | {"nonce": nonce_in(client.get(where))}
    page = client.post(where, data=typed).location
    client.post(f"{page}/edit", data=TYPED | {"title": "Changed", "seen": seen_in(client.get(f"{page}/edit"))})
    stale = client.post(where, data=typed)
    assert (stale.status_code, "in another window" in stale.text, drafts()) == (422, True, ["Changed"])
    client.post(f"{page}/send")
    sent = client.post(where, data=typed)
    assert (sent.status_code, "The organiser has this proposal now" in sent.text, drafts()) == (422, True, ["Changed"])


def test_the_name_of_a_form_reaches_no_draft_of_somebody_else(
    client: FlaskClient, forum: Forum, proposer: Account
) -> None:
    where = f"/forums/{forum}/propose/new"
    sign_in(client, proposer)
    typed = TYPED | {"nonce": nonce_in(client.get(where))}
    first = client.post(where, data=typed).location
    sign_in(client, make_account("other@firm.example"))
    assert client.post(where, data=typed | {"title": "Mine"}).location != first
    assert drafts() == [TYPED["title"], "Mine"]
    for garbage in ("", "x", "é" * 32, "x" * 10_000):
        assert client.post(where, data=TYPED | {"nonce": garbage}).status_code == 302
