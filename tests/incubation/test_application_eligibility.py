"""The rules of a call: beside the steps before sending, on the organiser's pages, and before an application goes on."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.eligibility.domain.keeping import rules_of, set_rules
from gtn_events.eligibility.domain.rules import Rule
from gtn_events.eligibility.enums import RuleComparison, RuleKind
from gtn_events.eligibility.errors import EligibilityRefused
from gtn_events.incubation.domain.application_bulk import act_on_many, effect_of
from gtn_events.incubation.domain.application_rules import RULE_KINDS, hold_to_rule, let_rule_pass
from gtn_events.incubation.domain.application_transitions import Action
from gtn_events.incubation.domain.applications import admit_application
from gtn_events.incubation.enums import ApplicationState as State
from gtn_events.incubation.errors import ApplicationRefused, ReasonMissing
from gtn_events.incubation.models import Application, Call, Intake
from tests.accounts.pages import messages, words
from tests.factories import grant_role, make_account, sign_in
from tests.incubation.applying import FIRM, IN_TIME, URL, fill_in, send
from tests.incubation.factories import make_application, make_call, make_host, make_intake
from tests.queries import count_queries

NOW = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)
DESK = f"{URL}/manage"
YOUNG = Rule(kind=RuleKind.YEARS_AT_MOST, number=5)
SMALL = Rule(kind=RuleKind.SIZE, values=("1-9", "10-49"))
TRIED = Rule(
    kind=RuleKind.ANSWER,
    question="tried",
    label="What have you tried so far?",
    comparison=RuleComparison.ANSWERED,
)


@pytest.fixture
def call(database: None) -> Call:
    return make_call(eligibility=[rule.to_json() for rule in (SMALL, YOUNG, TRIED)])


@pytest.fixture
def korat(call: Call) -> Intake:
    return make_intake(call, make_host())


@pytest.fixture
def organiser(call: Call) -> Account:
    account = make_account("organiser@gtn.example", given_name="Dewi", family_name="Lestari")
    grant_role(account, Role.ORGANISER, call.scope)
    return account


@pytest.fixture
def old(call: Call, korat: Intake) -> Application:
    """An application that waits; its firm is eight years old, its question is not answered."""
    return make_application(call, make_account(), [korat], state=State.SUBMITTED)


@pytest.fixture
def applicant(client: FlaskClient, call: Call, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    sign_in(client, make_account())
    return client


@pytest.fixture
def desk(client: FlaskClient, organiser: Account, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    sign_in(client, organiser)
    return client


def test_a_broken_rule_holds_an_application_until_it_is_let_pass(organiser: Account, old: Application) -> None:
    with pytest.raises(ApplicationRefused, match="at most 5 are allowed"):
        admit_application(old, actor=organiser, now=NOW)
    with pytest.raises(ReasonMissing):
        let_rule_pass(old, YOUNG.key, actor=organiser, now=NOW, reason=" ")
    with pytest.raises(EligibilityRefused, match="keeps this rule"):
        let_rule_pass(old, SMALL.key, actor=organiser, now=NOW, reason="x")
    for rule in (YOUNG, TRIED):
        let_rule_pass(old, rule.key, actor=organiser, now=NOW, reason="Founded anew in 2024.")
    kept = {"reason": "Founded anew in 2024.", "by": organiser.id, "at": NOW.isoformat()}
    assert old.eligibility_override == {YOUNG.key: kept, TRIED.key: kept}
    hold_to_rule(old, YOUNG.key, actor=organiser, now=NOW)
    with pytest.raises(ApplicationRefused):
        admit_application(old, actor=organiser, now=NOW)
    let_rule_pass(old, YOUNG.key, actor=organiser, now=NOW, reason="Founded anew in 2024.")
    assert admit_application(old, actor=organiser, now=NOW) is State.ADMITTED
    actions = db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id))
    assert [each for each in actions if each.startswith(("eligibility", "application"))] == [
        "eligibility rule let pass",
        "eligibility rule let pass",
        "eligibility rule held to again",
        "eligibility rule let pass",
        "application admitted",
    ]


def test_the_effect_on_many_names_the_rule_that_is_broken(organiser: Account, call: Call, old: Application) -> None:
    young = make_application(call, make_account("new@gtn.example"), state=State.SUBMITTED, founded_in=2025)
    call.eligibility = [YOUNG.to_json()]
    why = "Founded in 2019, 8 years before the close; at most 5 are allowed."
    effect = effect_of(Action.ADMIT, call, [old, young])
    assert (effect.outcomes, effect.refusals) == ({State.ADMITTED: 1}, [(f"{old.title} ({old.reference})", why)])
    done = act_on_many(Action.ADMIT, [old, young], actor=organiser, now=NOW)
    assert (done.outcomes, old.state) == ({State.ADMITTED: 1}, State.SUBMITTED)
    assert effect_of(Action.REFUSE, call, [old]).changed == 1


def test_rules_stand_beside_the_steps_open_kept_and_broken(applicant: FlaskClient, korat: Intake) -> None:
    applicant.post(f"{URL}/apply/")
    first = words(applicant.get(f"{URL}/apply/firm").text)
    assert "Founded at most 5 years before the close (not known yet)" in first
    applicant.post(f"{URL}/apply/firm", data=FIRM)
    told = words(applicant.get(f"{URL}/apply/project").text)
    assert "Size: 1 to 9 employees; 10 to 49 employees (kept)" in told
    assert "Founded in 2019, 8 years before the close; at most 5 are allowed." in told
    assert "“What have you tried so far?” is answered (not known yet)" in told
    assert "You can go on and send it; the organiser looks at it, and may find the application not eligible." in told


def test_the_check_says_what_is_broken_and_sending_is_not_stopped(applicant: FlaskClient, korat: Intake) -> None:
    fill_in(applicant, [korat])
    told = words(applicant.get(f"{URL}/apply/check").text)
    assert "Founded in 2019, 8 years before the close; at most 5 are allowed." in told
    assert "“What have you tried so far?” is answered (kept)" in told
    assert applicant.post(f"{URL}/apply/check").status_code == 302
    assert db.session.scalars(select(Application.state)).one() is State.SUBMITTED


def test_a_call_without_rules_says_nothing_beside_the_steps(applicant: FlaskClient, call: Call) -> None:
    call.eligibility = []
    db.session.commit()
    applicant.post(f"{URL}/apply/")
    assert "Who may apply" not in applicant.get(f"{URL}/apply/firm").text


def test_the_organiser_lets_a_rule_pass_with_a_reason_and_holds_to_it_again(
    desk: FlaskClient, old: Application
) -> None:
    url = f"{DESK}/applications/{old.reference}"
    page = words(desk.get(url).text)
    assert "2 rules are not kept. Let them pass below" in page
    assert 'value="admit"' not in desk.get(url).text
    silent = desk.post(f"{url}/rules", data={"rule": YOUNG.key, "reason": ""}, headers={"Referer": url})
    assert messages(desk.get(silent.location)) == ["Give a reason: it stands beside the rule and in the journal."]
    for rule in (YOUNG, TRIED):
        desk.post(f"{url}/rules", data={"rule": rule.key, "reason": "A new firm."})
    page = desk.get(url).text
    assert ("Let pass" in page, "A new firm. (Dewi LESTARI" in words(page), 'value="admit"' in page) == (True,) * 3
    desk.post(f"{url}/rules", data={"rule": YOUNG.key, "hold": "1"})
    assert "1 rule is not kept." in words(desk.get(url).text)
    assert list(db.session.get_one(Application, old.id).eligibility_override) == [TRIED.key]


def test_the_list_says_how_many_rules_are_not_kept(desk: FlaskClient, call: Call, old: Application) -> None:
    assert "2 not kept" in words(desk.get(f"{DESK}/applications").text)
    with count_queries() as for_one:
        desk.get(f"{DESK}/applications")
    for number in range(4):
        make_application(call, make_account(f"more{number}@gtn.example"), state=State.SUBMITTED, title=f"More {number}")
    with count_queries() as for_five:
        assert words(desk.get(f"{DESK}/applications").text).count("2 not kept") == 5
    assert len(for_five) == len(for_one)


def test_a_call_offers_only_rules_about_what_an_application_says(desk: FlaskClient, call: Call) -> None:
    page = desk.get(f"{DESK}/eligibility").text
    assert ('name="sizes"' in page, 'name="woman_in_team"' in page, "The team" in page) == (True, False, False)
    desk.post(f"{DESK}/eligibility", data={"sizes": ["1-9"], "woman_in_team": "y", "ownership_question": ""})
    assert [rule.kind for rule in rules_of(db.session.get_one(Call, call.id))] == [RuleKind.SIZE, RuleKind.ANSWER]
    with pytest.raises(EligibilityRefused):
        set_rules(call, [Rule(kind=RuleKind.WOMAN_IN_TEAM)], kinds=RULE_KINDS, actor=None, now=NOW)


@pytest.mark.usefixtures("desk")
def test_nobody_else_lets_a_rule_pass(client: FlaskClient, old: Application, korat: Intake) -> None:
    manager, stranger = make_account("mika@host.example"), make_account("stranger@gtn.example")
    grant_role(manager, Role.HOST_MANAGER, korat.host.scope)
    for person in (old.account, manager, stranger):
        sign_in(client, person)
        reply = client.post(f"{DESK}/applications/{old.reference}/rules", data={"rule": YOUNG.key, "reason": "x"})
        assert reply.status_code == 403
    assert db.session.get_one(Application, old.id).eligibility_override == {}


def test_what_was_answered_counts_when_it_is_sent(applicant: FlaskClient, organiser: Account, korat: Intake) -> None:
    send(applicant, [korat], firm=FIRM | {"founded_in": "2025"})
    sent = db.session.scalars(select(Application)).one()
    assert admit_application(sent, actor=organiser, now=NOW) is State.ADMITTED
