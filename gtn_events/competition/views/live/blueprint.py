"""The blueprint of the hall's pages; each module beside this one adds its views."""

from flask import Blueprint

from ..loading import load_competition

blueprint = Blueprint("competition_live", __name__, url_prefix="/competitions/<competition>")
load_competition(blueprint)
