"""Any two versions of an entry side by side."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires
from gtn_events.eligibility.domain.setting import economy_names
from gtn_events.questionnaire.domain.questions import QuestionSpec, specs_of

from ...domain.entry_comparison import file_sides, text_sides
from ...models import Competition, EntryVersion
from ...queries.competitions import categories_in_order
from ...queries.entries import entry_of
from .blueprint import blueprint


@blueprint.get("/entries/<reference>/versions")
@requires(Permission.COMPETITION_ENTRIES_SEE)
def entry_versions(competition: Competition, reference: str) -> ResponseReturnValue:
    """Show the two versions that the address names, else the newest beside the one before."""
    entry = db.one_or_404(entry_of(competition, reference))
    if len(entry.versions) < 2:
        abort(404)
    older, newer = _version(entry.versions, "older", -2), _version(entry.versions, "newer", -1)
    specs = _specs(competition, older, newer)
    categories = {each.key: each.label for each in categories_in_order(competition)}
    return render_template(
        "competition/manage/entry_versions.html",
        competition=competition,
        entry=entry,
        older=older,
        newer=newer,
        texts=text_sides(older, newer, specs=specs, economies=economy_names(), categories=categories),
        files=file_sides(older, newer, specs=specs),
        only_changes=request.args.get("show") != "all",
    )


def _version(versions: list[EntryVersion], name: str, usual: int) -> EntryVersion:
    """Return the version that a parameter names; a number that is none of them is not found."""
    wanted = request.args.get(name)
    if wanted is None:
        return versions[usual]
    found = next((each for each in versions if str(each.number) == wanted), None)
    if found is None:
        abort(404)
    return found


def _specs(competition: Competition, *versions: EntryVersion) -> list[QuestionSpec]:
    """Return the questions under which the versions were sent, those of the newer form first; sensitive ones never."""
    numbers = {version.content.get("questionnaire_version") for version in versions}
    forms = [each for each in competition.questionnaire.versions if each.number in numbers]
    found = {spec.key: spec for form in forms for spec in specs_of(form)}
    return [spec for spec in found.values() if not spec.sensitive]
