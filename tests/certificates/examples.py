"""Certificates for tests: facts and requests without randomness."""

from dataclasses import replace
from datetime import date
from typing import Any

from gtn_events.certificates.domain import IssueRequest
from gtn_events.certificates.facts import ParticipationFacts, Signatory
from gtn_events.core.permissions import Scope

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
