"""The results as everybody sees them: winners, finalists, and how they were found."""

from flask import abort, current_app, render_template
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.permissions import public

from ...domain.publication import are_visible, visible_from
from ...domain.results_file import path_of_results
from ...models import Competition
from ...queries.appeals import amendments_of
from ...queries.awards import awards_of
from ...queries.publication import finalists_of, published_versions, publishing_job
from ...queries.roots import roots_of
from ...results_mail_job import PUBLISHING
from .blueprint import blueprint


@blueprint.get("/<competition>/results")
@public
def results(competition: Competition) -> ResponseReturnValue:
    """Show winners, finalists and the method, without scores; before the embargo ends, only when it will."""
    since = visible_from(competition)
    if since is None:
        abort(404)
    if not are_visible(competition, now=clock.now()):
        return render_template("competition/public/results_soon.html", competition=competition, since=since)
    has_file = path_of_results(competition, current_app.config["SETTINGS"].instance_dir).exists()
    awards = [each for each in awards_of(competition) if each.entry is not None]
    winners = {each.entry_id for each in awards}
    return render_template(
        "competition/public/results.html",
        competition=competition,
        since=since,
        awards=awards,
        finalists=[each for each in finalists_of(competition) if each.id not in winners],
        versions=published_versions(competition),
        roots=roots_of(competition),
        corrections=amendments_of(competition),
        has_file=has_file,
        making=None if has_file else publishing_job(competition, PUBLISHING),
    )
