"""Certificates for tests: facts and requests without randomness."""

from dataclasses import replace
from datetime import date
from typing import Any

from gtn_events.certificates.domain import IssueRequest
from gtn_events.certificates.enums import CertificateKind
from gtn_events.certificates.facts import ParticipationFacts, Signatory
from gtn_events.certificates.models import Certificate
from gtn_events.core.permissions import Scope
from tests.names import Name

KEY = "a key for tests only"
FORUM = Scope("forum", 7)
FACTS = ParticipationFacts(
    given_name="Siriporn",
    family_name="Wattanakul",
    own_script_name="สิริพร วัฒนากุล",
    own_script_language="th",
    economy_rank=19,
    economy_name="Thailand",
    economy_in_sentence="Thailand",
    forum_title="GTN Forum 2013",
    city="Jakarta",
    host_economy_name="Indonesia",
    dates="5 and 6 June 2013",
    role="head of the delegation",
    rule_met=("Present on both days.",),
    signatories=(
        Signatory(name="Trần Minh Hà", role="Host organiser"),
        Signatory(name="Lucía Rojas", role="Coordinator"),
    ),
    issued_on=date(2013, 6, 7),
)
SERIAL = "P13-000412-7KXQM2"
URL = f"https://gtn.example/verify/{SERIAL}"
KINDS: dict[CertificateKind, dict[str, Any]] = {
    CertificateKind.PARTICIPATION: {},
    CertificateKind.JUDGE: {"role": "12 entries"},
    CertificateKind.PLACEMENT: {
        "role": "Incubadora Norte",
        "entry_title": "Cold store without diesel, for harbours",
        "organisation": "Andina Cold Store",
        "dates": "5 June 2013 to 6 September 2013",
    },
    CertificateKind.AWARD: {"prize": "Best green SME", "entry_title": "冷藏 without diesel", "organisation": "Andina"},
    CertificateKind.FINALIST: {"prize": "Finalist", "entry_title": "Cold store", "organisation": "Andina Cold Store"},
    CertificateKind.SPEAKER: {
        "role": "moderator and speaker",
        "rule_met": ("“Cold chains off the grid”", "“Buying green: what a town may ask for”", "and 2 more sessions"),
    },
    CertificateKind.ORGANISER: {"role": "", "rule_met": (), "economy_rank": None, "economy_name": ""},
    CertificateKind.VOLUNTEER: {"role": "", "rule_met": ()},
}


def issue_request(subject_id: int = 1, *, holder_account_id: int | None = None, **facts: Any) -> IssueRequest:
    """A request for one registration of forum 7; ``facts`` replace fields of the example."""
    return IssueRequest(
        series_prefix="P13",
        subject_type="forum_registration",
        subject_id=subject_id,
        scope=FORUM,
        holder_account_id=holder_account_id,
        facts=replace(FACTS, **facts),
    )


def example_certificate(kind: CertificateKind, name: Name) -> Certificate:
    """An unsaved certificate of that kind for a person of that name."""
    own = {
        "given_name": name.given,
        "family_name": name.family,
        "own_script_name": name.own_script,
        "own_script_language": name.language,
        **KINDS[kind],
    }
    facts = issue_request(1, **own).facts
    return Certificate(serial=SERIAL, kind=kind, template=kind.template, facts=facts.as_dict())
