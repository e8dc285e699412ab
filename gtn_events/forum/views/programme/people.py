"""The speakers of the programme: the index, and one page for each."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from gtn_events.core.permissions import public

from ...models import Forum
from ...queries.programme import Programme, SpeakerFacts
from ...queries.programme_editions import biography_in
from ...queries.speaker_pages import photos_of
from .blueprint import blueprint
from .cache import edition
from .zones import zones_of


@blueprint.get("/speakers")
@public
def speakers(forum: Forum) -> ResponseReturnValue:
    """Show everybody who appears in the programme, by family name where it is known."""
    programme = edition(forum).programme
    groups: dict[str, list[SpeakerFacts]] = {}
    for speaker in programme.speakers:
        if speaker.id in programme.by_speaker:
            groups.setdefault(_letter(speaker), []).append(speaker)
    return render_template("forum/programme/speakers.html", forum=forum, groups=groups, programme=programme)


@blueprint.get("/speakers/<code>")
@public
def speaker(forum: Forum, code: str) -> ResponseReturnValue:
    """Show one speaker and the sessions of theirs."""
    seen = edition(forum)
    facts = _speaker_or_404(seen.programme, code)
    return render_template(
        "forum/programme/speaker.html",
        forum=forum,
        speaker=facts,
        photo=photos_of([facts.id]).get(facts.id),
        biography=biography_in(seen, facts.id),
        sessions=seen.programme.by_speaker.get(facts.id, []),
        **zones_of(forum),
    )


def _speaker_or_404(programme: Programme, code: str) -> SpeakerFacts:
    found = next((speaker for speaker in programme.speakers if speaker.code == code), None)
    return found if found is not None else abort(404)


def _letter(speaker: SpeakerFacts) -> str:
    """Return the heading under which a speaker stands: a letter, or # for what is none."""
    first = speaker.sort_name[:1].upper()
    return first if first.isalpha() else "#"
