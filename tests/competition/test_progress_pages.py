"""The organiser's page of progress: figures, reminders, opening, extending and closing."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition.domain.pace import finish_at, is_behind, minutes_each, minutes_left
from gtn_events.competition.domain.recusal import Declared, recuse
from gtn_events.competition.domain.scorecards import save_draft
from gtn_events.competition.enums import ConflictKind, RoundState
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from tests.accounts.pages import words
from tests.competition.factories import make_competition, make_round
from tests.competition.panels import FULL, IN_TIME, OPENED_AT, Panel, make_panel, submit
from tests.factories import grant_role, make_account, sign_in
from tests.queries import count_queries

STEPS = ("open", "close", "extend", "remind")


@pytest.fixture(autouse=True)
def in_june(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


@pytest.fixture
def panel(database: None) -> Panel:
    return make_panel(judges=2, entries=3, competition={"contact_email": "organiser@gtn.example"})


def page_of(panel: Panel) -> str:
    return f"/competitions/{panel.competition.slug}/manage/progress"


def as_organiser(client: FlaskClient, panel: Panel, role: Role = Role.ORGANISER) -> None:
    account = make_account("organiser@gtn.example")
    grant_role(account, role, panel.competition.scope)
    sign_in(client, account)


def test_visitors_are_led_to_the_sign_in_page(client: FlaskClient, panel: Panel) -> None:
    for path in (page_of(panel), *(f"{page_of(panel)}/1/{step}" for step in STEPS)):
        assert client.get(path).location.startswith("/sign-in")
        if path != page_of(panel):
            assert client.post(path).location.startswith("/sign-in")


@pytest.mark.parametrize("role", [None, Role.JUDGE, Role.INTEGRITY_OFFICER])
def test_who_does_not_manage_judges_is_refused(client: FlaskClient, panel: Panel, role: Role | None) -> None:
    account = make_account("other@gtn.example")
    if role is not None:
        grant_role(account, role, panel.competition.scope)
    sign_in(client, account)
    assert client.get(page_of(panel)).status_code == 403
    assert {client.post(f"{page_of(panel)}/1/{step}").status_code for step in STEPS} == {403}
    assert panel.round.state is RoundState.OPEN


def test_organiser_of_another_competition_is_refused(client: FlaskClient, panel: Panel) -> None:
    account = make_account("other@gtn.example")
    grant_role(account, Role.ORGANISER, make_competition("other-2013").scope)
    sign_in(client, account)
    assert client.get(page_of(panel)).status_code == 403


def test_page_counts_by_judge_and_by_entry(client: FlaskClient, panel: Panel) -> None:
    submit(panel.seat(0, 0))
    save_draft(panel.seat(0, 1), FULL, seen=0, actor=panel.account(), now=IN_TIME)
    recuse(panel.seat(1, 2), Declared(ConflictKind.FAMILY), actor=panel.account(1), now=IN_TIME)
    db.session.commit()
    as_organiser(client, panel)
    page = client.get(page_of(panel)).text
    assert ("Catalina VERGARA 0" in page, "Family or a close friend" in page, "1 free" in page) == (True, True, True)
    assert '<span class="figure">1</span> <span class="of">of 5</span>' in page


def test_unknown_round_and_unfitting_step_are_not_found(client: FlaskClient, panel: Panel) -> None:
    as_organiser(client, panel)
    for path in ("?round=7", "/7/close", "/1/open", "/1/decide"):
        assert (path, client.get(page_of(panel) + path).status_code) == (path, 404)


def test_competition_without_a_round_says_so(client: FlaskClient) -> None:
    competition = make_competition()
    account = make_account("organiser@gtn.example")
    grant_role(account, Role.ORGANISER, competition.scope)
    sign_in(client, account)
    assert "No round yet" in client.get(f"/competitions/{competition.slug}/manage/progress").text


def test_round_is_opened_extended_and_closed(client: FlaskClient) -> None:
    panel = make_panel(state=RoundState.PLANNED, method_frozen_at=None)
    as_organiser(client, panel, Role.HELPER)
    page = page_of(panel)
    assert "Weighted mean, corrected for who judged" in client.get(f"{page}/1/open").text
    assert client.post(f"{page}/1/open").location == f"{page}?round=1"
    assert (panel.round.state, panel.round.method_frozen_at) == (RoundState.OPEN, IN_TIME)
    before = panel.round.closes_at
    assert client.post(f"{page}/1/extend", data={"days": "4"}).status_code == 422
    assert client.post(f"{page}/1/extend", data={"days": "3"}).location == f"{page}?round=1"
    assert panel.round.closes_at == before + timedelta(days=3)
    assert client.post(f"{page}/1/close").location == f"{page}?round=1"
    assert panel.round.state is RoundState.SCORED


def test_extension_keeps_the_time_of_day_of_the_host_over_a_change_of_clocks(client: FlaskClient) -> None:
    panel = make_panel(competition={"time_zone": "America/Santiago"})
    panel.round.closes_at = OPENED_AT.replace(month=9, day=6, hour=21)  # 17:00 there, a day before their spring
    db.session.commit()
    as_organiser(client, panel)
    client.post(f"{page_of(panel)}/1/extend", data={"days": "2"})
    assert panel.round.closes_at == OPENED_AT.replace(month=9, day=8, hour=20)


def test_opening_without_released_seats_is_refused_on_its_page(client: FlaskClient) -> None:
    panel = make_panel(entries=0, state=RoundState.PLANNED)
    as_organiser(client, panel)
    response = client.post(f"{page_of(panel)}/1/open")
    assert (response.status_code, "nobody could score" in response.text) == (422, True)


def test_page_opens_with_the_first_round_that_is_not_decided(client: FlaskClient) -> None:
    panel = make_panel(state=RoundState.DECIDED)
    make_round(panel.competition, title="Second")
    make_round(panel.competition, title="Third")
    as_organiser(client, panel)
    assert "Second. Planned from" in words(client.get(page_of(panel)).text)


@pytest.mark.parametrize("seats_given_up", [0, 1])
def test_round_is_not_closed_without_a_word_of_entries_that_lack_a_judge(
    client: FlaskClient, seats_given_up: int
) -> None:
    panel = make_panel(judges=2, entries=3, judges_per_entry=2)
    for entry in range(seats_given_up):
        recuse(panel.seat(1, entry), Declared(ConflictKind.FAMILY), actor=panel.account(1), now=IN_TIME)
    db.session.commit()
    as_organiser(client, panel)
    close, overview = client.get(f"{page_of(panel)}/1/close").text, client.get(page_of(panel)[: -len("progress")]).text
    assert ("1 entry has fewer judges than the 2 that the round asks for." in close) == bool(seats_given_up)
    assert ("1 entry lacks a judge" in overview) == bool(seats_given_up)


def test_who_is_behind_is_reminded_once_a_day(
    client: FlaskClient, panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    for entry in range(3):
        submit(panel.seat(0, entry))
    as_organiser(client, panel)
    assert "Catalina VERGARA 1" in client.get(f"{page_of(panel)}/1/remind").text
    for _ in range(2):
        client.post(f"{page_of(panel)}/1/remind")
    mail = db.session.scalars(select(OutboxMail)).one()
    assert (mail.to_address, mail.subject) == (panel.judges[1].email, "3 entries wait for your scores")
    assert ("Fri 28 Jun 2013, 06:00" in mail.body_text, "Boards" in mail.body_text) == (True, False)
    monkeypatch.setattr(clock, "now", lambda: IN_TIME + timedelta(days=1))
    client.post(f"{page_of(panel)}/1/remind")
    assert len(db.session.scalars(select(OutboxMail)).all()) == 2


def test_page_asks_the_same_at_every_length(client: FlaskClient) -> None:
    small = make_panel(judges=2, entries=2)
    large = make_panel(judges=6, entries=9, competition={"slug": "large-2013", "reference_prefix": "LAR"})
    account = make_account("organiser@gtn.example")
    account_id, counts = account.id, []
    for each in (small, large):
        db.session.add_all([each.competition, each.round, *each.seats.values(), *each.judges])
        grant_role(account, Role.ORGANISER, each.competition.scope)
        recuse(each.seat(0, 0), Declared(ConflictKind.FAMILY), actor=each.account(), now=IN_TIME)
        db.session.commit()
        sign_in(client, account)
        path = page_of(each)
        db.session.expunge_all()
        with count_queries() as queries:
            page = client.get(path)
        counts.append(len(queries))
        assert "given up" in page.text
        account = db.session.get_one(Account, account_id)
    assert counts[0] == counts[1]


def test_pace_is_the_median_within_sittings() -> None:
    moments = [IN_TIME + timedelta(minutes=minutes) for minutes in (0, 10, 30, 300, 312)]
    assert minutes_each(moments) == 12
    assert (minutes_each(moments[:2]), minutes_left(moments, 4), minutes_left(moments, 0)) == (None, 48, None)
    assert minutes_each([IN_TIME + timedelta(days=day) for day in range(3)]) is None


def test_finish_is_told_from_what_came_in_lately() -> None:
    days = timedelta(days=4)
    assert finish_at(20, 10, since=days, now=IN_TIME) == IN_TIME + timedelta(days=2)
    assert (finish_at(2, 10, since=days, now=IN_TIME), finish_at(20, 0, since=days, now=IN_TIME)) == (None, None)


@pytest.mark.parametrize(
    ("submitted", "total", "days", "behind"),
    [
        (0, 4, 0, False),
        (0, 4, 0.4, False),
        (0, 4, 0.5, True),
        (1, 4, 2, True),
        (2, 4, 2, False),
        (3, 4, 5, True),
        (4, 4, 9, False),
        (0, 0, 5, False),
    ],
)
def test_behind_is_who_did_less_than_their_share_of_the_time_after_its_first_tenth(
    submitted: int, total: int, days: float, behind: bool
) -> None:
    closes_at = IN_TIME + timedelta(days=4)
    now = IN_TIME + timedelta(days=days)
    assert is_behind(submitted, total, opens_at=IN_TIME, closes_at=closes_at, now=now) is behind
