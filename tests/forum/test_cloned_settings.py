"""A new edition brings the settings along that nobody wants to type again, with dates moved and nothing used up."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.certificates.enums import CertificateKind
from gtn_events.core.db import db
from gtn_events.core.uploads import Upload, upload_path
from gtn_events.delegations.domain.travel import TravelRules, edit_travel_rules
from gtn_events.delegations.queries.travel import ceilings_of, travel_settings
from gtn_events.delegations.travel_enums import PaperKind
from gtn_events.designs.enums import Orientation
from gtn_events.designs.keeping import current_design, keep_design
from gtn_events.designs.values import Design
from gtn_events.forum.domain.attendance import set_rule
from gtn_events.forum.domain.badges import write_back_text
from gtn_events.forum.domain.checkpoints import CheckpointDetails, add_checkpoint, close_checkpoint
from gtn_events.forum.domain.cloning import NewEdition, clone_forum
from gtn_events.forum.domain.letter_texts import locked_settings
from gtn_events.forum.domain.print_options import keep_booklet_choice, keep_sign_paper
from gtn_events.forum.domain.proposals.window import set_window
from gtn_events.forum.domain.side_event_questions import begin_questions
from gtn_events.forum.domain.sponsors import SponsorDetails, add_sponsor, set_sponsor_logo
from gtn_events.forum.enums import AttendanceKind, BookletTheme, CheckpointKind, CheckpointRule, Paper, SponsorLevel
from gtn_events.forum.models import Checkpoint, Forum, ProposalWindow, SessionCall, SideEvent, Sponsor
from gtn_events.forum.queries.attendance_rule import Rule, checkpoints_of, rule_of
from gtn_events.forum.queries.badges import back_text_of
from gtn_events.forum.queries.letters import settings_of
from gtn_events.forum.queries.print_options import PrintChoice, print_choice
from gtn_events.forum.queries.session_calls import proposals_by
from tests.factories import grant_role, make_account, make_category, make_forum, make_side_event, sign_in
from tests.forum.calling import CRITERIA, ask, make_call, make_session_proposal
from tests.forum.programme.test_sponsors import picture

pytestmark = pytest.mark.usefixtures("database")
YEAR_LATER = date(2014, 6, 4)  # 364 days after the first day of the forum of the tests


@pytest.fixture
def organiser(database: None) -> Account:
    return make_account("organiser@gtn.example", family_name="Lestari")


@pytest.fixture
def source(organiser: Account) -> Forum:
    forum = make_forum()
    make_category(forum)
    return forum


def next_edition(source: Forum, organiser: Account, now: datetime, *, with_side_events: bool = True) -> Forum:
    edition = NewEdition(
        title="GTN Forum 2014", edition="Second", slug="gtn-2014", reference_prefix="GTN14", starts_on=YEAR_LATER
    )
    return clone_forum(source, edition, with_side_events=with_side_events, actor=organiser, now=now)


def door(
    forum: Forum, label: str, organiser: Account, now: datetime, side_event: SideEvent | None = None
) -> Checkpoint:
    details = CheckpointDetails(
        label=label,
        kind=CheckpointKind.SIDE_EVENT if side_event else CheckpointKind.DINNER,
        rule=CheckpointRule.IN_AND_OUT,
        side_event=side_event,
        category_keys=("delegate",),
        counts=False,
    )
    return add_checkpoint(forum, details, actor=organiser, now=now)


def test_designs_of_letters_and_words_of_badges_come_along_and_numbers_begin_anew(
    source: Forum, organiser: Account, now: datetime
) -> None:
    design = Design(template="letterhead", orientation=Orientation.PORTRAIT, texts={"text": "Come, {name}."})
    keep_design(source.scope, "letter-invitation", design, seen=None, actor=organiser, now=now)
    locked_settings(source).next_number = 9
    write_back_text(source, "Help: +62 1", actor=organiser, now=now)
    copy = next_edition(source, organiser, now)
    found = current_design(copy.scope, "letter-invitation")
    assert found is not None
    assert (found.design, found.number, current_design(copy.scope, "letter-visa")) == (design, 1, None)
    assert locked_settings(copy).next_number == 1
    assert back_text_of(copy) == "Help: +62 1"


def test_checkpoints_come_open_with_their_rules(source: Forum, organiser: Account, now: datetime) -> None:
    clinic = make_side_event(source)
    dinner = door(source, "Dinner", organiser, now)
    door(source, "Clinic", organiser, now, clinic)
    close_checkpoint(dinner, actor=organiser, now=datetime(2013, 6, 6, 15, 0, tzinfo=UTC))
    copy = next_edition(source, organiser, now)
    found = checkpoints_of(copy)
    assert [(each.label, each.kind.value, each.rule.value, each.counts, each.closed_at) for each in found] == [
        ("Main door", "main-door", "once", True, None),
        ("Dinner", "dinner", "in-and-out", False, None),
        ("Clinic", "side-event", "in-and-out", False, None),
    ]
    assert (found[1].category_keys, found[2].side_event is not None) == (["delegate"], True)
    assert found[2].side_event is not None
    assert found[2].side_event.forum_id == copy.id


def test_door_of_a_side_event_stays_behind_with_it(source: Forum, organiser: Account, now: datetime) -> None:
    door(source, "Clinic", organiser, now, make_side_event(source))
    copy = next_edition(source, organiser, now, with_side_events=False)
    assert [each.label for each in checkpoints_of(copy)] == ["Main door"]


def test_checkpoint_that_was_given_up_before_the_forum_stays_behind(
    source: Forum, organiser: Account, now: datetime
) -> None:
    close_checkpoint(
        door(source, "Dinner", organiser, now), actor=organiser, now=datetime(2013, 6, 4, 5, 0, tzinfo=UTC)
    )
    assert [each.label for each in checkpoints_of(next_edition(source, organiser, now))] == ["Main door"]


def test_who_attended_names_the_new_doors(source: Forum, organiser: Account, now: datetime) -> None:
    dinner = door(source, "Dinner", organiser, now)
    rule = Rule(kind=AttendanceKind.CHECKPOINTS, percent=60, every=False, checkpoint_ids=(dinner.id,))
    set_rule(source, rule, actor=organiser, now=now)
    copy = next_edition(source, organiser, now)
    found, doors = rule_of(copy), {each.id: each.label for each in checkpoints_of(copy)}
    assert (found.kind, found.every, [doors[each] for each in found.checkpoint_ids]) == (
        AttendanceKind.CHECKPOINTS,
        False,
        ["Dinner"],
    )


def test_a_rule_whose_doors_all_stay_behind_is_not_taken_over(source: Forum, organiser: Account, now: datetime) -> None:
    clinic = door(source, "Clinic", organiser, now, make_side_event(source))
    rule = Rule(kind=AttendanceKind.CHECKPOINTS, percent=60, every=True, checkpoint_ids=(clinic.id,))
    set_rule(source, rule, actor=organiser, now=now)
    assert rule_of(next_edition(source, organiser, now, with_side_events=False)).kind is AttendanceKind.ONCE


def test_window_of_proposals_moves_with_the_forum(source: Forum, organiser: Account, now: datetime) -> None:
    opens_at, closes_at = datetime(2013, 3, 1, 2, 0, tzinfo=UTC), datetime(2013, 4, 1, 2, 0, tzinfo=UTC)
    set_window(
        source, opens_at=opens_at, closes_at=closes_at, takes=True, words="Short ones.", actor=organiser, now=now
    )
    copy = next_edition(source, organiser, now)
    window, step = db.session.get_one(ProposalWindow, copy.id), timedelta(days=364)
    assert (window.opens_at, window.closes_at, window.words) == (opens_at + step, closes_at + step, "Short ones.")


def test_own_questions_of_a_side_event_are_copies(source: Forum, organiser: Account, now: datetime) -> None:
    clinic = make_side_event(source)
    begin_questions(clinic, actor=organiser, now=now)
    copy = next_edition(source, organiser, now)
    theirs = db.session.scalars(select(SideEvent).where(SideEvent.forum_id == copy.id)).one()
    assert theirs.questionnaire is not None
    assert (theirs.questionnaire_id != clinic.questionnaire_id, theirs.questionnaire.scope_id) == (True, copy.id)


def test_travel_rules_move_their_day_and_keep_the_ceilings(source: Forum, organiser: Account, now: datetime) -> None:
    rules = TravelRules(
        ceiling=3,
        currency="IDR",
        daily_rate=Decimal("133.33"),
        papers=(PaperKind.PASSPORT, PaperKind.BANK),
        due_on=date(2013, 6, 20),
        ceilings={"THA": 5},
    )
    edit_travel_rules(source, rules, actor=organiser, now=now)
    copy = next_edition(source, organiser, now)
    found = travel_settings(copy)
    assert found is not None
    assert (found.ceiling, found.currency, found.daily_rate, found.papers, found.due_on, ceilings_of(copy)) == (
        3,
        "IDR",
        Decimal("133.33"),
        ["passport", "bank"],
        date(2014, 6, 19),
        {"THA": 5},
    )


def test_sponsors_come_with_logos_of_their_own(source: Forum, organiser: Account, now: datetime) -> None:
    bank = add_sponsor(source, SponsorDetails(name="Green Bank", level=SponsorLevel.PARTNER), actor=organiser, now=now)
    details = SponsorDetails(name="Port", level=SponsorLevel.SPONSOR, link="https://port.example")
    lost = add_sponsor(source, details, actor=organiser, now=now)
    for each in (bank, lost):
        set_sponsor_logo(each, picture(), actor=organiser, now=now)
    assert lost.logo_upload_id is not None
    upload_path(db.session.get_one(Upload, lost.logo_upload_id)).unlink()
    copy = next_edition(source, organiser, now)
    set_sponsor_logo(bank, None, actor=organiser, now=now)
    theirs = db.session.scalars(select(Sponsor).where(Sponsor.forum_id == copy.id).order_by(Sponsor.position)).all()
    assert [(each.name, each.level.value, each.link) for each in theirs] == [
        ("Green Bank", "partner", ""),
        ("Port", "sponsor", "https://port.example"),
    ]
    logo = theirs[0].logo
    assert logo is not None
    # Of one whose file was lost the words come alone.
    assert (logo.deleted_at, upload_path(logo).is_file(), theirs[1].logo) == (None, True, None)


def test_what_was_chosen_for_print_comes_along(source: Forum, organiser: Account, now: datetime) -> None:
    choice = PrintChoice(theme=BookletTheme.QUILT, notes_pages=7, sign_paper=Paper.A3)
    keep_booklet_choice(source, choice, actor=organiser, now=now)
    keep_sign_paper(source, Paper.A3, actor=organiser, now=now)
    assert print_choice(next_edition(source, organiser, now)) == choice


def test_calls_for_sessions_come_as_drafts_without_proposals_or_committee(
    source: Forum, organiser: Account, now: datetime
) -> None:
    call = make_call(source, organiser, organiser, most_each=3)
    ask(call, organiser)
    make_session_proposal(call, organiser, sent=False)
    copy = next_edition(source, organiser, now)
    theirs = db.session.scalars(select(SessionCall).where(SessionCall.forum_id == copy.id)).one()
    assert (theirs.title, theirs.text, theirs.types, theirs.most_each) == (call.title, call.text, call.types, 3)
    step = timedelta(days=364)
    assert (theirs.opens_at, theirs.closes_at) == (call.opens_at + step, call.closes_at + step)
    assert (theirs.state.value, theirs.members, [each.name for each in theirs.criteria]) == ("draft", [], [*CRITERIA])
    assert proposals_by(theirs, organiser.id) == []
    asked = theirs.questionnaire
    assert asked is not None
    assert (asked.id == call.questionnaire_id, asked.scope_id) == (False, copy.id)


def test_the_page_of_a_next_edition_says_what_comes_and_what_stays(
    client: FlaskClient, source: Forum, organiser: Account, now: datetime
) -> None:
    grant_role(organiser, Role.ORGANISER, source.scope)
    sign_in(client, organiser)
    page = client.get(f"/forums/{source}/manage/clone").text
    wanted = ("What comes along", "Sponsors with their logos", "Calls for sessions, as drafts", "What stays behind")
    assert [words for words in wanted if words not in page] == []


def test_forum_without_such_settings_brings_none(source: Forum, organiser: Account, now: datetime) -> None:
    copy = next_edition(source, organiser, now)
    assert (print_choice(copy), db.session.scalar(select(Sponsor))) == (PrintChoice(), None)
    assert (settings_of(copy), travel_settings(copy), db.session.get(ProposalWindow, copy.id)) == (None, None, None)


def test_how_certificates_look_comes_along(source: Forum, organiser: Account, now: datetime) -> None:
    design = Design(template="participation", texts={"heading": "With thanks"})
    kind = CertificateKind.PARTICIPATION
    keep_design(source.scope, kind, design, seen=None, actor=organiser, now=now)
    found = current_design(next_edition(source, organiser, now).scope, kind)
    assert found is not None
    assert (found.number, found.design) == (1, design)
