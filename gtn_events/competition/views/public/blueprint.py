"""The blueprint of the public pages; each module beside this one adds its views."""

from flask import Blueprint

from ..loading import load_competition

blueprint = Blueprint("competition_public", __name__, url_prefix="/competitions")
load_competition(blueprint)
