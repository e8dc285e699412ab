"""The certificate of a completed placement: for the person who applied, with firm, host and days."""

from datetime import date, datetime

from gtn_events.accounts.models import Account
from gtn_events.certificates.domain import IssueRequest, issue_certificate
from gtn_events.certificates.enums import CertificateKind
from gtn_events.certificates.facts import ParticipationFacts, Signatory
from gtn_events.certificates.models import Certificate
from gtn_events.certificates.queries import live_certificate

from ..enums import PlacementState
from ..errors import PlacementRefused
from ..models import Placement


def certificate_of(placement: Placement) -> Certificate | None:
    """Return the certificate of a placement that was issued and stands."""
    return live_certificate(CertificateKind.PLACEMENT, Placement.__tablename__, placement.id)


def issue_for(placement: Placement, *, secret_key: str, actor: Account, now: datetime) -> Certificate:
    """Give a completed placement its certificate: the one it has, or a new one.

    Raises:
        PlacementRefused: it is not completed.
        MissingGlyphs: a name has a character that cannot be printed.

    Flushes; the caller commits.
    """
    if placement.state is not PlacementState.COMPLETED:
        raise PlacementRefused("A certificate is issued when the placement is completed.")
    request = certificate_request(placement, issued_on=now.astimezone(placement.application.call.zone).date())
    certificate, _new = issue_certificate(request, secret_key=secret_key, actor=actor, now=now)
    return certificate


def certificate_request(placement: Placement, *, issued_on: date) -> IssueRequest:
    """Return the certificate that a placement is due once it is completed.

    Args:
        issued_on: the day that is printed, a day in the call's time zone.
    """
    return IssueRequest(
        kind=CertificateKind.PLACEMENT,
        series_prefix=f"C{issued_on:%y}",
        subject_type=Placement.__tablename__,
        subject_id=placement.id,
        scope=placement.scope,
        holder_account_id=placement.application.account_id,
        facts=_facts(placement, issued_on=issued_on),
    )


def _facts(placement: Placement, *, issued_on: date) -> ParticipationFacts:
    application, host, call = placement.application, placement.intake.host, placement.application.call
    account, economy = application.account, application.economy
    signatories = [Signatory(name=host.contact_name, role=f"For {host.name}")] if host.contact_name else []
    if call.contact_name:
        signatories.append(Signatory(name=call.contact_name, role=f"For the organisers of {call.title}"))
    first, last = placement.started_on or issued_on, placement.ended_on or issued_on
    return ParticipationFacts(
        given_name=account.given_name,
        family_name=account.family_name,
        own_script_name=account.own_script_name,
        own_script_language=account.own_script_language,
        economy_rank=economy.rank,
        economy_name=economy.short_name,
        economy_in_sentence=economy.in_sentence,
        forum_title=call.title,
        city=host.city,
        host_economy_name=host.economy.short_name,
        dates=span_of_days(first, last),
        first_day=first,
        last_day=last,
        role=host.name,
        entry_title=application.title,
        organisation=application.organisation_name,
        rule_met=(
            "Every milestone was signed off by the host or given up with a reason,",
            "and both sides have reported.",
        ),
        signatories=tuple(signatories),
        issued_on=issued_on,
    )


def span_of_days(first: date, last: date) -> str:
    """Return ``6 September to 5 December 2027``."""
    begins = f"{first.day} {first:%B}" if first.year == last.year else f"{first.day} {first:%B %Y}"
    return f"{begins} to {last.day} {last:%B %Y}"
