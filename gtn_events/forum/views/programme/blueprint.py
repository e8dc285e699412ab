"""The blueprint of the public programme; each module beside this one adds its views."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from ...language_names import language_name
from ..loading import load_forum

blueprint = Blueprint("forum_programme", __name__, url_prefix="/forums/<forum>/programme")
load_forum(blueprint)


@blueprint.record_once
def _templates(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(language_name=language_name)
    state.app.jinja_env.filters.update(spoken_language=language_name)
