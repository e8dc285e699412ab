"""Every screen of results is translated: a catalogue in brackets leaves no word of ours outside of them."""

from pathlib import Path

import flask_babel
import pytest
from babel.messages.extract import extract_from_file
from flask.testing import FlaskClient

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition import enums
from gtn_events.competition.assignment_jobs import WHAT_IF
from gtn_events.competition.domain.awards import AwardSpec, add_award, give_award
from gtn_events.competition.domain.decisions import NOT_RANKED, decide_round, promote
from gtn_events.competition.domain.exclusion import propose_exclusion
from gtn_events.competition.domain.publication import publish_results
from gtn_events.competition.domain.simulating import add_simulation
from gtn_events.competition.enums import AwardKind, Method, RoundState, Standing
from gtn_events.competition.models import Competition, Entry, Judge, Scorecard
from gtn_events.competition.queries.ranking import latest_version
from gtn_events.competition.results.cut import Reason
from gtn_events.competition.results.integrity.findings import SENTENCES as REQUESTS
from gtn_events.competition.results.integrity.findings import Pattern
from gtn_events.competition.results.notices import SENTENCES as NOTICES
from gtn_events.competition.results.notices import NoticeCode
from gtn_events.competition.words import (
    name_of_pattern,
    notices_of,
    reason_of_standing,
    request_to_review,
    step_of_ladder,
)
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import ECONOMIES
from tests.competition.factories import make_competition
from tests.competition.juries import make_jury_round, run_assignment
from tests.competition.manage.test_simulation import design
from tests.competition.panels import Panel
from tests.competition.pseudo import CLOSE, OPEN, Bracketed, untranslated
from tests.competition.results_rounds import CLOSED_AT, compute, make_scored_round
from tests.factories import grant_role, make_account, sign_in

PACKAGE = Path(enums.__file__).parent
# Four entries tied in pairs, one far behind; the judges differ.
POINTS = (((5, 4), (4, 3), (5, 5)), ((5, 4), (4, 3), (5, 5)), ((3, 3), (2, 2), (3, 4)), ((3, 3), (2, 2), (3, 4)))
TITLE, FIRM = "Доски", "Фирма"


@pytest.fixture(autouse=True)
def after_the_close(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: CLOSED_AT)


@pytest.fixture
def bracketed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flask_babel.Domain, "get_translations", lambda _self: Bracketed())


@pytest.fixture
def organiser(database: None) -> Account:
    return make_account("organiser@gtn.example", given_name="Ольга", family_name="Иванова")


def everybody(competition: Competition, organiser: Account) -> None:
    for role in (Role.ORGANISER, Role.INTEGRITY_OFFICER):
        grant_role(organiser, role, competition.scope)


def in_cyrillic(competition: Competition) -> None:
    """Give whatever people typed letters that none of our texts has."""
    competition.title, competition.city = "Конкурс", "Джакарта"
    for number, entry in enumerate(db.session.query(Entry).order_by(Entry.id)):
        entry.title, entry.organisation_name = f"{TITLE} {number}", f"{FIRM} {number}"
    for category in competition.categories:
        category.label = "Энергия"
    for round_ in competition.rounds:
        round_.title = "Отбор"
        for criterion in round_.rubrics[-1].criteria:
            criterion.label = "Польза"
    for judge in db.session.query(Judge):
        judge.name = f"Судья {judge.number}"
    db.session.commit()


def scored(organiser: Account, **values: object) -> Panel:
    panel = make_scored_round(POINTS, method=Method.CALIBRATED, cut={"top": 2, "reserve": 1}, **values)  # type: ignore[arg-type]
    everybody(panel.competition, organiser)
    in_cyrillic(panel.competition)
    version = compute(panel)
    review = {"findings": [finding(each) for each in Pattern], "home": {"cards": 3, "effect": "1.0", "error": "0.5"}}
    version.facts = version.facts | {"review": review}
    db.session.commit()
    return panel


def finding(pattern: Pattern) -> dict[str, object]:
    return {"pattern": pattern.value, "judge": 1, "cards": 4, "value": "0.9", "usual": "0.2", "p": "0.01"}


def outside(client: FlaskClient, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    names = {each.short_name for each in ECONOMIES} | {
        "results.json",
        "SHA-256",
        "GTN",
        "Lima",
        "APEC SMEs Green Technology Network",
    }
    references = {f"ISC13-0000-{number:04d}" for number in range(20)}
    return untranslated(answer.text, names=names | references)


def test_word_outside_of_the_brackets_is_found_also_where_it_is_filled_in() -> None:
    filled = Bracketed().ugettext("Fixed before: %(method)s.") % {"method": "Weighted mean"}
    page = (
        f'<p title="Plain">{filled}</p><code>abc</code><td data-label="{OPEN}Total{CLOSE}">Thu 6 May 2013, 08:30</td>'
    )
    assert untranslated(page) == ["Plain", "Weighted mean"]


def test_screens_of_a_scored_round_are_translated(client: FlaskClient, organiser: Account, bracketed: None) -> None:
    panel = scored(organiser)
    spec = AwardSpec(AwardKind.GRAND, "Приз")
    add_award(panel.competition, spec, actor=organiser, now=CLOSED_AT)
    card = db.session.query(Scorecard).order_by(Scorecard.id).first()
    assert card
    propose_exclusion(card, reason="Причина", actor=organiser, now=CLOSED_AT)
    add_simulation(panel.competition, design(), actor=organiser, now=CLOSED_AT)
    db.session.commit()
    sign_in(client, organiser)
    manage = f"/competitions/{panel.competition.slug}/manage"
    pages = (
        "/ranking",
        "/ranking?further=5",
        "/ranking/1/compute",
        "/ranking/1/decide",
        "/ranking/1/chair/1",
        "/ranking/1/versions",
        "/integrity?judge=1",
        "/integrity/1/scorecards/2/exclude",
        "/awards",
        "/results/publish",
        "/simulation",
        "/progress/1/reopen",
        "/assignment",
        f"/assignment/1/entries/{panel.entries[0].reference}",
    )
    assert {page: found for page in pages if (found := outside(client, manage + page))} == {}


def test_screens_of_a_decided_round_and_the_public_page_are_translated(
    client: FlaskClient, organiser: Account, bracketed: None
) -> None:
    panel = scored(organiser)
    decide_round(panel.round, seen=1, actor=organiser, now=CLOSED_AT)
    reserve = next(each for each in panel.round.round_entries if each.standing is Standing.RESERVE)
    awards = [
        add_award(panel.competition, AwardSpec(kind, "Приз"), actor=organiser, now=CLOSED_AT)
        for kind in (AwardKind.GRAND, AwardKind.SPECIAL)
    ]
    version = latest_version(panel.round)
    assert version
    give_award(awards[0], version.rows[0].entry, citation="Хорошо", actor=organiser, now=CLOSED_AT)
    db.session.commit()
    sign_in(client, organiser)
    manage = f"/competitions/{panel.competition.slug}/manage"
    pages = (
        "/ranking",
        "/ranking/1/undo",
        f"/ranking/1/promote/{reserve.entry.reference}",
        "/awards",
        f"/awards/{awards[1].id}/give",
        f"/awards/{awards[0].id}/take-back",
        "/results/publish",
    )
    assert {page: found for page in pages if (found := outside(client, manage + page))} == {}
    promote(reserve, reason="Причина", actor=organiser, now=CLOSED_AT)
    publish_results(panel.competition, embargo_until=None, actor=organiser, now=CLOSED_AT)
    db.session.commit()
    pages = ("/results", "/manage/ranking", "/manage/awards")
    address = f"/competitions/{panel.competition.slug}"
    assert {page: found for page in pages if (found := outside(client, address + page))} == {}


def test_reasons_of_an_assignment_are_translated(client: FlaskClient, organiser: Account, bracketed: None) -> None:
    competition = make_competition()
    everybody(competition, organiser)
    round_ = make_jury_round(competition, judges=2, judges_per_entry=3)
    in_cyrillic(competition)
    run_assignment(round_, organiser)
    run_assignment(round_, organiser, kind=WHAT_IF, judge_id=db.session.query(Judge).first().id)
    assert round_.plan["reasons"]
    sign_in(client, organiser)
    page = f"/competitions/{competition.slug}/manage/assignment"
    assert outside(client, page) == []
    assert "seats needed" in client.get(page).text


def test_every_code_that_is_stored_has_words_that_are_translated(app: object, database: None, bracketed: None) -> None:
    figures = {
        "f": "4.10", "p": "p = 0.01", "groups": 2, "count": 2, "least": 1, "most": 3, "missing": 1, "group": "a",
        "weights": "90", "whole": "100", "criterion": "b", "point": "9", "points": "90", "own": "10", "round": 1,
        "entry": "c",
    }  # fmt: skip
    with app.test_request_context():  # type: ignore[attr-defined]
        said = notices_of({"notices": [{"code": code.value, "figures": figures} for code in NoticeCode]})
        said += [request_to_review(finding(each)) for each in Pattern]
        said += [name_of_pattern(each.value) for each in Pattern]
        said += [step_of_ladder(each, {}) for each in ("head-to-head", "criterion:x", "first-places", "chair", "lot")]
        said += [reason_of_standing(each, 1, "x") for each in (*Reason, NOT_RANKED)]
    assert [text for text in said if not (text.startswith(OPEN) and text.endswith(CLOSE))] == []


@pytest.mark.parametrize(
    ("module", "texts"),
    [
        ("results/notices.py", set(NOTICES.values())),
        ("results/integrity/findings.py", set(REQUESTS.values())),
        (
            "enums.py",
            {each.label for kind in (Method, RoundState, Standing, AwardKind, enums.EconomyPolicy) for each in kind},
        ),
    ],
)
def test_texts_that_are_passed_on_are_taken_into_the_catalogue(module: str, texts: set[str]) -> None:
    found = {message for _line, message, *_rest in extract_from_file("python", str(PACKAGE / module))}
    assert texts - found == set()
