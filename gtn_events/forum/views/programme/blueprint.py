"""The blueprint of the public programme; each module beside this one adds its views."""

from babel import Locale, UnknownLocaleError
from flask import Blueprint
from flask.blueprints import BlueprintSetupState
from flask_babel import get_locale

from ..loading import load_forum

blueprint = Blueprint("forum_programme", __name__, url_prefix="/forums/<forum>/programme")
load_forum(blueprint)


def language_name(code: str) -> str:
    """Return a language as people call it: ``Vietnamese`` for ``vi``; what is no code comes back as it is."""
    try:
        name = Locale.parse(code.replace("_", "-"), sep="-").get_display_name(get_locale() or "en")
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:] if name else code


@blueprint.record_once
def _templates(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(language_name=language_name)
