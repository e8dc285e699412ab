"""The programme of a day as grid or list, one session, and the search."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import public
from gtn_events.core.text import fold

from ...enums import SessionLevel
from ...language_names import language_name
from ...models import Forum
from ...programme_files import FileContent, session_linked_data
from ...queries.favourites import favourite_codes
from ...queries.programme import Programme, SessionFacts, SessionTexts, TrackFacts, side_event_facts
from ...queries.programme_editions import Edition, texts_in
from ...queries.programme_search import search_programme
from ...queries.session_places import free_places, places_shown
from ...queries.speaker_pages import photos_of
from .blueprint import blueprint
from .cache import edition
from .choice import Choice, choice_of_request, day_to_show
from .fragment import DayContent, Seats, day_fragment
from .freshness import page_etag
from .grid import days_of
from .materials import materials_to_read
from .zones import zones_of

MOST_CHIPS = 8


@blueprint.get("")
@public
def grid(forum: Forum) -> ResponseReturnValue:
    """Show one day with its rooms side by side; phones show the same as a list."""
    return _day_page(forum, "grid")


@blueprint.get("/list")
@public
def day_list(forum: Forum) -> ResponseReturnValue:
    """Show one day as a list by start time."""
    return _day_page(forum, "list")


@blueprint.get("/sessions/<code>")
@public
def session(forum: Forum, code: str) -> ResponseReturnValue:
    """Show one session, in another language where one is asked for and somebody wrote it."""
    seen = edition(forum)
    facts = _session_or_404(seen.programme, code)
    texts = texts_in(seen, facts.id)
    photos = photos_of({part.speaker.id for part in facts.parts})
    linked = None
    if facts.starts_at is not None:
        linked = session_linked_data(FileContent(forum, seen, {facts.id: texts}, {}, photos), facts)
    return render_template(
        "forum/programme/session.html",
        forum=forum,
        session=facts,
        texts=texts,
        shown_language=_shown_language(texts),
        linked=linked,
        materials=db.session.scalars(materials_to_read(forum, facts.id)).all(),
        photos=photos,
        places=places_shown(forum, facts.id, account_id=current_user.id if current_user.is_authenticated else None),
        now=clock.now(),
        marked=current_user.is_authenticated and facts.code in favourite_codes(current_user.id, forum),
        **zones_of(forum),
    )


@blueprint.get("/search")
@public
def search(forum: Forum) -> ResponseReturnValue:
    """Show the sessions in which every word of the query occurs, accents and case aside."""
    query = " ".join(request.args.get("q", "").split())[:200]
    found = search_programme(forum, edition(forum), query) if query else []
    return render_template("forum/programme/search.html", forum=forum, query=query, found=found, **zones_of(forum))


def _day_page(forum: Forum, view: str) -> ResponseReturnValue:
    seats = Seats(side_event_facts(forum, now=clock.now()), free_places(forum, now=clock.now()))
    choice = choice_of_request(view)
    opened = request.args.get("session", "")[:40]
    seen = edition(forum)
    etag = page_etag(forum, seen, seats, choice, opened=opened, now=clock.now())
    if etag and request.if_none_match.contains(etag):
        response = Response(status=304)
        response.set_etag(etag)
        return response
    response = Response(_render_day(forum, seen, seats, choice, opened))
    if etag:
        response.set_etag(etag)
    return response


def _render_day(forum: Forum, seen: Edition, seats: Seats, choice: Choice, opened: str) -> str:
    programme = seen.programme
    zone = ZoneInfo(forum.time_zone)
    days = days_of(programme.scheduled, seats.side_events, zone)
    day = day_to_show(choice, [day for day, _count in days], forum, now=clock.now())
    content = DayContent(forum=forum, edition=seen, seats=seats, choice=choice, day=day)
    chosen = programme.by_code.get(opened.casefold()) if opened else None
    return render_template(
        "forum/programme/day.html",
        forum=forum,
        view=choice.view,
        choice=choice,
        days=days,
        day=day,
        tracks=_tracks_in_use(programme),
        rooms=programme.rooms,
        most_chips=MOST_CHIPS,
        languages=_in_use(language for each in programme.scheduled for language in each.languages),
        levels=[level for level in SessionLevel if any(each.level is level for each in programme.scheduled)],
        fragment=day_fragment(content) if days else "",
        session=chosen,
        texts=texts_in(seen, chosen.id) if chosen else None,
        opens_at=seen.opens_at,
        **zones_of(forum),
    )


def _shown_language(texts: SessionTexts) -> str:
    """Return the tag of the language that the reader asks for; empty for the words as they were written."""
    wanted = request.args.get("language", "")
    return wanted if wanted in texts.others else ""


def _tracks_in_use(programme: Programme) -> list[TrackFacts]:
    used = {session.track.id for session in programme.scheduled if session.track}
    return [track for track in programme.tracks if track.id in used]


def _in_use(languages: Iterable[str]) -> list[str]:
    """Return the codes each once, in the order of the languages' names."""
    return sorted(set(languages), key=lambda code: fold(language_name(code)))


def _session_or_404(programme: Programme, code: str) -> SessionFacts:
    found = programme.by_code.get(code.casefold())
    return found if found is not None else abort(404)
