"""An accepted proposal in the working programme: one session without a time, with its speakers, and out again."""

from datetime import datetime

from sqlalchemy import exists, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from ...enums import SpeakerRole
from ...models import ForumSession, ProposedSpeaker, SessionProposal, SessionSpeaker, Speaker, TimeAway
from ...notifications_sessions import tell_off, tell_organisers_of_withdrawal
from ..programme_sessions import (
    SessionDetails,
    SpeakerDetails,
    add_session,
    add_speaker,
    place_speaker,
    remove_session,
)


def put_into_programme(proposal: SessionProposal, *, actor: Account, now: datetime) -> ForumSession:
    """Return the session of a locked proposal among those without a time; it is made once. Flushes."""
    if proposal.session is not None:
        return proposal.session
    forum = proposal.call.forum
    details = SessionDetails(
        title=proposal.title,
        abstract=proposal.abstract,
        language=proposal.languages[0] if proposal.languages else "",
        minutes=proposal.minutes,
    )
    session = add_session(forum, details, actor=actor, now=now)
    session.type_label = proposal.type_name
    proposal.session = session
    for each in proposal.speakers:
        speaker = speaker_in_programme(each, actor=actor, now=now)
        if all(link.speaker_id != speaker.id for link in session.speaker_links):
            place_speaker(forum, session, speaker, role=SpeakerRole.SPEAKER, actor=actor, now=now)
    db.session.flush()
    return session


def take_out_of_programme(proposal: SessionProposal, *, actor: Account, now: datetime) -> None:
    """Remove the session of a withdrawn proposal, tell organisers and speakers, let go who came with it. Flushes."""
    forum = proposal.call.forum
    session, proposal.session = proposal.session, None
    db.session.flush()
    if session is not None:
        remove_session(forum, session, actor=actor, now=now)
        tell_organisers_of_withdrawal(proposal, now=now)
    for each in proposal.speakers:
        if each.declined_at is None and each.email_key != proposal.account.email_key:
            tell_off(each, now=now)
        _let_go(each)
        each.confirmed_at = each.declined_at = None
    db.session.flush()


def speaker_in_programme(named: ProposedSpeaker, *, actor: Account | None, now: datetime) -> Speaker:
    """Return who a named speaker is in the programme: known by account or address, else added. Flushes."""
    forum = named.proposal.call.forum
    account = db.session.scalar(
        select(Account).where(Account.email_key == named.email_key, Account.email_confirmed_at.is_not(None))
    )
    speaker = _known(named, account)
    if speaker is None:
        details = SpeakerDetails(name=named.name, economy_code=named.economy_code, biography=named.biography)
        speaker = add_speaker(forum, details, actor=actor, now=now)
        speaker.account_id = account.id if account is not None else None
        named.made = True
    named.speaker = speaker
    db.session.flush()
    return speaker


def _known(named: ProposedSpeaker, account: Account | None) -> Speaker | None:
    """Return the speaker of the forum with this account, or whom an earlier proposal named by this address."""
    forum_id = named.proposal.call.forum_id
    if account is not None:
        by_account = select(Speaker).where(Speaker.forum_id == forum_id, Speaker.account_id == account.id)
        found = db.session.scalar(by_account.order_by(Speaker.id).limit(1))
        if found is not None:
            return found
    by_address = (
        select(Speaker)
        .join(ProposedSpeaker, ProposedSpeaker.speaker_id == Speaker.id)
        .where(Speaker.forum_id == forum_id, ProposedSpeaker.email_key == named.email_key)
    )
    return db.session.scalar(by_address.order_by(Speaker.id).limit(1))


def _let_go(named: ProposedSpeaker) -> None:
    """Take a speaker out of the programme who came with a call and appears in nothing else."""
    speaker, named.speaker = named.speaker, None
    if speaker is None:
        return
    others = select(ProposedSpeaker).where(ProposedSpeaker.speaker_id == speaker.id, ProposedSpeaker.id != named.id)
    came_with_us, named.made = named.made, False
    heir = db.session.scalar(others.order_by(ProposedSpeaker.id).limit(1))
    if heir is not None:
        heir.made = heir.made or came_with_us
        return
    appears = exists().where(SessionSpeaker.speaker_id == speaker.id)
    is_away = exists().where(TimeAway.speaker_id == speaker.id)
    if came_with_us and not db.session.scalar(select(appears | is_away)):
        db.session.delete(speaker)
        db.session.flush()
