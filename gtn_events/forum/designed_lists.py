"""The list of participants as a kind of document that organisers design."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import groupby

from flask_babel import gettext as _
from sqlalchemy import select

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import ECONOMIES, DelegationClass
from gtn_events.core.jobs import Job, JobState
from gtn_events.core.permissions import Scope
from gtn_events.designs.kinds import DesignedKind, Example
from gtn_events.designs.owners import DesignOwner
from gtn_events.designs.sample_names import LONG_NAME, SAMPLE_NAMES, SampleName
from gtn_events.designs.values import Design

from .documents_participants import list_pdf
from .enums import DelegationFunction
from .list_wording import FAMILY, FIELDS, PARTICIPANTS_LIST, STANDARD, list_values
from .listed import ListedGroup, ListedPerson, ListFacts, list_of
from .models import Forum
from .participants_job import PARTICIPANTS
from .queries.participants import Participant, first_listed, longest_listed

MOST_SHOWN = 60
REAL, LONGEST, SCRIPTS, EMPTY = "list", "longest", "scripts", "empty"
_RANKS = {each.code: (rank, each.short_name) for rank, each in enumerate(ECONOMIES, 1)}


def participants_list_kind() -> DesignedKind:
    """Return the list of participants as one that can be designed."""
    return DesignedKind(
        key=PARTICIPANTS_LIST,
        label="List of participants",
        family=FAMILY,
        standard=STANDARD,
        needed=("heading",),
        fields_of=lambda _key: FIELDS,
        field_values=list_values,
        examples=ListExamples(),
        draw=preview_list,
        issued_by_version=lists_by_version,
        unsigned=lambda: _("Without a name here nobody signs."),
        note=lambda: _("The preview shows the first page; “Open as PDF” shows all of them."),
    )


def preview_list(design: Design, facts: ListFacts) -> bytes:
    """Return how a list would look; it says "Preview" at its end."""
    return list_pdf(facts, design, version=None)


def lists_by_version(scope: Scope) -> Counter[int | None]:
    """Return how many lists were made with each version, by its id; None is the standard one."""
    statement = select(Job.params).where(
        Job.kind == PARTICIPANTS,
        Job.scope_kind == scope.kind,
        Job.scope_id == scope.id,
        Job.state == JobState.DONE,
    )
    return Counter(each.get("design_id") for each in db.session.scalars(statement) if each["output"] == "pdf")


class ListExamples:
    """What previews of a list show: the real one, the longest name on it, a name in each script, nobody.

    Of real people only those who agreed to be listed, with what the list itself says of them.
    """

    def every(self, owner: DesignOwner) -> list[Example]:
        """Return the real list, unless nobody is on it, then the others."""
        forum = db.session.get_one(Forum, owner.scope.id)
        longest, nobody = longest_listed(forum), _facts(forum, [])
        in_scripts = _example(SCRIPTS, _("A name in each script"), replace(nobody, groups=_groups_of(SAMPLE_NAMES)))
        empty = _example(EMPTY, _("An empty list"), nobody)
        if longest is None:
            invented = _example(LONGEST, LONG_NAME.label, replace(nobody, groups=_groups_of([LONG_NAME])))
            return [in_scripts, invented, empty]
        label = _("The list as it is, at most %(most)d people", most=MOST_SHOWN)
        real = _example(REAL, label, _facts(forum, first_listed(forum, MOST_SHOWN)))
        label = _("Longest name: %(name)s", name=longest.name)
        return [real, in_scripts, _example(LONGEST, label, _facts(forum, [longest])), empty]

    def one(self, owner: DesignOwner, key: str) -> Example:
        """Return the one of a key, the first one for a key that nobody has."""
        found = self.every(owner)
        return next((each for each in found if each.key == key), found[0])

    def invented(self) -> Example:
        """Return the names in each script on the list of an invented forum."""
        return _example(SCRIPTS, _("A name in each script"), replace(_INVENTED, groups=_groups_of(SAMPLE_NAMES)))


def _example(key: str, label: str, facts: ListFacts) -> Example:
    return Example(key=key, label=label, name=facts.forum_title, subject=facts)


def _facts(forum: Forum, people: Iterable[Participant]) -> ListFacts:
    return list_of(forum, people, now=clock.now(), only_attended=False)


def _groups_of(samples: Iterable[SampleName]) -> list[ListedGroup]:
    ordered = sorted(samples, key=lambda each: _RANKS[each.economy])
    people = enumerate(ordered, 1)
    return [
        ListedGroup(
            economy=_RANKS[economy][1],
            delegation_class=DelegationClass.ECONOMY,
            people=[_sample_line(number, each) for number, each in group],
        )
        for economy, group in groupby(people, key=lambda each: each[1].economy)
    ]


def _sample_line(number: int, sample: SampleName) -> ListedPerson:
    return ListedPerson(
        number=number,
        name=f"{sample.given_name} {sample.family_name.upper()}",
        own_script_name=sample.own_script_name,
        own_script_language=sample.own_script_language,
        function=DelegationFunction.HEAD.value,
        position="Director of green technology",
        organisation="Institute of Clean Production",
    )


_INVENTED = ListFacts(
    forum_title="GTN Forum 2027",
    city="Da Nang",
    host_economy_name="Viet Nam",
    first_day=date(2027, 6, 3),
    last_day=date(2027, 6, 4),
    as_of=datetime(2027, 6, 2, 17, tzinfo=UTC),
    only_attended=False,
    groups=(),
)
