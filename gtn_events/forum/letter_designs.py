"""Letters as kinds of documents that organisers design."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import ECONOMIES
from gtn_events.core.permissions import Scope
from gtn_events.core.venue_time import day_at_venue
from gtn_events.designs.kinds import DesignedKind
from gtn_events.designs.owners import DesignOwner
from gtn_events.designs.people import PeopleExamples
from gtn_events.designs.sample_names import SampleName
from gtn_events.designs.values import Design

from .documents_letters import letter_pdf
from .domain.letter_texts import refuse_promises
from .domain.letter_wording import FAMILY, STANDARD, LetterContent, content_of, field_values, fields_of, worded
from .domain.passports import PassportData
from .enums import LetterKind, PassportKind
from .models import Forum, Letter, Registration
from .queries.letters import people_for_letters

PASSPORT = PassportData(
    full_name="EXAMPLE ONLY",
    number="X0000000",
    kind=PassportKind.ORDINARY,
    nationality="As in the passport",
    issued_on=date(2024, 3, 1),
    expires_on=date(2034, 2, 28),
    born_on=date(1980, 5, 17),
    birth_place="",
    sex="X",
    consulate="Embassy or consulate of the host",
    entry_on=date(2027, 6, 2),
    exit_on=date(2027, 6, 5),
    pays="The organisation named above",
)
"""A passport of nobody: previews never open one that was sent."""

_INVENTED = LetterContent(
    name="",
    position="Head of engineering",
    organisation="Thảo Nguyên Materials",
    economy="",
    economy_in_sentence="",
    role="Delegate",
    funding="own",
    forum_title="GTN Forum 2027",
    first_day=date(2027, 6, 3),
    last_day=date(2027, 6, 4),
    venue="Ariyana Centre",
    city="Da Nang",
    host_economy="Viet Nam",
    contact_name="Trần Minh Hà",
    contact_email="forum@gtn.example",
    issued_on=date(2027, 4, 1),
)


def letter_kinds() -> list[DesignedKind]:
    """Return both kinds of letters as ones that can be designed."""
    return [_designed(kind) for kind in LetterKind]


def _designed(kind: LetterKind) -> DesignedKind:
    return DesignedKind(
        key=kind.designed,
        label=kind.label,
        family=FAMILY,
        standard=STANDARD,
        needed=("heading", "text"),
        fields_of=partial(fields_of, kind),
        field_values=field_values,
        examples=PeopleExamples(partial(_due, kind), lambda content: content.name, partial(_named_after, kind)),
        draw=partial(_draw, kind),
        issued_by_version=partial(_issued_by_version, kind),
        check=refuse_promises,
        note=_of_visa if kind is LetterKind.VISA else str,
    )


def _of_visa() -> str:
    return _("Passport and journey are invented here: a preview opens none that was sent.")


def _due(kind: LetterKind, owner: DesignOwner) -> Iterator[LetterContent]:
    """Yield whoever is approved, by name; a visa letter with the passport of nobody."""
    forum = db.session.get_one(Forum, owner.scope.id)
    issued_on = day_at_venue(clock.now(), forum.time_zone)
    people = people_for_letters(forum).options(joinedload(Registration.category))
    for registration in db.session.scalars(people):
        yield content_of(registration, _passport(kind), issued_on=issued_on)


def _named_after(kind: LetterKind, content: LetterContent | None, sample: SampleName) -> LetterContent:
    economy = next(each for each in ECONOMIES if each.code == sample.economy)
    return replace(
        content or replace(_INVENTED, passport=_passport(kind)),
        name=f"{sample.given_name} {sample.family_name.upper()}",
        own_script_name=sample.own_script_name,
        own_script_language=sample.own_script_language,
        economy=economy.short_name,
        economy_in_sentence=economy.in_sentence,
    )


def _draw(kind: LetterKind, design: Design, content: LetterContent) -> bytes:
    return letter_pdf(worded(content, kind, design, reference=_("Preview")))


def _issued_by_version(kind: LetterKind, scope: Scope) -> dict[int | None, int]:
    statement = (
        select(Letter.design_id, func.count().label("letters"))
        .where(Letter.forum_id == scope.id, Letter.kind == kind)
        .group_by(Letter.design_id)
    )
    return {row.design_id: row.letters for row in db.session.execute(statement)}


def _passport(kind: LetterKind) -> PassportData | None:
    return PASSPORT if kind is LetterKind.VISA else None
