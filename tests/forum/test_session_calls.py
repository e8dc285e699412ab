"""A call for sessions is opened, answered, scored and decided; what is accepted stands in the programme once."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from gtn_events.accounts.domain.signed_links import LinkPurpose
from gtn_events.accounts.enums import Role
from gtn_events.accounts.errors import LinkRefused
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, Stale
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.domain.programme_sessions import SessionDetails, SpeakerDetails, add_speaker, change_session
from gtn_events.forum.domain.programme_sessions import remove_session as take_away
from gtn_events.forum.domain.session_calls.calls import change_call, name_member, open_call, publish_call
from gtn_events.forum.domain.session_calls.deciding import decide_many, mails_written
from gtn_events.forum.domain.session_calls.drafts import (
    begin_session_proposal,
    delete_session_draft,
    save_session_proposal,
)
from gtn_events.forum.domain.session_calls.rules import what_a_session_lacks
from gtn_events.forum.domain.session_calls.scoring import score_session
from gtn_events.forum.domain.session_calls.sending import (
    confirm_session,
    send_session_proposal,
    withdraw_session_proposal,
)
from gtn_events.forum.domain.session_calls.speaking import answer_as_speaker, speaker_of_link
from gtn_events.forum.domain.session_calls.transitions import (
    TRANSITIONS,
    SessionAction,
    SessionParty,
    session_transition,
)
from gtn_events.forum.errors import ReasonMissing, SessionCallRefused, SessionProposalRefused, TransitionRefused
from gtn_events.forum.models import Forum, ForumSession, SessionCall, SessionProposal, SessionReview, Speaker
from gtn_events.forum.queries.session_calls import sent_by, sent_sessions, wished_minutes
from gtn_events.forum.queries.timetable import task_of
from gtn_events.forum.session_call_enums import SessionCallState, SessionProposalState
from gtn_events.forum.session_standings import standings
from gtn_events.forum.timetable import Wishes
from gtn_events.forum.views.manage_programme.schedule_page import SchedulePage
from tests.factories import MADE_AT, grant_role, make_account, make_forum
from tests.forum.calling import (
    CLOSED_AT,
    KENJI,
    LINKS,
    ROSA,
    ask,
    call_details,
    close,
    decide,
    make_call,
    make_session_proposal,
    score,
    session_texts,
)

ACCEPT, WAITLIST, DECLINE = SessionAction.ACCEPT, SessionAction.WAITLIST, SessionAction.DECLINE


@pytest.fixture
def forum(database: None) -> Forum:
    return make_forum()


@pytest.fixture
def organiser(forum: Forum) -> Account:
    account = make_account("organiser@gtn.example")
    grant_role(account, Role.ORGANISER, forum.scope)
    return account


@pytest.fixture
def proposer(forum: Forum) -> Account:
    return make_account("proposer@firm.example", given_name="Siti", family_name="Rahman")


@pytest.fixture
def members(forum: Forum) -> list[Account]:
    return [make_account(f"member{number}@gtn.example") for number in range(3)]


@pytest.fixture
def call(forum: Forum, organiser: Account, members: list[Account]) -> SessionCall:
    return make_call(forum, organiser, *members)


def mails(template: str) -> list[str]:
    statement = select(OutboxMail.to_address).where(OutboxMail.template == f"forum/{template}")
    return list(db.session.scalars(statement.order_by(OutboxMail.id)))


def count(table: type[ForumSession] | type[Speaker] | type[SessionReview]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_the_table_allows_nothing_that_it_does_not_name(database: None) -> None:
    for state in SessionProposalState:
        for action in SessionAction:
            for party in SessionParty:
                row = TRANSITIONS.get((state, action))
                if row is not None and row.party is party:
                    assert session_transition(state, action, party) is row
                else:
                    with pytest.raises(TransitionRefused):
                        session_transition(state, action, party)


def test_only_a_withdrawn_proposal_stays_for_ever() -> None:
    sources = {state for state, _action in TRANSITIONS}
    assert set(SessionProposalState) - sources == {SessionProposalState.WITHDRAWN}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"closes_at": MADE_AT}, "closes_at"),
        ({"types": ()}, "types"),
        ({"types": call_details().types * 2}, "types"),
        ({"criteria": ()}, "criteria"),
        ({"criteria": ("Plan", "Plan")}, "criteria"),
    ],
)
def test_a_call_that_cannot_work_is_not_opened(
    forum: Forum, organiser: Account, values: dict[str, object], field: str
) -> None:
    with pytest.raises(SessionCallRefused) as refused:
        open_call(forum, call_details(**values), actor=organiser, now=MADE_AT)
    assert refused.value.field == field


def test_a_draft_call_takes_nothing_and_one_that_is_over_is_not_published(
    forum: Forum, organiser: Account, proposer: Account
) -> None:
    call = make_call(forum, organiser, published=False, closes_at=MADE_AT + timedelta(days=1))
    with pytest.raises(SessionProposalRefused):
        begin_session_proposal(call, session_texts(), actor=proposer, now=MADE_AT)
    with pytest.raises(SessionCallRefused):
        publish_call(call, actor=organiser, now=MADE_AT + timedelta(days=1))
    assert call.state is SessionCallState.DRAFT


def test_a_call_changed_elsewhere_meanwhile_is_not_overwritten(call: SessionCall, organiser: Account) -> None:
    with pytest.raises(Stale):
        change_call(call, call_details(title="Other"), seen=call.lock_version - 1, actor=organiser, now=MADE_AT)


def test_criteria_stay_once_something_is_scored(
    call: SessionCall, organiser: Account, proposer: Account, members: list[Account]
) -> None:
    change_call(call, call_details(criteria=("Plan",)), seen=call.lock_version, actor=organiser, now=MADE_AT)
    proposal = make_session_proposal(call, proposer)
    close(call, organiser)
    score(proposal, members[0], [3])
    with pytest.raises(SessionCallRefused) as refused:
        change_call(call, call_details(criteria=("Other",)), seen=call.lock_version, actor=organiser, now=CLOSED_AT)
    assert refused.value.field == "criteria"


def test_a_committee_is_of_people_with_an_account_each_once(call: SessionCall, organiser: Account) -> None:
    for email in ("nobody@gtn.example", "MEMBER1@gtn.example", "no address"):
        with pytest.raises(SessionCallRefused) as refused:
            name_member(call, email, actor=organiser, now=MADE_AT)
        assert refused.value.field == "email"


def test_a_draft_is_kept_as_it_is_and_says_what_is_missing(
    call: SessionCall, proposer: Account, organiser: Account
) -> None:
    key = ask(call, organiser)
    proposal = make_session_proposal(
        call, proposer, "", sent=False, abstract="", type_name="", minutes=None, languages=(), speakers=()
    )
    names = ["title", "abstract", "type_name", "minutes", "languages", "speaker_name_1"]
    lacks = [each.field for each in what_a_session_lacks(proposal)]
    assert lacks[:-1] == names
    assert lacks[-1].endswith(key)
    with pytest.raises(SessionProposalRefused, match="title"):
        send_session_proposal(proposal, actor=proposer, now=MADE_AT)


def test_what_was_sent_is_changed_until_the_close_and_stays_whole(
    call: SessionCall, proposer: Account, organiser: Account
) -> None:
    key = ask(call, organiser)
    proposal = make_session_proposal(call, proposer, answers={key: "A checklist."})
    assert mails("session_received") == [proposer.email]
    changed = session_texts("Cold stores, again", answers={key: "Two checklists."})
    save_session_proposal(proposal, changed, seen=proposal.lock_version, actor=proposer, now=MADE_AT)
    db.session.commit()
    for broken in (replace(changed, title=""), replace(changed, answers={})):
        with pytest.raises(SessionProposalRefused):
            save_session_proposal(proposal, broken, seen=proposal.lock_version, actor=proposer, now=MADE_AT)
        db.session.rollback()
    with pytest.raises(Stale):
        save_session_proposal(proposal, changed, seen=0, actor=proposer, now=MADE_AT)
    close(call, organiser)
    with pytest.raises(SessionProposalRefused, match="takes no proposals"):
        save_session_proposal(proposal, changed, seen=proposal.lock_version, actor=proposer, now=CLOSED_AT)
    assert (proposal.title, len(proposal.speakers)) == ("Cold stores, again", 2)


def test_what_was_scored_stays_though_the_call_is_opened_again(
    call: SessionCall, proposer: Account, organiser: Account, members: list[Account]
) -> None:
    scored, other = (make_session_proposal(call, proposer, title) for title in ("Scored", "Other"))
    close(call, organiser)
    score(scored, members[0], [3, 3])
    publish_call(call, actor=organiser, now=CLOSED_AT)
    save_session_proposal(other, session_texts("New"), seen=other.lock_version, actor=proposer, now=CLOSED_AT)
    with pytest.raises(SessionProposalRefused, match="scored"):
        save_session_proposal(scored, session_texts("New"), seen=scored.lock_version, actor=proposer, now=CLOSED_AT)
    assert (scored.title, other.title) == ("Scored", "New")


def test_a_person_sends_so_many_as_the_call_takes_and_another_when_one_is_withdrawn(
    forum: Forum, organiser: Account, proposer: Account, members: list[Account]
) -> None:
    call = make_call(forum, organiser, most_each=2)
    first, draft = make_session_proposal(call, proposer), make_session_proposal(call, proposer, sent=False)
    make_session_proposal(call, proposer)
    with pytest.raises(SessionProposalRefused, match="takes 2 proposals of one person"):
        send_session_proposal(draft, actor=proposer, now=MADE_AT)
    with pytest.raises(SessionProposalRefused, match="Withdraw one to propose another"):
        make_session_proposal(call, proposer, sent=False)
    make_session_proposal(call, members[0])
    withdraw_session_proposal(first, actor=proposer, now=MADE_AT)
    send_session_proposal(draft, actor=proposer, now=MADE_AT)
    assert sent_by(call, proposer.id) == 2


def test_a_call_without_a_limit_takes_what_comes_and_one_that_was_opened_plainly_takes_five(
    forum: Forum, organiser: Account, proposer: Account
) -> None:
    plain, free = make_call(forum, organiser), make_call(forum, organiser, most_each=0)
    for _number in range(7):
        make_session_proposal(free, proposer)
    for _number in range(5):
        make_session_proposal(plain, proposer)
    with pytest.raises(SessionProposalRefused, match="takes 5 proposals"):
        make_session_proposal(plain, proposer)
    with pytest.raises(SessionCallRefused, match="from 0 to 100"):
        make_call(forum, organiser, most_each=-1)


def test_who_was_typing_when_the_call_closed_cannot_send(
    call: SessionCall, proposer: Account, organiser: Account
) -> None:
    draft = make_session_proposal(call, proposer, sent=False)
    close(call, organiser)
    with pytest.raises(SessionProposalRefused):
        send_session_proposal(draft, actor=proposer, now=CLOSED_AT)
    assert (draft.state, mails("session_received")) == (SessionProposalState.DRAFT, [])


def test_a_wrong_address_is_said_at_its_speaker(call: SessionCall, proposer: Account) -> None:
    for speakers, field in (((ROSA, replace(KENJI, email="x")), "speaker_email_2"), ((ROSA, ROSA), "speaker_email_2")):
        with pytest.raises(DomainError) as refused:
            begin_session_proposal(call, session_texts(speakers=speakers), actor=proposer, now=MADE_AT)
        assert refused.value.field == field
        db.session.rollback()


def test_only_a_draft_is_deleted(call: SessionCall, proposer: Account, organiser: Account) -> None:
    key = ask(call, organiser)
    draft = make_session_proposal(call, proposer, sent=False, answers={key: "Something."})
    proposal = make_session_proposal(call, proposer, answers={key: "Something."})
    delete_session_draft(draft, now=MADE_AT)
    with pytest.raises(SessionProposalRefused):
        delete_session_draft(proposal, now=MADE_AT)
    assert list(db.session.scalars(select(SessionProposal.id))) == [proposal.id]


def test_nobody_scores_what_concerns_them_or_before_the_close(
    call: SessionCall, proposer: Account, organiser: Account, members: list[Account]
) -> None:
    own = make_session_proposal(call, members[0], "Own")
    speaking = replace(KENJI, email=members[1].email.upper())
    named = make_session_proposal(call, proposer, "Named", speakers=(speaking,))
    scores = {each.id: 3 for each in call.criteria}
    with pytest.raises(SessionProposalRefused, match="still takes"):
        score_session(named, scores, "", actor=members[0], now=MADE_AT)
    close(call, organiser)
    for proposal, person in ((own, members[0]), (named, members[1]), (named, organiser), (named, proposer)):
        with pytest.raises(SessionProposalRefused):
            score_session(proposal, scores, "", actor=person, now=CLOSED_AT)
    assert count(SessionReview) == 0


def test_every_criterion_has_a_score_from_one_to_five(
    call: SessionCall, proposer: Account, organiser: Account, members: list[Account]
) -> None:
    proposal = make_session_proposal(call, proposer)
    close(call, organiser)
    first, second = (each.id for each in call.criteria)
    for scores in ({}, {first: 3}, {first: 3, second: 6}, {first: 0, second: 3}, {first: 3, second: 3, 999: 3}):
        with pytest.raises(SessionProposalRefused):
            score_session(proposal, scores, "", actor=members[0], now=CLOSED_AT)
    score(proposal, members[0], [5, 4])
    score(proposal, members[0], [1, 2], "On reflection.")
    assert (count(SessionReview), proposal.reviews[0].comment) == (1, "On reflection.")


def test_the_list_stands_by_mean_with_spread_and_number(
    call: SessionCall, proposer: Account, organiser: Account, members: list[Account]
) -> None:
    low, high, none = (make_session_proposal(call, proposer, title) for title in ("Low", "High", "None"))
    close(call, organiser)
    for member, first, second in zip(members, ([1, 2], [2, 2], [3, 3]), ([5, 5], [4, 5], [5, 5]), strict=True):
        score(low, member, first)
        score(high, member, second)
    found = standings(sent_sessions(call), reader=organiser)
    assert [(each.proposal.id, each.reviews, each.mean, each.spread) for each in found] == [
        (high.id, 3, Decimal("4.83"), Decimal("0.29")),
        (low.id, 3, Decimal("2.17"), Decimal("0.76")),
        (none.id, 0, None, None),
    ]


def test_a_member_is_blind_until_the_own_review_is_in(
    call: SessionCall, proposer: Account, organiser: Account, members: list[Account]
) -> None:
    first, second = (make_session_proposal(call, proposer, title) for title in ("First", "Second"))
    own = make_session_proposal(call, members[0], "Own")
    close(call, organiser)
    for proposal in (first, second, own):
        score(proposal, members[1], [5, 5])
    score(second, members[0], [1, 1])
    seen = {each.proposal.title: (each.hidden, each.mean) for each in standings(sent_sessions(call), reader=members[0])}
    assert seen == {"Second": (False, Decimal("3.00")), "First": (True, None), "Own": (True, None)}
    for proposal in (first, own):
        decide(proposal, ACCEPT, organiser)
    after = {each.proposal.title: each.hidden for each in standings(sent_sessions(call), reader=members[0])}
    assert after == {"Second": False, "First": False, "Own": True}


def test_an_accepted_session_stands_once_without_a_time_with_its_speakers(
    forum: Forum, call: SessionCall, proposer: Account, organiser: Account
) -> None:
    rosa = make_account(ROSA.email)
    proposal = make_session_proposal(call, proposer)
    close(call, organiser)
    decide(proposal, WAITLIST, organiser)
    decide(proposal, ACCEPT, organiser, reason="Room was found.")
    with pytest.raises(TransitionRefused):
        decide(proposal, ACCEPT, organiser)
    session = db.session.scalars(select(ForumSession)).one()
    assert (session.title, session.slot, session.type_label, session.language) == (proposal.title, None, "Panel", "en")
    assert [link.speaker.name for link in session.speaker_links] == ["Rosa Huamán", "Kenji Mori"]
    assert [link.speaker.account_id for link in session.speaker_links] == [rosa.id, None]
    assert (session.wished_minutes, wished_minutes(forum)) == (75, {session.id: 75})
    assert [each.minutes for each in task_of(forum, Wishes()).sessions] == [75]
    page = SchedulePage(forum, day="", code=session.code, now=CLOSED_AT)
    assert [page.minutes_of(each) for each in page.waiting] == [75]
    assert (mails("session_accepted"), mails("session_speaker")) == ([proposer.email], [ROSA.email, KENJI.email])


def test_a_speaker_of_two_accepted_sessions_is_one_person(
    call: SessionCall, proposer: Account, organiser: Account
) -> None:
    first, second = (make_session_proposal(call, proposer, title) for title in ("First", "Second"))
    close(call, organiser)
    decide(first, ACCEPT, organiser)
    decide(second, ACCEPT, organiser)
    assert count(Speaker) == 2
    withdraw_session_proposal(first, actor=proposer, now=CLOSED_AT)
    assert (count(ForumSession), count(Speaker)) == (1, 2)
    withdraw_session_proposal(second, actor=proposer, now=CLOSED_AT)
    assert (count(ForumSession), count(Speaker)) == (0, 0)


def test_who_was_a_speaker_before_stays_when_the_session_is_withdrawn(
    forum: Forum, call: SessionCall, proposer: Account, organiser: Account
) -> None:
    account = make_account(ROSA.email)
    known = add_speaker(forum, SpeakerDetails(name="Dr Rosa Huamán"), actor=organiser, now=MADE_AT)
    known.account_id = account.id
    proposal = make_session_proposal(call, proposer)
    close(call, organiser)
    decide(proposal, ACCEPT, organiser)
    assert count(Speaker) == 2
    confirm_session(proposal, actor=proposer, now=CLOSED_AT)
    withdraw_session_proposal(proposal, actor=proposer, now=CLOSED_AT)
    assert list(db.session.scalars(select(Speaker.id))) == [known.id]
    assert mails("session_off") == [ROSA.email, KENJI.email]
    assert mails("session_left") == [organiser.email]


def test_a_session_with_a_time_is_not_withdrawn_by_its_proposer(
    forum: Forum, call: SessionCall, proposer: Account, organiser: Account
) -> None:
    proposal = make_session_proposal(call, proposer)
    close(call, organiser)
    decide(proposal, ACCEPT, organiser)
    session = db.session.scalars(select(ForumSession)).one()
    details = SessionDetails(title=session.title, starts_at=MADE_AT, minutes=75)
    change_session(forum, session, details, actor=organiser, now=CLOSED_AT)
    with pytest.raises(SessionProposalRefused, match="time"):
        withdraw_session_proposal(proposal, actor=proposer, now=CLOSED_AT)
    assert (proposal.state, count(ForumSession)) == (SessionProposalState.ACCEPTED, 1)


def test_a_session_that_the_organiser_took_away_leaves_its_proposal(
    forum: Forum, call: SessionCall, proposer: Account, organiser: Account
) -> None:
    proposal = make_session_proposal(call, proposer)
    close(call, organiser)
    decide(proposal, ACCEPT, organiser)
    take_away(forum, db.session.scalars(select(ForumSession)).one(), actor=organiser, now=CLOSED_AT)
    db.session.commit()
    db.session.expire_all()
    assert (proposal.session, proposal.state) == (None, SessionProposalState.ACCEPTED)
    withdraw_session_proposal(proposal, actor=proposer, now=CLOSED_AT)
    assert proposal.state is SessionProposalState.WITHDRAWN


def test_a_speaker_answers_by_the_link_and_is_taken_out_when_not_coming(
    call: SessionCall, proposer: Account, organiser: Account
) -> None:
    proposal = make_session_proposal(call, proposer)
    close(call, organiser)
    decide(proposal, ACCEPT, organiser)
    asked = db.session.scalars(select(OutboxMail).where(OutboxMail.to_address == KENJI.email)).one()
    token = asked.body_text.partition("/speaker/")[2].split()[0]
    values = LINKS.read(LinkPurpose.SPEAKER, token, now=CLOSED_AT)
    kenji = speaker_of_link(values["speaker"], values["email"])
    answer_as_speaker(kenji, comes=False, actor=None, now=CLOSED_AT)
    session = db.session.scalars(select(ForumSession)).one()
    assert [link.speaker.name for link in session.speaker_links] == ["Rosa Huamán"]
    answer_as_speaker(kenji, comes=True, actor=None, now=CLOSED_AT)
    assert [link.speaker.name for link in session.speaker_links] == ["Rosa Huamán", "Kenji Mori"]
    with pytest.raises(LinkRefused):
        speaker_of_link(values["speaker"], "other@firm.example")
    withdraw_session_proposal(proposal, actor=proposer, now=CLOSED_AT)
    with pytest.raises(SessionProposalRefused):
        answer_as_speaker(kenji, comes=True, actor=None, now=CLOSED_AT)


def test_a_proposer_who_speaks_confirms_both_at_once(call: SessionCall, organiser: Account) -> None:
    rosa = make_account(ROSA.email)
    proposal = make_session_proposal(call, rosa)
    close(call, organiser)
    decide(proposal, ACCEPT, organiser)
    assert mails("session_speaker") == [KENJI.email]
    confirm_session(proposal, actor=rosa, now=CLOSED_AT)
    assert [each.confirmed_at is not None for each in proposal.speakers] == [True, False]
    assert proposal.state is SessionProposalState.CONFIRMED


def test_many_are_decided_at_once_and_who_is_refused_is_named(
    call: SessionCall, proposer: Account, organiser: Account
) -> None:
    first, second, third = (make_session_proposal(call, proposer, title) for title in ("First", "Second", "Third"))
    with pytest.raises(SessionProposalRefused):
        decide(first, ACCEPT, organiser)
    db.session.rollback()
    db.session.expire_all()
    close(call, organiser)
    withdraw_session_proposal(third, actor=proposer, now=CLOSED_AT)
    with pytest.raises(ReasonMissing):
        decide_many(call, [first, second, third], DECLINE, links=LINKS, actor=organiser, now=CLOSED_AT)
    later = CLOSED_AT + timedelta(hours=1)
    effect = decide_many(call, [first, second, third], DECLINE, reason="Full.", links=LINKS, actor=organiser, now=later)
    assert (dict(effect.outcomes), [name for name, _why in effect.refusals]) == (
        {SessionProposalState.DECLINED: 2},
        ["Third"],
    )
    written = mails_written([first.id, second.id, third.id], now=later)
    assert [(each.to, "Full." in each.text) for each in written] == [(proposer.email, True)] * 2
