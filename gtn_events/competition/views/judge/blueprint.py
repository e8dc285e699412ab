"""The blueprint of the judge's pages; each module beside this one adds its views."""

from flask import Blueprint

from ..loading import load_competition

blueprint = Blueprint("competition_judge", __name__, url_prefix="/competitions/<competition>/judge")
load_competition(blueprint)
