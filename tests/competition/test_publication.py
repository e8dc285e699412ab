"""Prizes, the publication of results, the mails about them and the feedback of entrants."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition.domain.awards import AwardSpec, add_award, give_award, remove_award, take_back_award
from gtn_events.competition.domain.decisions import decide_round, undo_decision
from gtn_events.competition.domain.feedback import Band, feedback_of
from gtn_events.competition.domain.publication import are_visible, publication_gaps, publish_results
from gtn_events.competition.enums import AwardKind, EntryState, RoundKind, RoundState
from gtn_events.competition.errors import ReasonMissing, ResultRefused
from gtn_events.competition.models import Award, Competition, CompetitionCategory, Scorecard
from gtn_events.competition.queries.publication import published_versions
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.jobs import run_due_jobs
from gtn_events.core.outbox import OutboxMail
from tests.competition.panels import Panel
from tests.competition.results_rounds import CLOSED_AT, compute, make_scored_round
from tests.factories import grant_role, make_account, sign_in

LATER = CLOSED_AT + timedelta(days=3)


@pytest.fixture(autouse=True)
def after_the_close(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: CLOSED_AT)


@pytest.fixture
def organiser(database: None) -> Account:
    return make_account("organiser@gtn.example")


@pytest.fixture
def panel(organiser: Account) -> Panel:
    panel = make_scored_round()
    compute(panel)
    decide_round(panel.round, seen=1, actor=organiser, now=CLOSED_AT)
    db.session.commit()
    return panel


def grand(panel: Panel, organiser: Account) -> Award:
    award = add_award(panel.competition, AwardSpec(AwardKind.GRAND, "Grand prize"), actor=organiser, now=CLOSED_AT)
    db.session.commit()
    return award


def page_of(panel: Panel, rest: str) -> str:
    return f"/competitions/{panel.competition.slug}{rest}"


def publish(competition: Competition, organiser: Account, **values: object) -> None:
    publish_results(competition, **({"embargo_until": None, "actor": organiser, "now": CLOSED_AT} | values))  # type: ignore[arg-type]
    db.session.commit()


def test_there_is_one_grand_prize_and_one_for_each_category(panel: Panel, organiser: Account) -> None:
    grand(panel, organiser)
    with pytest.raises(ResultRefused, match="no room"):
        grand(panel, organiser)
    energy = panel.competition.categories[0]
    spec = AwardSpec(AwardKind.CATEGORY, "Best in energy", energy)
    add_award(panel.competition, spec, actor=organiser, now=CLOSED_AT)
    with pytest.raises(ResultRefused, match="no room"):
        add_award(panel.competition, spec, actor=organiser, now=CLOSED_AT)
    with pytest.raises(ResultRefused, match="needs its category"):
        add_award(panel.competition, AwardSpec(AwardKind.CATEGORY, "Best"), actor=organiser, now=CLOSED_AT)


def test_category_prize_stays_in_its_category(panel: Panel, organiser: Account) -> None:
    water = CompetitionCategory(key="water", label="Clean water", competition=panel.competition)
    db.session.add(water)
    db.session.commit()
    spec = AwardSpec(AwardKind.CATEGORY, "Best in water", water)
    award = add_award(panel.competition, spec, actor=organiser, now=CLOSED_AT)
    with pytest.raises(ResultRefused, match="does not stand in this category"):
        give_award(award, panel.entries[0], citation="", actor=organiser, now=CLOSED_AT)


def test_prize_is_given_once_and_taken_back_with_a_reason(panel: Panel, organiser: Account) -> None:
    award = grand(panel, organiser)
    give_award(award, panel.entries[0], citation=" A clear gain. ", actor=organiser, now=CLOSED_AT)
    with pytest.raises(ResultRefused, match="given already"):
        give_award(award, panel.entries[1], citation="", actor=organiser, now=CLOSED_AT)
    with pytest.raises(ResultRefused, match="Take it back first"):
        remove_award(award, actor=organiser, now=CLOSED_AT)
    with pytest.raises(ReasonMissing):
        take_back_award(award, reason=" ", actor=organiser, now=CLOSED_AT)
    take_back_award(award, reason="The wrong entry.", actor=organiser, now=CLOSED_AT)
    assert (award.entry, award.citation, award.given_at) == (None, "", None)


def test_prize_goes_to_another_entry_than_its_rule_names_only_with_a_reason(panel: Panel, organiser: Account) -> None:
    award = grand(panel, organiser)
    with pytest.raises(ReasonMissing, match="goes to another entry"):
        give_award(award, panel.entries[1], citation="", actor=organiser, now=CLOSED_AT)
    give_award(award, panel.entries[1], citation="", departure=" The first withdrew. ", actor=organiser, now=CLOSED_AT)
    assert (award.entry, award.departure) == (panel.entries[1], "The first withdrew.")
    publish(panel.competition, organiser)


def test_reason_is_not_kept_where_the_rule_names_the_winner(panel: Panel, organiser: Account) -> None:
    award = grand(panel, organiser)
    give_award(award, panel.entries[0], citation="", departure="For nothing.", actor=organiser, now=CLOSED_AT)
    assert award.departure == ""


def test_prize_whose_rule_names_another_entry_by_now_keeps_results_from_being_published(
    panel: Panel, organiser: Account
) -> None:
    panel.entries[0].state = EntryState.WITHDRAWN
    give_award(grand(panel, organiser), panel.entries[1], citation="", actor=organiser, now=CLOSED_AT)
    panel.entries[0].state = EntryState.ADMITTED
    db.session.commit()
    with pytest.raises(ResultRefused, match="another entry than its rule names"):
        publish(panel.competition, organiser)


def test_undecided_round_keeps_results_from_being_published(panel: Panel, organiser: Account) -> None:
    undo_decision(panel.round, reason="A mistake.", actor=organiser, now=CLOSED_AT)
    with pytest.raises(ResultRefused, match="Review is not decided"):
        publish(panel.competition, organiser)
    with pytest.raises(ResultRefused, match="last decided round"):
        give_award(grand(panel, organiser), panel.entries[0], citation="", actor=organiser, now=CLOSED_AT)


def test_publication_fixes_the_version_and_closes_the_list_of_prizes(panel: Panel, organiser: Account) -> None:
    award = grand(panel, organiser)
    publish(panel.competition, organiser)
    compute(panel, reason="An appeal after the publication.")
    assert [version.number for version in published_versions(panel.competition)] == [1]
    for refused in (
        lambda: give_award(award, panel.entries[0], citation="", actor=organiser, now=CLOSED_AT),
        lambda: remove_award(award, actor=organiser, now=CLOSED_AT),
        lambda: publish(panel.competition, organiser),
    ):
        with pytest.raises(ResultRefused, match="published"):
            refused()


def test_ranking_from_other_scorecards_than_count_now_is_not_published(panel: Panel, organiser: Account) -> None:
    card = db.session.scalars(select(Scorecard).limit(1)).one()
    card.excluded_at = CLOSED_AT
    db.session.commit()
    with pytest.raises(ResultRefused, match="Rank it again"):
        publish(panel.competition, organiser)
    db.session.rollback()
    compute(panel, reason="A scorecard was excluded.")
    publish(panel.competition, organiser)
    assert [version.number for version in published_versions(panel.competition)] == [2]


def test_embargo_hides_the_results_until_its_end(panel: Panel, organiser: Account, client: FlaskClient) -> None:
    assert client.get(page_of(panel, "/results")).status_code == 404
    with pytest.raises(ResultRefused, match="in the future"):
        publish(panel.competition, organiser, embargo_until=CLOSED_AT)
    publish(panel.competition, organiser, embargo_until=LATER)
    page = client.get(page_of(panel, "/results"))
    assert ("not public yet" in page.text, panel.entries[0].title in page.text) == (True, False)
    moments = (LATER - timedelta(seconds=1), LATER)
    assert [are_visible(panel.competition, now=each) for each in moments] == [False, True]


def test_public_page_shows_winners_and_finalists_without_scores(
    panel: Panel, organiser: Account, client: FlaskClient
) -> None:
    panel.round.kind = RoundKind.FINAL
    award = grand(panel, organiser)
    give_award(award, panel.entries[0], citation="A clear gain.", actor=organiser, now=CLOSED_AT)
    publish(panel.competition, organiser)
    page = client.get(page_of(panel, "/results")).text
    assert ("A clear gain." in page, "Finalists" in page, panel.entries[2].title in page) == (True, True, True)
    assert ("93.33" in page, "Catalina" in page) == (False, False)


def test_every_entrant_gets_one_mail_however_often_the_job_runs(
    panel: Panel, organiser: Account, client: FlaskClient
) -> None:
    panel.entries[2].account = panel.entries[1].account
    grant_role(organiser, Role.ORGANISER, panel.competition.scope)
    sign_in(client, organiser)
    embargo = {"embargo_until": "2013-07-10T09:00"}
    assert client.post(page_of(panel, "/manage/results/publish"), data=embargo).status_code == 302
    run_due_jobs(CLOSED_AT)
    run_due_jobs(CLOSED_AT)
    mails = list(db.session.scalars(select(OutboxMail).where(OutboxMail.template == "competition/results_published")))
    assert {mail.to_address for mail in mails} == {entry.account.email for entry in panel.entries}
    # 09:00 in Jakarta.
    assert {mail.next_attempt_at.isoformat() for mail in mails} == {"2013-07-10T02:00:00+00:00"}
    assert len(mails) == 2


def test_pages_of_prizes_give_and_take_back(panel: Panel, organiser: Account, client: FlaskClient) -> None:
    grant_role(organiser, Role.ORGANISER, panel.competition.scope)
    sign_in(client, organiser)
    client.post(page_of(panel, "/manage/awards/new"), data={"kind": "grand", "category": "", "label": "Grand prize"})
    award = db.session.scalars(select(Award)).one()
    path = page_of(panel, f"/manage/awards/{award.id}")
    assert client.post(f"{path}/give", data={"entry": "unknown"}).status_code == 422
    client.post(f"{path}/give", data={"entry": panel.entries[0].reference, "citation": "Good."})
    assert panel.entries[0].title in client.get(page_of(panel, "/manage/awards")).text
    assert client.post(f"{path}/take-back", data={"reason": ""}).status_code == 422
    client.post(f"{path}/take-back", data={"reason": "A mistake."})
    client.post(f"{path}/remove")
    assert db.session.scalar(select(func.count()).select_from(Award)) == 0
    assert client.get(f"{path}/give").status_code == 404


@pytest.mark.parametrize("role", [None, Role.JUDGE, Role.HELPER, Role.INTEGRITY_OFFICER])
def test_who_does_not_decide_gives_no_prize(
    panel: Panel, organiser: Account, client: FlaskClient, role: Role | None
) -> None:
    award = grand(panel, organiser)
    paths = [page_of(panel, f"/manage/awards/{award.id}/{act}") for act in ("give", "take-back", "remove")]
    paths += [page_of(panel, "/manage/awards/new"), page_of(panel, "/manage/results/publish")]
    assert {client.post(path).location.startswith("/sign-in") for path in paths} == {True}
    account = make_account("other@gtn.example")
    if role is not None:
        grant_role(account, role, panel.competition.scope)
    sign_in(client, account)
    assert {client.post(path).status_code for path in paths} == {403}
    seen = 200 if role is Role.INTEGRITY_OFFICER else 403
    assert client.get(page_of(panel, "/manage/awards")).status_code == seen


def test_feedback_tells_thirds_and_longer_comments_of_decided_rounds_only(panel: Panel, organiser: Account) -> None:
    (found,) = feedback_of(panel.entries[0])
    assert [(each.label, each.band) for each in found.bands] == [("Impact", Band.UPPER), ("Market", Band.UPPER)]
    assert sorted(found.comments) == [f"Strong in its field, says judge {each}, go on." for each in range(3)]
    (low,) = feedback_of(panel.entries[2])
    assert {each.band for each in low.bands} == {Band.LOWER}
    undo_decision(panel.round, reason="A mistake.", actor=organiser, now=CLOSED_AT)
    assert feedback_of(panel.entries[0]) == []
    assert panel.round.state is RoundState.SCORED


def test_feedback_is_for_the_entrant_alone(panel: Panel, organiser: Account, client: FlaskClient) -> None:
    path = page_of(panel, f"/my/{panel.entries[0].reference}/feedback")
    assert client.get(path).location.startswith("/sign-in")
    for account in (panel.entries[1].account, panel.account(), organiser):
        sign_in(client, account)
        assert client.get(path).status_code == 404
    sign_in(client, panel.entries[0].account)
    assert f'href="{path}"' in client.get(path.removesuffix("/feedback")).text
    page = client.get(path).text
    assert ("upper third of the scale" in page, "Judge 3" in page, "Vergara" in page) == (True, True, False)


def test_results_wait_for_the_close_of_the_call(panel: Panel, organiser: Account) -> None:
    panel.competition.entries_close_at = CLOSED_AT + timedelta(days=1)
    (gap,) = publication_gaps(panel.competition, now=CLOSED_AT)
    assert gap.startswith("The call takes entries until ")
    with pytest.raises(ResultRefused, match="takes entries until"):
        publish(panel.competition, organiser)
