"""An officer signs for the badges of a delegation; where each badge is, is known and can be put right."""

import io
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass, Economy
from gtn_events.core.journal import entries_about
from gtn_events.core.permissions import Scope
from gtn_events.forum.domain.badge_custody import Taker, hand_over, move_badge, undo_move
from gtn_events.forum.domain.badges import record_prints
from gtn_events.forum.enums import BadgeState
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.errors import BadgesRefused, ReasonMissing
from gtn_events.forum.models import BadgeHandover, Forum, ForumBadge, Registration
from gtn_events.forum.queries.badge_custody import Party
from tests.factories import grant_role, make_account, make_category, make_registration, sign_in

OFFICER = {"party": "PE", "taker": "", "taker_name": "Inés Quispe", "taker_function": "Liaison officer"}


def party(code: str = "PE") -> Party:
    return Party(DelegationClass.ECONOMY, db.session.get_one(Economy, code))


@pytest.fixture
def delegates(forum: Forum, organiser: Account, now: datetime) -> list[Registration]:
    """Two of Peru and one of Thailand, with their badges."""
    category = make_category(forum)
    found = [
        make_registration(
            category, make_account(f"p{number}@firm.example", family_name=family, economy_code=code), State.CONFIRMED
        )
        for number, (family, code) in enumerate((("Ayala", "PE"), ("Bravo", "PE"), ("Chaiya", "THA")))
    ]
    record_prints(forum, [each.id for each in found], reason="", actor=organiser, now=now)
    db.session.commit()
    return found


def states() -> list[str]:
    return [each.state.value for each in db.session.scalars(select(ForumBadge).order_by(ForumBadge.registration_id))]


def handed(desk: FlaskClient, forum: Forum, chosen: list[Registration]) -> BadgeHandover:
    sent = OFFICER | {"ids": [str(each.id) for each in chosen]}
    reply = desk.post(f"/forums/{forum}/manage/badges/handover", data=sent)
    assert reply.status_code == 302, reply.text
    return db.session.scalars(select(BadgeHandover).order_by(BadgeHandover.id.desc())).first() or pytest.fail("none")


def test_an_officer_takes_the_badges_and_gets_a_receipt(
    desk: FlaskClient, forum: Forum, delegates: list[Registration]
) -> None:
    handover = handed(desk, forum, delegates[:2])
    assert states() == ["with-officer", "with-officer", "printed"]
    reply = desk.get(f"/forums/{forum}/manage/badges/handovers/{handover.id}/receipt.pdf")
    text = " ".join(PdfReader(io.BytesIO(reply.data)).pages[0].extract_text().split())
    for part in (
        "Rosa AYALA",
        "Rosa BRAVO",
        delegates[0].reference,
        "Inés Quispe, Liaison officer, took over 2 badges",
    ):
        assert part in text
    assert "CHAIYA" not in text
    assert [each.action for each in db.session.scalars(entries_about(delegates[0]))][:1] == ["badge moved"]


def test_badges_of_another_economy_or_not_at_the_desk_are_refused(
    desk: FlaskClient, forum: Forum, delegates: list[Registration]
) -> None:
    handed(desk, forum, delegates[:1])
    for chosen in (delegates[2:], delegates[:1], []):
        sent = OFFICER | {"ids": [str(each.id) for each in chosen]}
        assert desk.post(f"/forums/{forum}/manage/badges/handover", data=sent).status_code == 422
    assert states() == ["with-officer", "printed", "printed"]


def test_name_and_function_of_the_officer_are_needed(
    desk: FlaskClient, forum: Forum, delegates: list[Registration]
) -> None:
    for missing in ("taker_name", "taker_function"):
        sent = OFFICER | {missing: " ", "ids": str(delegates[0].id)}
        reply = desk.post(f"/forums/{forum}/manage/badges/handover", data=sent)
        assert (reply.status_code, f'id="{missing}-error"' in reply.text) == (422, True)


def test_the_coordinator_can_be_chosen(desk: FlaskClient, forum: Forum, delegates: list[Registration]) -> None:
    coordinator = make_account("coordinator@gtn.example", given_name="Luz", family_name="Mar")
    grant_role(coordinator, Role.ECONOMY_COORDINATOR, Scope("economy", party().economy.rank))  # type: ignore[union-attr]
    sent = {"party": "PE", "taker": str(coordinator.id), "ids": str(delegates[0].id)}
    desk.post(f"/forums/{forum}/manage/badges/handover", data=sent)
    found = db.session.scalars(select(BadgeHandover)).one()
    assert (found.taker_account_id, found.taker_function) == (coordinator.id, "Coordinator of Peru")


def test_an_undone_handover_brings_back_what_is_still_with_the_officer(
    desk: FlaskClient, forum: Forum, delegates: list[Registration]
) -> None:
    address = f"/forums/{forum}/manage/badges/handovers/{handed(desk, forum, delegates[:2]).id}"
    desk.post(f"{address}/move", data={"ids": str(delegates[0].id), "state": "handed-out"})
    assert states() == ["handed-out", "with-officer", "printed"]
    for _ in range(2):
        desk.post(f"{address}/undo")
        db.session.expire_all()
    assert states() == ["handed-out", "printed", "printed"]
    assert "Undone" in desk.get(address).text


def test_one_badge_is_handed_out_at_the_desk_and_undone(
    desk: FlaskClient, forum: Forum, delegates: list[Registration]
) -> None:
    address = f"/forums/{forum}/manage/badges/{delegates[0].id}"
    desk.post(f"{address}/move", data={"state": "handed-out"})
    assert states()[0] == "handed-out"
    desk.post(f"{address}/undo")
    db.session.expire_all()
    assert states()[0] == "printed"


def test_a_lost_badge_says_how(organiser: Account, delegates: list[Registration], now: datetime) -> None:
    badge = db.session.scalars(select(ForumBadge).where(ForumBadge.registration_id == delegates[0].id)).one()
    with pytest.raises(ReasonMissing):
        move_badge(badge, BadgeState.LOST, reason=" ", actor=organiser, now=now)
    move_badge(badge, BadgeState.LOST, reason="In the shuttle", actor=organiser, now=now)
    with pytest.raises(BadgesRefused):
        move_badge(badge, BadgeState.HANDED_OUT, reason="", actor=organiser, now=now)
    record_prints(badge.registration.forum, [badge.registration_id], reason="Lost", actor=organiser, now=now)
    assert (badge.state, badge.state_reason, badge.copies) == (BadgeState.PRINTED, "", 2)
    with pytest.raises(BadgesRefused):
        undo_move(badge, actor=organiser, now=now)


def test_what_was_handed_over_with_others_is_undone_with_them(
    forum: Forum, organiser: Account, delegates: list[Registration], now: datetime
) -> None:
    taker = Taker("Inés Quispe", "Liaison officer")
    handover = hand_over(forum, party(), [delegates[0].id], taker=taker, actor=organiser, now=now)
    with pytest.raises(BadgesRefused):
        undo_move(handover.lines[0].badge, actor=organiser, now=now)


def test_a_coordinator_sees_the_badges_of_the_own_economy_only(
    client: FlaskClient, forum: Forum, delegates: list[Registration]
) -> None:
    coordinator = make_account("coordinator@gtn.example", economy_code="THA")
    grant_role(coordinator, Role.ECONOMY_COORDINATOR, Scope("economy", party("THA").economy.rank))  # type: ignore[union-attr]
    sign_in(client, coordinator)
    page = client.get(f"/forums/{forum}/delegation/THA/badges")
    assert (page.status_code, "Chaiya" in page.text, "Ayala" in page.text) == (200, True, False)
    assert f'href="/forums/{forum}/delegation/THA/nominations"' in page.text  # the desk's tabs, so that the way goes on
    for economy in db.session.scalars(select(Economy.code).where(Economy.code != "THA")):
        assert client.get(f"/forums/{forum}/delegation/{economy}/badges").status_code == 403
    assert client.get(f"/forums/{forum}/manage/badges/handover").status_code == 403
    assert delegates[2].reference in page.text


def test_others_see_no_delegation(client: FlaskClient, forum: Forum, delegates: list[Registration]) -> None:
    address = f"/forums/{forum}/delegation/PE/badges"
    assert client.get(address).status_code == 302
    sign_in(client, delegates[0].account)
    assert client.get(address).status_code == 403
