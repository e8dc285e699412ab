"""Speakers of an accepted session say whether they come, by the link of a mail or signed in with its address."""

from datetime import datetime

from flask_babel import gettext as _

from gtn_events.accounts.domain.signed_links import LinkPurpose, LinkSigner
from gtn_events.accounts.errors import LinkRefused
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ...enums import SpeakerRole
from ...errors import SessionProposalRefused
from ...models import ForumSession, ProposedSpeaker, SessionProposal
from ...notifications_sessions import ask_speaker
from ..programme_sessions import place_speaker, withdraw_speaker
from .claiming import claim_speakers
from .placing import speaker_in_programme
from .state_change import lock_session_proposal


def ask_speakers(proposal: SessionProposal, *, links: LinkSigner, now: datetime) -> None:
    """Mail every speaker but the proposer, who is asked on the own page. Flushes."""
    for each in proposal.speakers:
        if each.email_key == proposal.account.email_key:
            continue
        values = {"speaker": each.id, "email": each.email_key}
        ask_speaker(each, links.make(LinkPurpose.SPEAKER, values, now=now), now=now)


def speaker_of_link(speaker_id: int, email_key: str) -> ProposedSpeaker:
    """Return the speaker that a link was made for.

    Args:
        email_key: whom the link was mailed to: the number of one who was taken out can come to another.

    Raises:
        LinkRefused: nobody is named with this address any more.
    """
    found = db.session.get(ProposedSpeaker, speaker_id)
    if found is None or found.email_key != email_key:
        raise LinkRefused(_("You are no longer named as a speaker of this session. Ask its proposer."))
    return found


def answer_as_speaker(named: ProposedSpeaker, *, comes: bool, actor: Account | None, now: datetime) -> None:
    """Say whether a speaker comes; the answer can be changed while the session is in the programme.

    Who does not come is taken out of the session; who comes after all is put into it again.

    Args:
        actor: who is signed in; None when the link alone was used.

    Raises:
        SessionProposalRefused: the session is not accepted, or withdrawn again.

    Flushes; the caller commits.
    """
    lock_session_proposal(named.proposal)
    db.session.refresh(named)
    proposal = named.proposal
    if not proposal.state.is_in_programme:
        raise SessionProposalRefused(_("This session is not in the programme, so there is nothing to answer now."))
    before = _answer_of(named)
    named.confirmed_at, named.declined_at = (now, None) if comes else (None, now)
    db.session.flush()
    changes = {named.name: (before, _answer_of(named))}
    record("speaker answered", proposal, actor=actor, now=now, scope=proposal.scope, changes=changes)
    if proposal.session is not None:
        _follow(named, proposal.session, actor=actor, now=now)
    if comes and actor is not None and actor.email_key == named.email_key and actor.email_confirmed_at is not None:
        claim_speakers(actor, now)


def _follow(named: ProposedSpeaker, session: ForumSession, *, actor: Account | None, now: datetime) -> None:
    forum = named.proposal.call.forum
    links = [each for each in session.speaker_links if each.speaker_id == named.speaker_id]
    if named.declined_at is not None:
        for link in links:
            withdraw_speaker(forum, session, link, actor=actor, now=now)
    elif not links:
        speaker = speaker_in_programme(named, actor=actor, now=now)
        if all(each.speaker_id != speaker.id for each in session.speaker_links):
            place_speaker(forum, session, speaker, role=SpeakerRole.SPEAKER, actor=actor, now=now)


def _answer_of(named: ProposedSpeaker) -> str | None:
    if named.confirmed_at is not None:
        return "comes"
    return "does not come" if named.declined_at is not None else None
