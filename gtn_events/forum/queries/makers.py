"""Who made a forum what it was: its speakers, organisers and volunteers, with the certificates they hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, RoleGrant
from gtn_events.certificates.enums import CertificateKind
from gtn_events.certificates.models import Certificate
from gtn_events.core.db import db

from ..enums import SessionKind, SpeakerRole
from ..models import Forum, ForumSession, SessionSpeaker, Slot, Speaker

SPEAKERS, TEAM = Speaker.__tablename__, RoleGrant.__tablename__
KINDS = (CertificateKind.SPEAKER, CertificateKind.ORGANISER, CertificateKind.VOLUNTEER)
# Whoever organises is no volunteer beside it.
_TEAM = {
    Role.ORGANISER: CertificateKind.ORGANISER,
    Role.HELPER: CertificateKind.VOLUNTEER,
    Role.CHECK_IN_STAFF: CertificateKind.VOLUNTEER,
}


@dataclass(frozen=True)
class Maker:
    """One person and what they did; ``person`` has the names, ``certificate`` is the one that stands."""

    kind: CertificateKind
    subject_type: str
    subject_id: int
    person: Speaker | Account
    roles: tuple[SpeakerRole, ...] = ()
    sessions: tuple[str, ...] = ()
    certificate: Certificate | None = None

    @property
    def key(self) -> str:
        """What a form names this person by."""
        return f"{self.kind.value}-{self.subject_id}"

    @property
    def account_id(self) -> int | None:
        """The account that finds the certificate among its own."""
        return self.person.id if isinstance(self.person, Account) else self.person.account_id


def makers_of(forum: Forum) -> list[Maker]:
    """Return speakers, then organisers, then volunteers, each by name; nobody is twice among the last two."""
    team = sorted(_team(forum), key=lambda each: (KINDS.index(each.kind), each.person.sort_name))
    return [*_speakers(forum), *team]


def _speakers(forum: Forum) -> Iterable[Maker]:
    statement = (
        select(SessionSpeaker)
        .join(SessionSpeaker.session)
        .join(SessionSpeaker.speaker)
        .join(Slot, Slot.session_id == ForumSession.id)
        .where(ForumSession.forum_id == forum.id, ForumSession.kind != SessionKind.BREAK)
        .options(contains_eager(SessionSpeaker.session))
        .options(contains_eager(SessionSpeaker.speaker).joinedload(Speaker.economy))
        .order_by(Speaker.sort_name, Speaker.id, Slot.starts_at, SessionSpeaker.id)
    )
    held = {each.subject_id: each for each in _certificates(forum) if each.subject_type == SPEAKERS}
    for speaker, links in groupby(db.session.scalars(statement), key=lambda link: link.speaker):
        own = list(links)
        roles = tuple(dict.fromkeys(link.role for link in own))
        titles = tuple(dict.fromkeys(link.session.title for link in own))
        yield Maker(
            CertificateKind.SPEAKER, SPEAKERS, speaker.id, speaker, roles, titles, certificate=held.get(speaker.id)
        )


def _team(forum: Forum) -> Iterable[Maker]:
    statement = (
        select(RoleGrant)
        .join(RoleGrant.account)
        .where(
            RoleGrant.scope_kind == forum.scope.kind,
            RoleGrant.scope_id == forum.scope.id,
            RoleGrant.role.in_(_TEAM),
            RoleGrant.ended_at.is_(None),
            Account.erased_at.is_(None),
        )
        .options(contains_eager(RoleGrant.account).options(joinedload(Account.economy)))
        .order_by(RoleGrant.id)
    )
    held = {(each.kind, each.holder_account_id): each for each in _certificates(forum) if each.subject_type == TEAM}
    ranked = sorted(db.session.scalars(statement), key=lambda grant: list(_TEAM).index(grant.role))
    firsts = {grant.account_id: grant for grant in reversed(ranked)}
    for grant in ranked:
        if firsts[grant.account_id] is grant:
            kind = _TEAM[grant.role]
            certificate = held.get((kind, grant.account_id))
            # A role that was given anew is another row, and the certificate is still the same.
            subject_id = certificate.subject_id if certificate else grant.id
            yield Maker(kind, TEAM, subject_id, grant.account, certificate=certificate)


def _certificates(forum: Forum) -> list[Certificate]:
    statement = select(Certificate).where(
        Certificate.scope_kind == forum.scope.kind,
        Certificate.scope_id == forum.scope.id,
        Certificate.kind.in_(KINDS),
        Certificate.revoked_at.is_(None),
    )
    return list(db.session.scalars(statement))
