"""A side event is proposed, confirmed by its co-hosts, decided and published; nothing else can happen to it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from gtn_events.accounts.domain.signed_links import LinkPurpose
from gtn_events.accounts.enums import Role
from gtn_events.accounts.errors import LinkRefused
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, Stale
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.domain.proposals.co_hosts import answer_as_co_host, co_host_of_link, remind_co_host
from gtn_events.forum.domain.proposals.deciding import agree_to_proposal, decide_proposal, publish_proposal
from gtn_events.forum.domain.proposals.drafts import NamedCoHost, begin_proposal, delete_draft, save_proposal
from gtn_events.forum.domain.proposals.rules import count_words, what_a_proposal_lacks
from gtn_events.forum.domain.proposals.sending import send_proposal, withdraw_proposal
from gtn_events.forum.domain.proposals.transitions import (
    TRANSITIONS,
    ProposalAction,
    ProposalParty,
    proposal_transition,
)
from gtn_events.forum.domain.side_events import SideEventDetails, delete_side_event, edit_side_event
from gtn_events.forum.enums import ProposalState
from gtn_events.forum.errors import ProposalRefused, ReasonMissing, SideEventRefused, TransitionRefused
from gtn_events.forum.models import Forum, SideEvent, SideEventProposal
from gtn_events.forum.personal_data import erase_forum, export_forum
from tests.factories import MADE_AT, grant_role, make_account, make_forum
from tests.forum.proposing import LINKS, PLACE, make_proposal, open_window, texts

CO_HOSTS = [NamedCoHost("Bukit Incubator", "Bukit@Incubator.example")]


@pytest.fixture
def forum(database: None) -> Forum:
    forum = make_forum()
    open_window(forum)
    return forum


@pytest.fixture
def organiser(forum: Forum) -> Account:
    account = make_account("organiser@gtn.example")
    grant_role(account, Role.ORGANISER, forum.scope)
    return account


@pytest.fixture
def proposer(forum: Forum) -> Account:
    return make_account()


def sent(forum: Forum, proposer: Account, co_hosts: list[NamedCoHost] | None = None) -> SideEventProposal:
    proposal = make_proposal(forum, proposer, co_hosts=co_hosts or [])
    send_proposal(proposal, links=LINKS, actor=proposer, now=MADE_AT)
    db.session.commit()
    return proposal


def mails(template: str) -> list[str]:
    statement = select(OutboxMail.to_address).where(OutboxMail.template == f"forum/{template}")
    return list(db.session.scalars(statement.order_by(OutboxMail.id)))


def test_the_table_allows_nothing_that_it_does_not_name(database: None) -> None:
    for state in ProposalState:
        for action in ProposalAction:
            for party in ProposalParty:
                row = TRANSITIONS.get((state, action))
                if row is not None and row.party is party:
                    assert proposal_transition(state, action, party) is row
                else:
                    with pytest.raises(TransitionRefused):
                        proposal_transition(state, action, party)


def test_every_state_but_the_last_ones_leads_on() -> None:
    sources = {state for state, _action in TRANSITIONS}
    ends = {ProposalState.DECLINED, ProposalState.WITHDRAWN, ProposalState.PUBLISHED}
    assert set(ProposalState) - sources == ends


@pytest.mark.parametrize(
    ("text", "words"), [("", 0), ("one two  three", 3), ("Trần Thị Hà", 3), ("ป" * 60, 10), ("緑" * 12 + " two", 3)]
)
def test_words_are_counted_in_every_script(text: str, words: int) -> None:
    assert count_words(text) == words


def test_a_draft_is_kept_as_it_is_and_says_what_is_missing(forum: Forum, proposer: Account) -> None:
    proposal = make_proposal(forum, proposer, title="", description="few words", wishes=[], expected_number=None)
    lacks = [each.field for each in what_a_proposal_lacks(proposal)]
    assert (proposal.state, lacks) == (ProposalState.DRAFT, ["title", "description", "expected_number", "day_1"])
    with pytest.raises(ProposalRefused, match="title"):
        send_proposal(proposal, links=LINKS, actor=proposer, now=MADE_AT)


@pytest.mark.parametrize(("field", "text"), [("title", "word " * 16), ("description", "word " * 301)])
def test_a_text_that_is_too_long_is_not_even_kept(forum: Forum, proposer: Account, field: str, text: str) -> None:
    with pytest.raises(ProposalRefused) as refused:
        begin_proposal(forum, replace(texts(), **{field: text}), [], actor=proposer, now=MADE_AT)
    assert refused.value.field == field


def test_a_draft_saved_elsewhere_meanwhile_is_not_overwritten(forum: Forum, proposer: Account) -> None:
    proposal = make_proposal(forum, proposer)
    seen = proposal.lock_version
    save_proposal(proposal, texts("Another title"), [], seen=seen, now=MADE_AT)
    db.session.commit()
    with pytest.raises(Stale):
        save_proposal(proposal, texts("A third title"), [], seen=seen, now=MADE_AT)
    assert proposal.title == "Another title"


def test_outside_the_window_nothing_is_begun_or_sent(forum: Forum, proposer: Account) -> None:
    proposal = make_proposal(forum, proposer)
    open_window(forum, closes_at=MADE_AT + timedelta(days=1))
    later = MADE_AT + timedelta(days=1)
    with pytest.raises(ProposalRefused):
        send_proposal(proposal, links=LINKS, actor=proposer, now=later)
    open_window(forum, takes=False)
    with pytest.raises(ProposalRefused):
        begin_proposal(forum, texts(), [], actor=proposer, now=MADE_AT)
    assert proposal.state is ProposalState.DRAFT


def test_what_was_sent_back_can_be_sent_again_after_the_close(
    forum: Forum, proposer: Account, organiser: Account
) -> None:
    proposal = sent(forum, proposer)
    later = MADE_AT + timedelta(days=2)
    open_window(forum, closes_at=MADE_AT + timedelta(days=1))
    with pytest.raises(ReasonMissing):
        decide_proposal(proposal, ProposalAction.ASK_CHANGES, actor=organiser, now=later)
    decide_proposal(proposal, ProposalAction.ASK_CHANGES, reason="One more speaker.", actor=organiser, now=later)
    send_proposal(proposal, links=LINKS, actor=proposer, now=later)
    assert (proposal.state, proposal.state_reason) == (ProposalState.PROPOSED, None)


def test_sending_tells_the_proposer_and_every_organiser_and_asks_the_co_hosts(
    forum: Forum, proposer: Account, organiser: Account
) -> None:
    sent(forum, proposer, CO_HOSTS)
    assert mails("proposal_received") == ["rosa@firm.example"]
    assert mails("proposal_to_review") == ["organiser@gtn.example"]
    assert [each.lower() for each in mails("proposal_co_host")] == ["bukit@incubator.example"]


def test_a_co_host_that_stays_keeps_its_answer_and_is_not_asked_twice(
    forum: Forum, proposer: Account, organiser: Account
) -> None:
    proposal = sent(forum, proposer, CO_HOSTS)
    answer_as_co_host(proposal.co_hosts[0], confirms=True, actor=None, now=MADE_AT)
    decide_proposal(proposal, ProposalAction.ASK_CHANGES, reason="Shorter.", actor=organiser, now=MADE_AT)
    db.session.commit()
    named = [*CO_HOSTS, NamedCoHost("Clearwash", "office@clearwash.example")]
    save_proposal(proposal, texts(), named, seen=proposal.lock_version, now=MADE_AT)
    later = MADE_AT + timedelta(hours=1)
    send_proposal(proposal, links=LINKS, actor=proposer, now=later)
    assert [(each.name, each.confirmed_at is not None) for each in proposal.co_hosts] == [
        ("Bukit Incubator", True),
        ("Clearwash", False),
    ]
    assert len(mails("proposal_co_host")) == 2


def test_the_link_of_a_co_host_who_was_taken_out_answers_for_nobody(
    forum: Forum, proposer: Account, organiser: Account
) -> None:
    proposal = sent(forum, proposer, CO_HOSTS)
    asked = db.session.scalars(select(OutboxMail).where(OutboxMail.template == "forum/proposal_co_host")).one()
    token = asked.body_text.partition("/co-host/")[2].split()[0]
    decide_proposal(proposal, ProposalAction.ASK_CHANGES, reason="Another co-host.", actor=organiser, now=MADE_AT)
    db.session.commit()
    others = [NamedCoHost("Clearwash", "office@clearwash.example")]
    save_proposal(proposal, texts(), others, seen=proposal.lock_version, now=MADE_AT)
    send_proposal(proposal, links=LINKS, actor=proposer, now=MADE_AT)
    values = LINKS.read(LinkPurpose.CO_HOST, token, now=MADE_AT)
    with pytest.raises(LinkRefused):
        co_host_of_link(values["co_host"], values["email"])


def test_two_co_hosts_cannot_confirm_with_one_address(forum: Forum, proposer: Account) -> None:
    twice = [*CO_HOSTS, NamedCoHost("Clearwash", "BUKIT@incubator.example")]
    with pytest.raises(ProposalRefused) as refused:
        begin_proposal(forum, texts(), twice, actor=proposer, now=MADE_AT)
    assert refused.value.field == "co_host_email_2"
    with pytest.raises(DomainError) as wrong:
        begin_proposal(forum, texts(), [NamedCoHost("Clearwash", "no address")], actor=proposer, now=MADE_AT)
    assert wrong.value.field == "co_host_email_1"


def test_it_is_not_agreed_before_every_co_host_has_answered(
    forum: Forum, proposer: Account, organiser: Account
) -> None:
    proposal = sent(forum, proposer, CO_HOSTS)
    with pytest.raises(ProposalRefused, match="Bukit Incubator"):
        agree_to_proposal(proposal, PLACE, links=LINKS, actor=organiser, now=MADE_AT)
    answer_as_co_host(proposal.co_hosts[0], confirms=False, actor=None, now=MADE_AT)
    side_event = agree_to_proposal(proposal, PLACE, links=LINKS, actor=organiser, now=MADE_AT)
    assert (proposal.state, side_event.organised_by) == (ProposalState.AGREED, "Peru")
    with pytest.raises(ProposalRefused):
        answer_as_co_host(proposal.co_hosts[0], confirms=True, actor=None, now=MADE_AT)


def test_a_co_host_is_reminded_once_in_twelve_hours(forum: Forum, proposer: Account) -> None:
    proposal = sent(forum, proposer, CO_HOSTS)
    with pytest.raises(ProposalRefused):
        remind_co_host(proposal.co_hosts[0], links=LINKS, actor=proposer, now=MADE_AT + timedelta(hours=11))
    remind_co_host(proposal.co_hosts[0], links=LINKS, actor=proposer, now=MADE_AT + timedelta(hours=12))
    assert len(mails("proposal_co_host")) == 2


def test_agreement_makes_a_hidden_side_event_with_places(forum: Forum, proposer: Account, organiser: Account) -> None:
    proposal = sent(forum, proposer, CO_HOSTS)
    answer_as_co_host(proposal.co_hosts[0], confirms=True, actor=None, now=MADE_AT)
    side_event = agree_to_proposal(proposal, PLACE, links=LINKS, actor=organiser, now=MADE_AT)
    assert (side_event.published, side_event.pool.capacity, side_event.room_name) == (False, 12, "Hall 2")
    assert side_event.organised_by == "Peru, Bukit Incubator"
    assert side_event.speakers == "Rosa Huamán, founder, Peru"
    publish_proposal(proposal, actor=organiser, now=MADE_AT)
    assert (proposal.state, side_event.published) == (ProposalState.PUBLISHED, True)
    assert (mails("proposal_agreed"), mails("proposal_published")) == ([proposer.email], [proposer.email])


def test_agreeing_to_a_time_outside_the_forum_changes_nothing(
    forum: Forum, proposer: Account, organiser: Account
) -> None:
    proposal = sent(forum, proposer)
    late = replace(PLACE, starts_at=PLACE.starts_at + timedelta(days=9), ends_at=PLACE.ends_at + timedelta(days=9))
    with pytest.raises(SideEventRefused):
        agree_to_proposal(proposal, late, links=LINKS, actor=organiser, now=MADE_AT)
    db.session.rollback()
    assert (proposal.state, db.session.scalar(select(SideEvent.id))) == (ProposalState.PROPOSED, None)


def test_showing_the_side_event_by_its_own_form_publishes_the_proposal(
    forum: Forum, proposer: Account, organiser: Account
) -> None:
    proposal = sent(forum, proposer)
    side_event = agree_to_proposal(proposal, PLACE, links=LINKS, actor=organiser, now=MADE_AT)
    details = SideEventDetails(
        title=side_event.title,
        topic=side_event.topic,
        description=side_event.description,
        host_name="",
        host_economy_code="PE",
        room_name="Hall 3",
        starts_at=side_event.starts_at,
        ends_at=side_event.ends_at,
        published=True,
    )
    edit_side_event(side_event, details, capacity=12, actor=organiser, now=MADE_AT)
    edit_side_event(side_event, details, capacity=13, actor=organiser, now=MADE_AT + timedelta(hours=1))
    assert (proposal.state, len(mails("proposal_published"))) == (ProposalState.PUBLISHED, 1)
    with pytest.raises(SideEventRefused, match="proposed and agreed"):
        delete_side_event(side_event, actor=organiser, now=MADE_AT)


def test_a_proposer_withdraws_until_it_is_agreed(forum: Forum, proposer: Account, organiser: Account) -> None:
    first, second = sent(forum, proposer), sent(forum, proposer)
    withdraw_proposal(first, actor=proposer, now=MADE_AT)
    agree_to_proposal(second, PLACE, links=LINKS, actor=organiser, now=MADE_AT)
    with pytest.raises(TransitionRefused):
        withdraw_proposal(second, actor=proposer, now=MADE_AT)
    assert (first.state, second.state) == (ProposalState.WITHDRAWN, ProposalState.AGREED)


def test_only_a_draft_is_deleted(forum: Forum, proposer: Account) -> None:
    draft, proposal = make_proposal(forum, proposer, co_hosts=CO_HOSTS), sent(forum, proposer)
    delete_draft(draft)
    with pytest.raises(ProposalRefused):
        delete_draft(proposal)
    assert list(db.session.scalars(select(SideEventProposal.id))) == [proposal.id]


def test_what_a_person_proposed_is_exported_and_let_go(forum: Forum, proposer: Account) -> None:
    proposal = sent(forum, proposer, CO_HOSTS)
    make_proposal(forum, proposer, "Only a draft", co_hosts=CO_HOSTS)
    told = export_forum(proposer)
    assert [each["title"] for each in told["proposed_side_events"]] == ["A tender on the table", "Only a draft"]
    erase_forum(proposer, MADE_AT)
    db.session.commit()
    db.session.expire_all()
    kept = db.session.scalars(select(SideEventProposal)).one()
    assert (kept.id, kept.title) == (proposal.id, "A tender on the table")
    assert (kept.contact_name, kept.contact_email, kept.speakers) == ("Erased person", "", "")


def test_a_co_host_is_told_and_let_go_by_address(forum: Forum, proposer: Account) -> None:
    proposal = sent(forum, proposer, CO_HOSTS)
    person = make_account("bukit@incubator.example")
    assert export_forum(person)["co_host_of"] == [
        {"side_event": proposal.title, "named_as": "Bukit Incubator", "confirmed": False}
    ]
    erase_forum(person, MADE_AT)
    assert (proposal.co_hosts[0].email, proposal.co_hosts[0].name) == ("", "Bukit Incubator")
