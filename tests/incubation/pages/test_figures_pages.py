"""The figures of a firm: by link, signed in, and by an organiser's hand."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.incubation.domain.figure_links import make_link
from gtn_events.incubation.domain.figure_reminders import ask_for_due_figures
from gtn_events.incubation.enums import Moment, PlacementState
from gtn_events.incubation.models import Call, FigureLink, FigureSet, Placement
from gtn_events.incubation.personal_data_figures import erase_figures, export_figures
from tests.accounts.pages import words
from tests.factories import grant_role, make_account, sign_in
from tests.incubation.factories import make_application, make_call, make_host, make_intake
from tests.incubation.figures_factories import DUE, give, make_placement, set_at, typed

NOW = datetime(2028, 6, 5, 3, 0, tzinfo=UTC)
LINK = re.compile(r"/co-incubation/figures/([\w-]{43})")


@pytest.fixture(autouse=True)
def six_months_after(monkeypatch: pytest.MonkeyPatch, spring: None) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def firm(database: None) -> Account:
    return make_account("rosa@firm.example", given_name="Rosa", family_name="Huamán", economy_code="PE")


@pytest.fixture
def placement(call: Call, firm: Account) -> Placement:
    intake = make_intake(call, make_host())
    return make_placement(make_application(call, firm, [intake]), intake)


@pytest.fixture
def figures(placement: Placement) -> FigureSet:
    return set_at(placement, Moment.AFTER_6)


def link_to(figures: FigureSet, *, now: datetime = NOW) -> str:
    token = make_link(figures, now=now)
    db.session.commit()
    return f"/co-incubation/figures/{token}"


def seen(page: str) -> str:
    found = re.search(r'name="seen" type="hidden" value="(\d+)"', page)
    assert found is not None
    return found[1]


def mails(template: str) -> list[OutboxMail]:
    statement = select(OutboxMail).where(OutboxMail.template == f"incubation/{template}").order_by(OutboxMail.id)
    return list(db.session.scalars(statement))


def test_a_link_takes_the_figures_without_signing_in_and_thanks(client: FlaskClient, figures: FigureSet) -> None:
    address = link_to(figures)
    page = client.get(address).text
    assert "Figures: 6 months after" in page
    assert "Rosa" not in page
    sent = typed(revenue="1,250,000", exports="90000", jobs_women="7", patents="")
    answer = client.post(address, data={**sent, "patents_unknown": "y", "note": "A good year."})
    assert (answer.status_code, answer.location) == (302, f"{address}/check")
    check = client.get(answer.location).text
    assert "1,250,000" in words(check)
    assert "not known" in words(check)
    confirmed = client.post(f"{address}/check", data={"name": "Rosa Huamán", "seen": seen(check)})
    assert confirmed.location == address
    thanks = client.get(address).text
    row = db.session.scalars(select(FigureSet).where(FigureSet.id == figures.id)).one()
    assert (row.values["revenue"], row.values["patents"], row.sent_by) == ("1250000", None, "Rosa Huamán")
    assert row.sha256 in thanks
    assert "1,250,000" not in thanks
    receipt = mails("figures_received")[0]
    assert (receipt.to_address, row.sha256 in receipt.body_text) == ("rosa@firm.example", True)
    assert client.post(address, data=sent).status_code == 200
    assert db.session.get_one(FigureSet, figures.id).values["revenue"] == "1250000"


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(client: FlaskClient, figures: FigureSet) -> None:
    address = link_to(figures)
    sent = typed(revenue="-4", exports="12,5", jobs_women="1.5", jobs_men="", co2="40", pilots="3", note="Kept <b>")
    answer = client.post(address, data={**sent, "pilots_unknown": "y"})
    text = words(answer.text)
    assert answer.status_code == 422
    assert "6 answers need another look" in text
    assert "Write a number such as 12500 or 12,500, and decimals with a point." in text
    assert "Write a whole number." in text
    assert "Write a number, 0 if there is none, or tick “not known”." in text
    assert "Leave the field empty if it is not known, or take the tick away." in text
    assert "Say how the emissions were worked out." in text
    for value in ('value="-4"', 'value="12,5"', 'value="1.5"', "Kept &lt;b&gt;"):
        assert value in answer.text
    assert db.session.get_one(FigureSet, figures.id).saved_at is None


@pytest.mark.parametrize("junk", ["9" * 40, "²", "1e999", "NaN", "x" * 12_000, "٣", "1,2,3", "=1+1", "🧊"])
def test_whatever_is_typed_is_answered_at_its_field(client: FlaskClient, figures: FigureSet, junk: str) -> None:
    address = link_to(figures)
    for field in ("revenue", "co2"):
        assert client.post(address, data=typed(**{field: junk})).status_code == 422
    client.post(address, data=typed())
    check = {"name": "Rosa", "seen": junk}
    assert client.post(f"{address}/check", data=check).status_code == 409
    assert db.session.get_one(FigureSet, figures.id).sent_at is None


def test_more_from_abroad_than_in_all_is_refused(client: FlaskClient, figures: FigureSet) -> None:
    answer = client.post(link_to(figures), data=typed(revenue="100", exports="101"))
    assert answer.status_code == 422
    assert "This is more than the revenue of all markets together." in answer.text


@pytest.mark.parametrize("path", ["", "/check"])
def test_a_forged_link_and_one_that_has_ended_show_nothing(client: FlaskClient, figures: FigureSet, path: str) -> None:
    ended = link_to(figures, now=NOW - timedelta(days=60))
    for address, sentence in ((ended, "This link has ended."), (f"/co-incubation/figures/{'A' * 43}", "not complete")):
        page = client.get(address + path)
        after = client.post(address + path, data=typed(), follow_redirects=True)
        assert page.status_code == 404
        assert all(sentence in answer.text and "Andes Cold Chain" not in answer.text for answer in (page, after))
    assert db.session.get_one(FigureSet, figures.id).saved_at is None


def test_the_database_does_not_hold_what_opens_the_form(figures: FigureSet) -> None:
    token = make_link(figures, now=NOW)
    row = db.session.scalars(select(FigureLink)).one()
    assert token not in (row.token_sha256, str(row.id))
    assert len(row.token_sha256) == 64


def test_a_link_opens_one_moment_alone_and_not_before_its_time(client: FlaskClient, placement: Placement) -> None:
    later = link_to(set_at(placement, Moment.AFTER_12))
    assert "These figures are due on 5 December 2028" in words(client.get(later).text)
    assert "Not yet" in client.post(later, data=typed()).text
    assert db.session.get_one(FigureSet, set_at(placement, Moment.AFTER_12).id).saved_at is None


def test_the_figures_before_stand_beside(client: FlaskClient, placement: Placement, figures: FigureSet) -> None:
    give(set_at(placement, Moment.START), {"revenue": "410000"})
    give(set_at(placement, Moment.END), {"revenue": "450000", "pilots": None})
    page = words(client.get(link_to(figures)).text)
    assert "At the end 450,000" in page
    assert "410,000" not in page


def test_what_changed_meanwhile_is_not_confirmed_unseen(client: FlaskClient, figures: FigureSet) -> None:
    address = link_to(figures)
    client.post(address, data=typed(revenue="1"))
    old = seen(client.get(f"{address}/check").text)
    client.post(address, data=typed(revenue="2"))
    answer = client.post(f"{address}/check", data={"name": "Rosa", "seen": old})
    assert answer.status_code == 409
    assert "The figures were changed after you opened this page." in answer.text
    assert db.session.get_one(FigureSet, figures.id).sent_at is None
    assert client.post(f"{address}/check", data={"name": "Rosa", "seen": seen(answer.text)}).status_code == 302


def test_a_name_is_needed_to_confirm(client: FlaskClient, figures: FigureSet) -> None:
    address = link_to(figures)
    assert client.get(f"{address}/check").location == address
    client.post(address, data=typed())
    check = client.get(f"{address}/check").text
    answer = client.post(f"{address}/check", data={"name": " ", "seen": seen(check)})
    assert (answer.status_code, "Write your name." in answer.text) == (422, True)


def test_the_firm_gives_figures_signed_in_and_sees_them_side_by_side(
    client: FlaskClient, firm: Account, placement: Placement
) -> None:
    give(set_at(placement, Moment.START), {"revenue": "410000"})
    sign_in(client, firm)
    own = f"/co-incubation/co-incubation-2027/placements/{placement.id}/figures"
    page = words(client.get(own).text)
    assert "410,000" in page
    assert "Late" in page
    assert client.post(f"{own}/after-6", data=typed(revenue="5")).location == f"{own}/after-6/check"
    check = client.get(f"{own}/after-6/check").text
    assert 'value="Rosa HUAMÁN"' in check
    client.post(f"{own}/after-6/check", data={"name": "Rosa HUAMÁN", "seen": seen(check)})
    assert "Confirmed by Rosa HUAMÁN" in words(client.get(f"{own}/after-6").text)
    assert client.get(f"{own}/never").status_code == 404


def test_nobody_else_sees_or_gives_the_figures_of_a_firm(client: FlaskClient, placement: Placement) -> None:
    own = f"/co-incubation/co-incubation-2027/placements/{placement.id}/figures"
    assert client.get(own).status_code == 302
    sign_in(client, make_account("stranger@firm.example"))
    manage = "/co-incubation/co-incubation-2027/manage/figures"
    number = set_at(placement, Moment.END).id
    for path in (own, f"{own}/end", f"{own}/end/check"):
        assert client.get(path).status_code == 404
    for path in (manage, f"{manage}/{number}", f"{manage}/{number}/check", f"{manage}/{number}/open-again"):
        assert client.get(path).status_code == 403
    assert client.post(f"{manage}/{number}/link").status_code == 403
    assert client.post(f"{own}/end", data=typed()).status_code == 404
    assert db.session.get_one(FigureSet, number).saved_at is None


def test_an_organiser_sees_who_gave_and_enters_for_a_firm_with_the_source(
    desk: FlaskClient, placement: Placement, figures: FigureSet
) -> None:
    give(set_at(placement, Moment.START))
    manage = "/co-incubation/co-incubation-2027/manage/figures"
    page = words(desk.get(manage).text)
    assert ("Late 1" in page, "Due soon 1" in page, "Given 1" in page, "Later 2" in page) == (True,) * 4
    assert words(desk.get(f"{manage}?stands=late").text).count("Korat Green Incubator") == 1
    form = f"{manage}/{figures.id}"
    refused = desk.post(form, data=typed(revenue="70000"))
    assert (refused.status_code, "Say where the figures are from." in refused.text) == (422, True)
    assert desk.post(form, data=typed(revenue="70000", source="A call on 3 June")).status_code == 302
    check = desk.get(f"{form}/check").text
    assert "A call on 3 June" in check
    assert desk.post(f"{form}/check", data={"name": "Dewi LESTARI", "seen": seen(check)}).status_code == 302
    receipt = mails("figures_received")[0]
    assert ("A call on 3 June" in receipt.body_text, receipt.to_address) == (True, "rosa@firm.example")
    assert "by the organiser" in desk.get(manage).text


def test_the_list_leaves_as_a_file_firm_by_firm_without_what_is_not_confirmed(
    desk: FlaskClient, placement: Placement
) -> None:
    give(set_at(placement, Moment.START), {"revenue": "410000.5", "pilots": None, "co2": "7"}, note="=1+1")
    draft = set_at(placement, Moment.END)
    draft.values, draft.note = {"revenue": "5"}, "A draft"
    db.session.commit()
    export = "/co-incubation/co-incubation-2027/manage/figures/export"
    answer = desk.post(export, data={"format": "csv", "list": ""})
    lines = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    first, second = lines[0], lines[1]
    told = [first[key] for key in ("Revenue of the last twelve months (USD)", "Pilots in the host economy (pilots)")]
    assert (len(lines), told, first["Note"], first["By"]) == (5, ["410000.5", "not known"], "'=1+1", "Rosa HUAMÁN")
    assert (second["Revenue of the last twelve months (USD)"], second["Note"]) == ("", "")
    given = desk.post(export, data={"list": "stands=given"}).data.decode("utf-8-sig")
    assert len(given.splitlines()) == 2
    with desk.post(export, data={"format": "xlsx", "list": ""}) as workbook:
        assert workbook.data[:2] == b"PK"


def test_confirmed_figures_are_opened_again_with_a_reason(desk: FlaskClient, figures: FigureSet) -> None:
    give(figures, {"revenue": "9"})
    where = f"/co-incubation/co-incubation-2027/manage/figures/{figures.id}"
    assert desk.post(f"{where}/open-again", data={"reason": " "}).status_code == 422
    assert desk.post(f"{where}/open-again", data={"reason": "A nought too many"}).location == where
    row = db.session.get_one(FigureSet, figures.id)
    assert (row.sent_at, row.sha256, row.values["revenue"]) == (None, "", "9")
    assert 'value="9"' in desk.get(where).text


def test_an_organiser_of_another_call_reaches_no_figures(client: FlaskClient, figures: FigureSet) -> None:
    other = make_call("another-call", title="Another", reference_prefix="ANO")
    stranger = make_account("other@gtn.example")
    grant_role(stranger, Role.ORGANISER, other.scope)
    sign_in(client, stranger)
    assert client.get(f"/co-incubation/another-call/manage/figures/{figures.id}").status_code == 404
    assert client.post(f"/co-incubation/another-call/manage/figures/{figures.id}/link").status_code == 404
    assert "Korat" not in client.get("/co-incubation/another-call/manage/figures").text


def test_figures_are_asked_before_when_due_and_two_weeks_after_each_once(
    client: FlaskClient, app: Flask, figures: FigureSet
) -> None:
    due = DUE[Moment.AFTER_6]
    counts = []
    for days in (-15, -14, -13, 0, 0, 3, 14, 20, 40, 90):
        at = datetime(due.year, due.month, due.day, 5, tzinfo=UTC) + timedelta(days=days)
        ask_for_due_figures(now=at)
        db.session.commit()
        counts.append(len(mails("figures_asked")))
    assert counts == [0, 1, 1, 2, 2, 2, 3, 3, 3, 3]
    tokens = [LINK.search(mail.body_text) for mail in mails("figures_asked")]
    assert len({found[1] for found in tokens if found}) == 3
    assert tokens[-1] is not None
    assert client.get(f"/co-incubation/figures/{tokens[-1][1]}").status_code == 200


def test_nobody_is_asked_for_what_is_given_or_was_never_due(call: Call, firm: Account, figures: FigureSet) -> None:
    give(figures)
    other = make_account("other@firm.example", economy_code="VN")
    intake = figures.placement.intake
    make_placement(make_application(call, other, [intake]), intake, PlacementState.AGREED)
    assert ask_for_due_figures(now=NOW) == 0


def test_the_home_page_of_a_firm_says_what_is_due(client: FlaskClient, firm: Account, figures: FigureSet) -> None:
    give(set_at(figures.placement, Moment.START))
    sign_in(client, firm)
    page = words(client.get("/home").text)
    assert "Your figures are late: at the end" in page
    assert "Your figures are due: 6 months after" in page
    assert "at the start" not in page
    sign_in(client, make_account("other@firm.example"))
    assert "Your figures" not in client.get("/home").text


def test_an_organiser_sends_a_link_again(desk: FlaskClient, figures: FigureSet) -> None:
    where = f"/co-incubation/co-incubation-2027/manage/figures/{figures.id}"
    assert desk.post(f"{where}/link").location == where
    assert len(mails("figures_asked")) == 1
    give(figures)
    assert "no link was sent" in desk.post(f"{where}/link", follow_redirects=True).text
    assert len(mails("figures_asked")) == 1


def test_a_person_gets_the_own_figures_and_after_erasure_only_numbers_stay(
    firm: Account, placement: Placement, figures: FigureSet
) -> None:
    values: dict[str, str | None] = {"revenue": "410000", "co2": "12", "co2_method": "Diesel that Rosa did not burn"}
    give(figures, values, note="Rosa was ill", source="Rosa told us", reminders=1)
    make_link(figures, now=NOW)
    told = export_figures(firm)
    assert [each["moment"] for each in told] == [each.value for each in Moment]
    assert (told[2]["values"]["revenue"], told[2]["confirmed_by"]) == ("410000", "Rosa HUAMÁN")
    assert export_figures(make_account("other@firm.example")) == []
    erase_figures(firm, NOW)
    db.session.commit()
    row = db.session.get_one(FigureSet, figures.id)
    assert (row.values["revenue"], row.values["co2"], row.values["co2_method"]) == ("410000", "12", "Erased")
    assert (row.note, row.source, row.sent_by, db.session.scalars(select(FigureLink)).all()) == ("", "Erased", "", [])


def test_an_organiser_who_entered_figures_for_a_firm_is_erased_from_them(
    desk: FlaskClient, organiser: Account, figures: FigureSet
) -> None:
    form = f"/co-incubation/co-incubation-2027/manage/figures/{figures.id}"
    desk.post(form, data=typed(source="A call"))
    desk.post(f"{form}/check", data={"name": "Dewi L.", "seen": seen(desk.get(f"{form}/check").text)})
    assert db.session.get_one(FigureSet, figures.id).sent_by == "Dewi L."
    erase_figures(organiser, NOW)
    db.session.commit()
    row = db.session.get_one(FigureSet, figures.id)
    assert (row.sent_by, row.source, row.sent_at is None) == ("", "A call", False)


def test_the_list_says_what_comes_next_while_nothing_is_asked(desk: FlaskClient) -> None:
    page = desk.get("/co-incubation/co-incubation-2027/manage/figures").text
    assert "When the first firm has arrived at its host" in page
