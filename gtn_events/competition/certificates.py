"""What certificates of winners, finalists and judges say, who is due one, and whose is taken back."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, exists, select

from gtn_events.accounts.models import Account
from gtn_events.certificates.domain import IssueRequest, revoke_certificate
from gtn_events.certificates.enums import CertificateKind
from gtn_events.certificates.facts import ParticipationFacts, Signatory
from gtn_events.certificates.models import Certificate
from gtn_events.core.db import db

from .models import Award, Competition, Entry, Judge
from .queries.awards import awards_of
from .queries.honours import Field, field_of, judged_by_own_economy, judges_with_work
from .queries.publication import finalists_of

SOURCE = "competition.honours"


def honours_due(params: dict[str, Any]) -> Iterator[IssueRequest]:  # Any: a job's parameters
    """Yield what winners, finalists and judges are due: the batch source of this package."""
    competition = db.session.get_one(Competition, params["competition_id"])
    issued_on, field = date.fromisoformat(params["issued_on"]), field_of(competition)
    winners = set()
    for award in awards_of(competition):
        if award.entry is not None:
            winners.add(award.entry_id)
            facts = _entry_facts(award.entry, field, prize=award.label, issued_on=issued_on)
            yield _request(CertificateKind.AWARD, "A", award, award.entry.account, facts)
    for entry in finalists_of(competition):
        if entry.id not in winners:
            facts = _entry_facts(entry, field, prize="Finalist", issued_on=issued_on)
            yield _request(CertificateKind.FINALIST, "F", entry, entry.account, facts)
    for judge, count in judges_with_work(competition):
        yield _request(
            CertificateKind.JUDGE, "J", judge, judge.account, _judge_facts(judge, count, issued_on=issued_on)
        )


def revoke_of_lost_prizes(competition: Competition, *, reason: str, actor: Account, now: datetime) -> None:
    """Take back the certificates of prizes that another entry holds now, or nobody; the others stay.

    Args:
        reason: kept with the certificate, not shown.

    Flushes; the caller commits.
    """
    holders = {award.id: award.entry for award in awards_of(competition)}
    for certificate in db.session.scalars(_of_prizes(competition).where(Certificate.revoked_at.is_(None))):
        entry = holders.get(certificate.subject_id)
        held = (certificate.holder_account_id, certificate.facts["entry_title"])
        if entry is None or held != (entry.account_id, entry.title):
            revoke_certificate(certificate, reason=reason, actor=actor, now=now)


def prizes_have_certificates(competition: Competition) -> bool:
    """Say whether certificates of prizes were issued, whether or not they were taken back since."""
    return bool(db.session.scalar(select(exists(_of_prizes(competition)))))


def _of_prizes(competition: Competition) -> Select[Certificate]:
    return select(Certificate).where(
        Certificate.kind == CertificateKind.AWARD,
        Certificate.scope_kind == competition.scope.kind,
        Certificate.scope_id == competition.scope.id,
        Certificate.subject_type == Award.__tablename__,
    )


def _request(
    kind: CertificateKind, letter: str, subject: Any, account: Account | None, facts: ParticipationFacts
) -> IssueRequest:  # Any: an award, an entry or a judge
    return IssueRequest(
        kind=kind,
        series_prefix=f"{letter}{facts.issued_on:%y}",
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        scope=subject.competition.scope,
        holder_account_id=account.id if account else None,
        facts=facts,
    )


def _entry_facts(entry: Entry, field: Field, *, prize: str, issued_on: date) -> ParticipationFacts:
    account, economy = entry.account, entry.economy
    return ParticipationFacts(
        given_name=account.given_name,
        family_name=account.family_name,
        own_script_name=account.own_script_name,
        own_script_language=account.own_script_language,
        economy_rank=economy.rank,
        economy_name=economy.short_name,
        economy_in_sentence=economy.in_sentence,
        prize=prize,
        entry_title=entry.title,
        organisation=entry.organisation_name,
        rule_met=_chosen_from(field, entry),
        **_of_competition(entry.competition, issued_on),
    )


def _judge_facts(judge: Judge, count: int, *, issued_on: date) -> ParticipationFacts:
    account, economy = judge.account, judge.economy
    return ParticipationFacts(
        given_name=account.given_name if account else judge.name,
        family_name=account.family_name if account else "",
        own_script_name=account.own_script_name if account else "",
        own_script_language=account.own_script_language if account else "",
        economy_rank=economy.rank if economy else None,
        economy_name=economy.short_name if economy else "",
        economy_in_sentence=economy.in_sentence if economy else "",
        organisation=judge.organisation_name,
        role="1 entry" if count == 1 else f"{count} entries",
        **_of_competition(judge.competition, issued_on),
    )


def _of_competition(competition: Competition, issued_on: date) -> dict[str, Any]:
    signatory = Signatory(name=competition.contact_name, role=f"For the organisers of {competition.title}")
    at = competition.results_published_at
    published = at.astimezone(competition.zone).date() if at else issued_on
    return {
        "forum_title": competition.title,
        "city": competition.city,
        "host_economy_name": competition.host_economy.short_name,
        "dates": f"{published.day} {published:%B %Y}",
        "first_day": published,
        "last_day": published,
        "signatories": (signatory,) if competition.contact_name else (),
        "issued_on": issued_on,
    }


def _chosen_from(field: Field, entry: Entry) -> tuple[str, ...]:
    rounds = "one round" if field.rounds == 1 else f"{field.rounds} rounds"
    economies = "1 economy" if field.economies == 1 else f"{field.economies} economies"
    judges = "1 judge" if field.judges == 1 else f"{field.judges} judges"
    # Judges of the entrant's economy may well have read other entries: only who read this one is spoken of.
    whose = "." if judged_by_own_economy(entry) else "; none of the entrant’s economy judged it."
    return (f"Chosen from {field.entries} entries of {economies}, in {rounds},", f"by {judges}{whose}")
