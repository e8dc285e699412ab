"""What a certificate of participation says about a delegate, and who is due one."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from gtn_events.certificates.domain import IssueRequest
from gtn_events.certificates.facts import ParticipationFacts, Signatory
from gtn_events.core.db import db

from .domain.attendance import rule_in_words
from .models import Forum, Registration
from .queries.attendance import SUBJECT, attended_registrations
from .words import days_in_words

SOURCE = "forum.participation"


def certificate_request(registration: Registration, *, issued_on: date, rule_met: str = "") -> IssueRequest:
    """Return the certificate of participation that a delegate who attended is due.

    Args:
        issued_on: the day that is printed, a day at the venue.
        rule_met: the rule in words, when the caller has read it for many; empty reads it.
    """
    forum = registration.forum
    return IssueRequest(
        series_prefix=f"P{forum.starts_on:%y}",
        subject_type=SUBJECT,
        subject_id=registration.id,
        scope=forum.scope,
        holder_account_id=registration.account_id,
        facts=_facts(registration, forum, issued_on, rule_met or rule_in_words(forum)),
    )


def participation_due(params: dict[str, Any]) -> Iterator[IssueRequest]:  # Any: a job's parameters
    """Yield what everybody who attended a forum is due: the batch source of this package."""
    forum = db.session.get_one(Forum, params["forum_id"])
    issued_on = date.fromisoformat(params["issued_on"])
    rule_met = rule_in_words(forum)
    for registration in attended_registrations(forum):
        yield certificate_request(registration, issued_on=issued_on, rule_met=rule_met)


def _facts(registration: Registration, forum: Forum, issued_on: date, rule_met: str) -> ParticipationFacts:
    economy = registration.economy
    signatory = Signatory(name=forum.contact_name, role=f"For the organisers of {forum.title}")
    return ParticipationFacts(
        given_name=registration.given_name,
        family_name=registration.family_name,
        own_script_name=registration.own_script_name,
        own_script_language=registration.own_script_language,
        economy_rank=economy.rank if economy else None,
        economy_name=registration.representation,
        economy_in_sentence=economy.in_sentence if economy else registration.delegation_class.label,
        forum_title=forum.title,
        city=forum.city,
        host_economy_name=forum.host_economy.short_name,
        dates=days_in_words(forum.starts_on, forum.ends_on),
        first_day=forum.starts_on,
        last_day=forum.ends_on,
        role=with_article(registration.category.label),
        rule_met=(rule_met,),
        signatories=(signatory,) if forum.contact_name else (),
        issued_on=issued_on,
    )


def with_article(label: str) -> str:
    """Return a category as it follows "as": ``a delegate``, ``an observer``, ``an SME exhibitor``."""
    first = label.split(maxsplit=1)[0]
    spelt = len(first) > 1 and first.isupper()
    vowel = first[0] in "AEFHILMNORSX" if spelt else first[0].upper() in "AEIOU"
    word = label if spelt else label[0].lower() + label[1:]
    return f"{'an' if vowel else 'a'} {word}"
