"""The blueprint of the coordinator's pages; each module beside this one adds its views."""

from flask import Blueprint

from ..loading import load_competition

blueprint = Blueprint("competition_economy", __name__, url_prefix="/competitions/<competition>/economy")
load_competition(blueprint)
