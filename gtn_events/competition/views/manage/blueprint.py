"""The blueprint of the organiser's pages; each module beside this one adds its views."""

from flask import Blueprint

from ..loading import load_competition

blueprint = Blueprint("competition_manage", __name__, url_prefix="/competitions/<competition>/manage")
load_competition(blueprint)
