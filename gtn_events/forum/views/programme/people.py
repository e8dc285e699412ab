"""The speakers of the programme: the index, and one page for each."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from gtn_events.core.permissions import public

from ...models import Forum
from ...queries.programme import Programme, SpeakerFacts, biography_of
from .blueprint import blueprint
from .cache import programme_of
from .zones import zones_of


@blueprint.get("/speakers")
@public
def speakers(forum: Forum) -> ResponseReturnValue:
    """Show everybody who appears in the programme, by family name where it is known."""
    programme = programme_of(forum)
    groups: dict[str, list[SpeakerFacts]] = {}
    for speaker in programme.speakers:
        if speaker.id in programme.by_speaker:
            groups.setdefault(_letter(speaker), []).append(speaker)
    return render_template("forum/programme/speakers.html", forum=forum, groups=groups, programme=programme)


@blueprint.get("/speakers/<code>")
@public
def speaker(forum: Forum, code: str) -> ResponseReturnValue:
    """Show one speaker and the sessions of theirs."""
    programme = programme_of(forum)
    facts = _speaker_or_404(programme, code)
    return render_template(
        "forum/programme/speaker.html",
        forum=forum,
        speaker=facts,
        biography=biography_of(facts.id),
        sessions=programme.by_speaker.get(facts.id, []),
        **zones_of(forum),
    )


def _speaker_or_404(programme: Programme, code: str) -> SpeakerFacts:
    found = next((speaker for speaker in programme.speakers if speaker.code == code), None)
    return found if found is not None else abort(404)


def _letter(speaker: SpeakerFacts) -> str:
    """Return the heading under which a speaker stands: a letter, or # for what is none."""
    first = speaker.sort_name[:1].upper()
    return first if first.isalpha() else "#"
