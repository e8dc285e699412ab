"""The set a mail goes to: the list's filters and more, who is left out, and who stands for it in a preview."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, String, cast, exists, func, or_, select
from sqlalchemy.orm import joinedload
from werkzeug.datastructures import MultiDict

from gtn_events.accounts.enums import Gender
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.listing import Listing
from gtn_events.core.text import day as words_of_day
from gtn_events.questionnaire.enums import QuestionKind, VersionState
from gtn_events.questionnaire.models import Answer, Question, QuestionnaireVersion

from ..conference_day import DAY_CHANGE
from ..enums import BookingState, RegistrationState
from ..models import CheckIn, Checkpoint, Forum, Mailing, MailingRecipient, Registration, SideEvent, SideEventBooking
from .registrations import SORTS, ListNames, list_names, narrowed

ACTIVE_BOOKINGS = [state for state in BookingState if state.is_active]


@dataclass(frozen=True)
class AudienceChoices:
    """What the set can be narrowed by beyond the list: days, side events, and languages where they are asked for."""

    names: ListNames
    days: dict[str, str]
    side_events: dict[str, str]
    language_key: str
    languages: dict[str, str]


@dataclass(frozen=True)
class Count:
    """How many get the mail, and how many are left out and why."""

    people: int
    erased: int
    without_consent: int


def audience_choices(forum: Forum) -> AudienceChoices:
    """Return what the set of a forum can be narrowed by, in words."""
    count = (forum.ends_on - forum.starts_on).days + 1
    days = {str(n + 1): words_of_day(forum.starts_on + timedelta(days=n)) for n in range(count)}
    events = select(SideEvent).where(SideEvent.forum_id == forum.id).order_by(SideEvent.starts_at, SideEvent.id)
    question = db.session.scalar(_language_question(forum))
    return AudienceChoices(
        names=list_names(forum),
        days={n: _("Day %(number)s, %(day)s", number=n, day=words) for n, words in days.items()},
        side_events={str(each.id): each.title for each in db.session.scalars(events)},
        language_key=question.key if question else "",
        languages={each["value"]: each["label"] for each in question.options} if question else {},
    )


def read_audience(path: str, args: "MultiDict[str, str]", choices: AudienceChoices) -> Listing:
    """Return the set that an address asks for; what is unknown counts as not given."""
    return Listing.read(
        path,
        args,
        sorts=SORTS,
        default_sort="name",
        filters={
            "state": [state.value for state in RegistrationState],
            "category": [str(each) for each in choices.names.categories],
            "economy": [code for code, _name in choices.names.represented],
            "gender": [each.value for each in Gender],
            "day": list(choices.days),
            "side_event": list(choices.side_events),
            "language": list(choices.languages),
        },
    )


def words_of_audience(listing: Listing, choices: AudienceChoices) -> str:
    """Return the set in words, as the record keeps it."""
    words = [f"“{listing.search}”"] if listing.search else []
    words += [RegistrationState(each).label for each in listing.chosen("state")]
    words += [choices.names.categories[int(each)] for each in listing.chosen("category")]
    words += [name for code, name in choices.names.represented if code in listing.chosen("economy")]
    words += [Gender(each).label for each in listing.chosen("gender")]
    words += [_("came to %(day)s", day=choices.days[each]) for each in listing.chosen("day")]
    words += [choices.side_events[each] for each in listing.chosen("side_event")]
    words += [_("speaks %(language)s", language=choices.languages[each]) for each in listing.chosen("language")]
    return "; ".join(words) or _("Everybody who registered")


def audience_ids(forum: Forum, listing: Listing, choices: AudienceChoices) -> Select[int]:
    """Select the registrations that get the mail: of a person with several, the newest alone."""
    newest = func.max(Registration.id)
    return (
        select(newest)
        .where(*_conditions(forum, listing, choices), *_reachable())
        .group_by(Registration.account_id)
        .order_by(newest)
    )


def count_of(forum: Forum, listing: Listing, choices: AudienceChoices) -> Count:
    """Return how many people get the mail, and how many do not and why."""
    matching = _conditions(forum, listing, choices)
    people = func.count(Registration.account_id.distinct())
    erased = or_(Registration.email == "", Registration.account_id.in_(_erased()))
    silent = select(people).where(*matching, ~erased, Registration.consented_at.is_(None))
    reached = select(func.count()).select_from(audience_ids(forum, listing, choices).order_by(None).subquery())
    return Count(
        people=db.session.scalar(reached) or 0,
        erased=db.session.scalar(select(people).where(*matching, erased)) or 0,
        without_consent=db.session.scalar(silent) or 0,
    )


def three_of(ids: Select[int]) -> list[Registration]:
    """Return up to three real recipients: the first by name, the longest name, one with a name in another script."""
    among = Registration.id.in_(ids.order_by(None))
    length = func.length(Registration.given_name) + func.length(Registration.family_name)
    orders: Sequence[tuple[ColumnElement[bool] | None, ColumnElement[int] | None]] = (
        (None, None),
        (None, length.desc()),
        (Registration.own_script_name != "", None),
        (None, None),
        (None, None),
    )
    found: list[Registration] = []
    for only, first in orders:
        statement = select(Registration).where(among, Registration.id.not_in([each.id for each in found]))
        statement = statement.where(only) if only is not None else statement
        by_name = (Registration.sort_name, Registration.id)
        statement = statement.order_by(*((first,) if first is not None else ()), *by_name)
        one = db.session.scalar(statement.options(joinedload(Registration.account)).limit(1))
        if one is not None and len(found) < 3:  # as many as a page can be read with care
            found.append(one)
    return found


def mailings_of(forum: Forum) -> Select[Mailing]:
    """Select the mailings of a forum, the newest first."""
    return select(Mailing).where(Mailing.forum_id == forum.id).order_by(Mailing.id.desc())


def mailing_of(forum: Forum, mailing_id: int) -> Select[Mailing]:
    """Select one mailing of a forum."""
    return mailings_of(forum).where(Mailing.id == mailing_id)


def written_of(mailing: Mailing) -> int:
    """Return to how many of the set a mail is written."""
    written = select(func.count()).where(
        MailingRecipient.mailing_id == mailing.id, MailingRecipient.mail_id.is_not(None)
    )
    return db.session.scalar(written) or 0


def recipients_of(mailing: Mailing) -> Select[MailingRecipient]:
    """Select the frozen set with registrations and mails."""
    return (
        select(MailingRecipient)
        .join(MailingRecipient.registration)
        .where(MailingRecipient.mailing_id == mailing.id)
        .options(
            joinedload(MailingRecipient.registration).joinedload(Registration.account),
            joinedload(MailingRecipient.mail),
        )
    )


def _conditions(forum: Forum, listing: Listing, choices: AudienceChoices) -> list[ColumnElement[bool]]:
    conditions = narrowed(forum, listing)
    if days := listing.chosen("day"):
        conditions.append(or_(*(_came_on(forum, int(each)) for each in days)))
    if events := listing.chosen("side_event"):
        booked = exists().where(
            SideEventBooking.registration_id == Registration.id,
            SideEventBooking.side_event_id.in_([int(each) for each in events]),
            SideEventBooking.state.in_(ACTIVE_BOOKINGS),
        )
        conditions.append(booked)
    if languages := listing.chosen("language"):
        # A JSON string within its quotes: alone, or one of a list; the same text on both databases.
        text = cast(Answer.value, String)
        spoken = or_(*(text.contains(json.dumps(each), autoescape=True) for each in languages))
        answered = exists().where(
            Answer.answer_set_id == Registration.answer_set_id, Answer.key == choices.language_key, spoken
        )
        conditions.append(answered)
    return conditions


def _came_on(forum: Forum, number: int) -> ColumnElement[bool]:
    """Return the condition of a check-in on the forum's n-th day, which lasts from 04:00 to 04:00 at the venue."""
    first = datetime.combine(forum.starts_on + timedelta(days=number - 1), time(), tzinfo=forum.zone) + DAY_CHANGE
    return exists().where(
        CheckIn.registration_id == Registration.id,
        CheckIn.checkpoint_id.in_(select(Checkpoint.id).where(Checkpoint.forum_id == forum.id)),
        CheckIn.undone_at.is_(None),
        CheckIn.at >= first.astimezone(UTC),
        CheckIn.at < (first + timedelta(days=1)).astimezone(UTC),
    )


def _reachable() -> list[ColumnElement[bool]]:
    return [
        Registration.email != "",
        Registration.consented_at.is_not(None),
        Registration.account_id.not_in(_erased()),
    ]


def _erased() -> Select[int]:
    return select(Account.id).where(Account.erased_at.is_not(None))


def _language_question(forum: Forum) -> Select[Question]:
    """Select the question of the newest published version that asks which languages somebody speaks."""
    return (
        select(Question)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Question.version_id)
        .where(
            QuestionnaireVersion.questionnaire_id == forum.questionnaire_id,
            QuestionnaireVersion.state == VersionState.PUBLISHED,
            Question.kind.in_([QuestionKind.ONE_OF, QuestionKind.SEVERAL_OF]),
            Question.sensitive.is_(False),
            Question.key.contains("language"),
        )
        .order_by(QuestionnaireVersion.number.desc(), Question.position)
        .limit(1)
    )
