"""The public list of participants as a PDF: blocks in protocol order, without e-mail addresses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from gtn_events.core.pdf import printable, render_pdf
from gtn_events.core.text import clock_time, day, local

from .models import Forum
from .queries.participants import Participant
from .words import days_in_words


@dataclass(frozen=True)
class Block:
    """One economy or class, and its people in protocol order."""

    heading: str
    people: Sequence[Participant]


def blocks_of(people: Iterable[Participant]) -> list[Block]:
    """Return people who come in protocol order by whom they represent."""
    return [Block(heading, list(group)) for heading, group in groupby(people, key=lambda each: each.represents)]


def participants_pdf(forum: Forum, blocks: Sequence[Block], *, now: datetime, only_attended: bool) -> bytes:
    """Return the list as a tagged PDF; letters that no font has are left out.

    Args:
        now: printed as the time of which the list tells, at the venue.
        only_attended: whether it lists who attended, not everybody who is confirmed.
    """
    at = local(now, forum.time_zone)
    return render_pdf(
        "forum/participants",
        {
            "forum": forum,
            "blocks": blocks,
            "count": sum(len(each.people) for each in blocks),
            "dates": days_in_words(forum.starts_on, forum.ends_on),
            "as_of": f"{day(at)}, {clock_time(at)}",
            "only_attended": only_attended,
            "printable": printable,
        },
        title=f"{forum.title}: list of participants",
    )
