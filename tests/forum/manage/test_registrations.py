"""The organiser's list: what it shows, decides and exports."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, run_due_jobs
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.domain.bulk import act_on_many, effect_of
from gtn_events.forum.domain.transitions import Action
from gtn_events.forum.enums import BookingState
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.models import Forum, ForumCategory, Registration, SideEventBooking
from gtn_events.questionnaire.models import Answer, SensitiveAnswer
from tests.factories import (
    MADE_AT,
    grant_role,
    make_account,
    make_category,
    make_forum,
    make_registration,
    make_side_event,
    sign_in,
)
from tests.queries import count_queries


def people(category: ForumCategory, count: int, state: State = State.PENDING) -> list[Registration]:
    """Some registrations in the order of their numbers."""
    return [
        make_registration(
            category,
            make_account(f"{state}{number}@firm.example", family_name=f"Person{number:03d}"),
            state,
            submitted_at=MADE_AT + timedelta(minutes=number),
        )
        for number in range(count)
    ]


def list_of(forum: Forum) -> str:
    return f"/forums/{forum}/manage/registrations"


def test_effect_foretells_exactly_what_happens(forum: Forum, now: datetime) -> None:
    category = make_category(forum, capacity=2)
    chosen = people(category, 4)
    effect = effect_of(Action.ADMIT, chosen, now=now)
    assert dict(effect.outcomes) == {State.CONFIRMED: 2, State.WAITLISTED: 2}
    assert {each.state for each in chosen} == {State.PENDING}
    done = act_on_many(Action.ADMIT, chosen, actor=make_account("o@gtn.example"), now=now)
    assert done.outcomes == effect.outcomes
    assert [each.state for each in chosen] == [State.CONFIRMED, State.CONFIRMED, State.WAITLISTED, State.WAITLISTED]


def test_admitting_confirms_who_is_approved_already(forum: Forum, now: datetime) -> None:
    category = make_category(forum)
    chosen = [*people(category, 1), *people(category, 1, State.APPROVED)]
    assert dict(effect_of(Action.ADMIT, chosen, now=now).outcomes) == {State.CONFIRMED: 2}
    act_on_many(Action.ADMIT, chosen, actor=make_account("o@gtn.example"), now=now)
    assert [each.state for each in chosen] == [State.CONFIRMED, State.CONFIRMED]


def test_effect_respects_who_waits_already(forum: Forum, now: datetime) -> None:
    category = make_category(forum, capacity=5)
    people(category, 1, State.WAITLISTED)
    chosen = people(category, 1)
    assert dict(effect_of(Action.ADMIT, chosen, now=now).outcomes) == {State.WAITLISTED: 1}


def test_one_refusal_does_not_stop_the_others(forum: Forum, now: datetime) -> None:
    category = make_category(forum)
    chosen = [*people(category, 1, State.CANCELLED), *people(category, 2)]
    done = act_on_many(Action.APPROVE, chosen, actor=make_account("o@gtn.example"), now=now)
    assert (dict(done.outcomes), done.refused) == ({State.APPROVED: 2}, 1)
    assert chosen[0].state is State.CANCELLED


def test_preview_changes_nothing_and_the_act_does(desk: FlaskClient, forum: Forum) -> None:
    category = make_category(forum, capacity=1)
    ids = [each.id for each in people(category, 2)]
    sent = {"action": "admit", "ids": [str(each) for each in ids]}
    page = desk.post(f"{list_of(forum)}/effect", data=sent)
    assert (page.status_code, b"Confirm 2 registrations?" in page.data) == (200, True)
    assert states(ids) == [State.PENDING, State.PENDING]
    page = desk.post(f"{list_of(forum)}/act", data=sent)
    assert b"2 registrations changed" in page.data
    assert states(ids) == [State.CONFIRMED, State.WAITLISTED]
    assert db.session.scalar(select(func.count()).select_from(OutboxMail)) == 2


def test_the_whole_filter_can_be_decided_on(desk: FlaskClient, forum: Forum) -> None:
    delegates, observers = make_category(forum), make_category(forum, "Observer")
    wanted = [each.id for each in people(delegates, 3)]
    other = make_registration(observers, make_account("observer@firm.example")).id
    desk.post(f"{list_of(forum)}/act", data={"action": "approve", "all": "1", "list": f"category={delegates.id}"})
    assert states([*wanted, other]) == [State.APPROVED, State.APPROVED, State.APPROVED, State.PENDING]


def test_more_than_a_hundred_become_a_job(desk: FlaskClient, forum: Forum, now: datetime) -> None:
    category = make_category(forum, capacity=200)
    ids = [each.id for each in people(category, 101)]
    page = desk.post(f"{list_of(forum)}/act", data={"action": "approve", "all": "1", "list": ""})
    assert page.status_code == 302
    assert set(states(ids)) == {State.PENDING}
    run_due_jobs(now)
    assert set(states(ids)) == {State.APPROVED}
    job = db.session.scalars(select(Job)).one()
    assert (job.done, job.total, job.failures) == (101, 101, [])


def test_rejecting_without_a_reason_asks_for_it_and_changes_nothing(desk: FlaskClient, forum: Forum) -> None:
    found = people(make_category(forum), 1)[0].id
    page = desk.post(f"{list_of(forum)}/act", data={"action": "reject", "ids": str(found)})
    assert page.status_code == 422
    assert b"Give a reason" in page.data
    assert states([found]) == [State.PENDING]
    desk.post(f"{list_of(forum)}/act", data={"action": "reject", "ids": str(found), "reason": "Twice."})
    assert states([found]) == [State.REJECTED]
    assert db.session.get_one(Registration, found).state_reason == "Twice."


def test_lines_in_the_address_of_the_list_are_no_header(desk: FlaskClient, forum: Forum) -> None:
    sent = {"action": "admit", "list": "q=Rosa&state=pending\r\nX-Evil: 1"}
    answer = desk.post(f"{list_of(forum)}/effect", data=sent)
    assert (answer.status_code, answer.location) == (
        302,
        f"{list_of(forum)}?q=Rosa&state=pending%0D%0AX-Evil%3A+1",
    )


def test_ids_of_another_forum_are_left_alone(desk: FlaskClient, forum: Forum) -> None:
    other = people(make_category(make_forum("other-forum", title="Other")), 1)[0].id
    desk.post(f"{list_of(forum)}/act", data={"action": "approve", "ids": [str(other), "x", "9" * 30]})
    assert states([other]) == [State.PENDING]


@pytest.mark.parametrize("search", ["huaman", "HUAMÁN rosa", "cold chain", "GTN13-0000-0001", "ロサ", "rosa@FIRM"])
def test_search_finds_names_organisations_addresses_and_numbers(desk: FlaskClient, forum: Forum, search: str) -> None:
    category = make_category(forum)
    make_registration(category, make_account(), own_script_name="ロサ")
    make_registration(
        category, make_account("x@x.example", given_name="Ann", family_name="Other"), organisation_name="None"
    )
    page = desk.get(list_of(forum), query_string={"q": search}).get_data(as_text=True)
    assert ("Huamán" in page, "Other</span>" in page) == (True, False)


def test_state_chips_count_under_the_other_filters(desk: FlaskClient, forum: Forum) -> None:
    delegates, observers = make_category(forum), make_category(forum, "Observer")
    people(delegates, 2)
    people(observers, 3, State.CONFIRMED)
    page = desk.get(f"{list_of(forum)}?category={delegates.id}&state=confirmed").get_data(as_text=True)
    assert "Pending <strong>2</strong>" in page
    assert "Confirmed <strong>" not in page
    assert "Nobody matches" in page


def test_the_list_asks_the_same_number_of_queries_at_every_length(desk: FlaskClient, forum: Forum) -> None:
    category = make_category(forum)
    counts = []
    for number in (3, 20):
        for each in range(number):
            make_registration(category, make_account(f"n{number}-{each}@firm.example"))
        db.session.expire_all()
        with count_queries() as queries:
            assert desk.get(list_of(forum)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_export_is_in_protocol_order_and_harmless(desk: FlaskClient, forum: Forum) -> None:
    category = make_category(forum)
    viet_nam = make_account("vn@firm.example", family_name="Nguyễn", given_name="Lan", economy_code="VN")
    make_registration(category, viet_nam, organisation_name="=2+5")
    make_registration(category, make_account())
    guest = make_account(
        "guest@firm.example", family_name="Ålund", given_name="Bo", economy_code=None, delegation_class="guest"
    )
    make_registration(category, guest)
    rows = read_csv(desk.post(f"{list_of(forum)}/export", data={"format": "csv"}).data)
    assert [row["Family name"] for row in rows] == ["HUAMÁN", "NGUYỄN", "ÅLUND"]
    assert [row["Economy"] for row in rows] == ["Peru", "Viet Nam", "Guest"]
    assert rows[1]["Organisation"] == "'=2+5"


def test_files_are_sent_after_the_request_of_a_server_has_ended(desk: FlaskClient, forum: Forum) -> None:
    category, side_event = make_category(forum), make_side_event(forum)
    booked = make_registration(category, make_account(), State.CONFIRMED)
    db.session.add(
        SideEventBooking(side_event=side_event, registration=booked, state=BookingState.CONFIRMED, chosen_at=MADE_AT)
    )
    db.session.commit()
    people = f"/forums/{forum}/manage/side-events/{side_event.slug}/people.csv"
    export = f"{list_of(forum)}/export"
    db.session.rollback()

    def sent(address: str, kind: str = "") -> bytes:
        with desk.post(address, data={"format": kind}) as answer:
            return answer.data

    # A thread of its own has no application context, so each request makes and ends one, as in a server.
    with ThreadPoolExecutor(1) as server:
        of_side_event = server.submit(sent, people).result()
        of_forum = server.submit(sent, export, "csv").result()
        workbook = server.submit(sent, export, "xlsx").result()
    assert "HUAMÁN".encode() in of_side_event
    assert "HUAMÁN".encode() in of_forum
    assert workbook.startswith(b"PK")


def test_sensitive_answers_leave_only_when_asked_for_and_are_written_down(desk: FlaskClient, forum: Forum) -> None:
    with_answers(make_registration(make_category(forum), make_account()))
    plain = read_csv(desk.post(f"{list_of(forum)}/export", data={"answers": "1"}).data)[0]
    assert plain["Technology you bring"] == "Biochar"
    assert "Allergies" not in plain
    full = read_csv(desk.post(f"{list_of(forum)}/export", data={"answers": "1", "sensitive": "1"}).data)[0]
    assert full["Allergies"] == "Nuts"
    told = db.session.scalars(
        select(JournalEntry).where(JournalEntry.action == "list exported").order_by(JournalEntry.id)
    ).all()
    assert [entry.changes["sensitive answers"][1] for entry in told] == [False, True]


def test_a_helper_cannot_take_sensitive_answers_out(client: FlaskClient, forum: Forum) -> None:
    found = with_answers(make_registration(make_category(forum), make_account()))
    helper = make_account("helper@gtn.example")
    grant_role(helper, Role.HELPER, forum.scope)
    sign_in(client, helper)
    assert client.post(f"{list_of(forum)}/export", data={"sensitive": "1"}).status_code == 403
    page = client.get(f"{list_of(forum)}/{found.id}").get_data(as_text=True)
    assert ("Biochar" in page, "Nuts" in page) == (True, False)


def test_a_workbook_holds_the_same_rows(desk: FlaskClient, forum: Forum) -> None:
    make_registration(make_category(forum), make_account())
    reply = desk.post(f"{list_of(forum)}/export", data={"format": "xlsx"})
    sheet = load_workbook(io.BytesIO(reply.data)).active
    reply.close()
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][3:5] == ["Rosa", "HUAMÁN"]


def test_sensitive_answers_are_masked_until_shown_and_the_look_is_written_down(desk: FlaskClient, forum: Forum) -> None:
    found = with_answers(make_registration(make_category(forum), make_account()))
    page = f"{list_of(forum)}/{found.id}"
    assert "Nuts" not in desk.get(page).get_data(as_text=True)
    assert "Nuts" in desk.post(f"{page}/sensitive").get_data(as_text=True)
    assert [
        entry.action
        for entry in db.session.scalars(
            select(JournalEntry).where(
                JournalEntry.subject_id == found.id, JournalEntry.subject_type == "forum_registration"
            )
        )
    ] == ["sensitive answers shown"]


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("admit", State.PENDING, State.CONFIRMED),
        ("approve", State.PENDING, State.APPROVED),
        ("confirm", State.APPROVED, State.CONFIRMED),
        ("reject", State.PENDING, State.REJECTED),
        ("reconsider", State.REJECTED, State.PENDING),
        ("offer", State.WAITLISTED, State.OFFERED),
        ("cancel", State.CONFIRMED, State.CANCELLED),
    ],
)
def test_each_button_of_the_page_does_what_it_says(
    desk: FlaskClient, forum: Forum, action: str, before: State, after: State
) -> None:
    found = make_registration(make_category(forum), make_account(), before)
    reply = desk.post(f"{list_of(forum)}/{found.id}/act", data={"action": action, "reason": "Because."})
    assert reply.status_code == 302
    assert states([found.id]) == [after]


def test_the_latest_mail_can_be_sent_again(desk: FlaskClient, forum: Forum) -> None:
    found = make_registration(make_category(forum), make_account(), State.CONFIRMED)
    for _ in range(2):
        desk.post(f"{list_of(forum)}/{found.id}/mail")
    mails = db.session.scalars(select(OutboxMail)).all()
    assert [mail.template for mail in mails] == ["forum/registration_confirmed"] * 2


def states(ids: list[int]) -> list[State]:
    found = dict(db.session.execute(select(Registration.id, Registration.state).where(Registration.id.in_(ids))).all())
    return [found[each] for each in ids]


def read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def with_answers(registration: Registration) -> Registration:
    registration.answer_set.answers.append(Answer(key="technology", value="Biochar"))
    registration.answer_set.sensitive_answers.append(SensitiveAnswer(key="allergies", value="Nuts"))
    db.session.commit()
    return registration
