"""What certificates of speakers, organisers and volunteers say, and who is due one."""

import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

from flask_babel import force_locale, gettext, ngettext

from gtn_events.certificates.domain import LANGUAGE, IssueRequest
from gtn_events.certificates.enums import CertificateKind
from gtn_events.certificates.facts import ParticipationFacts, Signatory
from gtn_events.core.db import db

from .models import Forum, Speaker
from .queries.makers import Maker, makers_of
from .words import days_in_words

SOURCE = "forum.makers"
PREFIXES = {CertificateKind.SPEAKER: "S", CertificateKind.ORGANISER: "O", CertificateKind.VOLUNTEER: "V"}
MOST_SESSIONS = 2
LONGEST_TITLE = 90


def makers_due(params: dict[str, Any]) -> Iterator[IssueRequest]:  # Any: a job's parameters
    """Yield what the chosen speakers, organisers and volunteers are due, or all of them: a batch source."""
    forum = db.session.get_one(Forum, params["forum_id"])
    issued_on, chosen = date.fromisoformat(params["issued_on"]), set(params["chosen"])
    for maker in makers_of(forum):
        if not chosen or maker.key in chosen:
            yield maker_request(maker, forum, issued_on=issued_on)


def maker_request(maker: Maker, forum: Forum, *, issued_on: date) -> IssueRequest:
    """Return the certificate that one of them is due.

    Args:
        issued_on: the day that is printed, a day at the venue.
    """
    return IssueRequest(
        kind=maker.kind,
        series_prefix=f"{PREFIXES[maker.kind]}{forum.starts_on:%y}",
        subject_type=maker.subject_type,
        subject_id=maker.subject_id,
        scope=forum.scope,
        holder_account_id=maker.account_id,
        facts=_facts(maker, forum, issued_on),
    )


def _facts(maker: Maker, forum: Forum, issued_on: date) -> ParticipationFacts:
    person, economy = maker.person, maker.person.economy
    given_name, family_name = _names(person) if isinstance(person, Speaker) else (person.given_name, person.family_name)
    signatory = Signatory(name=forum.contact_name, role=f"For the organisers of {forum.title}")
    with force_locale(LANGUAGE):
        return ParticipationFacts(
            given_name=given_name,
            family_name=family_name,
            own_script_name=person.own_script_name,
            own_script_language=person.own_script_language,
            economy_rank=economy.rank if economy else None,
            economy_name=economy.short_name if economy else "",
            economy_in_sentence=economy.in_sentence if economy else "",
            forum_title=forum.title,
            city=forum.city,
            host_economy_name=forum.host_economy.short_name,
            dates=days_in_words(forum.starts_on, forum.ends_on),
            first_day=forum.starts_on,
            last_day=forum.ends_on,
            role=_in_words([each.label[0].lower() + each.label[1:] for each in maker.roles]),
            rule_met=_sessions(maker.sessions),
            signatories=(signatory,) if forum.contact_name else (),
            issued_on=issued_on,
        )


def _names(speaker: Speaker) -> tuple[str, str]:
    """Return the given name and the family name of a speaker; all is given where nobody said which is which."""
    family = speaker.family_name
    if not family or not speaker.name.casefold().endswith(family.casefold()):
        return speaker.name, ""
    return speaker.name[: -len(family)].strip(), family


def _in_words(labels: list[str]) -> str:
    """Return ``moderator``, ``moderator and speaker``, ``chair, moderator and speaker``."""
    if len(labels) < 2:
        return "".join(labels)
    return gettext("%(some)s and %(last)s", some=", ".join(labels[:-1]), last=labels[-1])


def _sessions(titles: tuple[str, ...]) -> tuple[str, ...]:
    """Return lines on the sessions: their titles, or how many more there were."""
    told = tuple(f"“{_shortened(title)}”" for title in titles[:MOST_SESSIONS])
    more = len(titles) - len(told)
    return (*told, ngettext("and %(num)d more session", "and %(num)d more sessions", more)) if more else told


def _shortened(title: str) -> str:
    if len(title) <= LONGEST_TITLE:
        return title
    end = LONGEST_TITLE
    while unicodedata.category(title[end]).startswith("M"):
        end -= 1  # a mark stands on the sign before it
    words = title[:end].rpartition(" ")[0]
    # Thai and Chinese have no spaces between words: there the title ends between two signs.
    return (words if len(words) > LONGEST_TITLE // 2 else title[:end]).rstrip(",;:–-") + " …"
