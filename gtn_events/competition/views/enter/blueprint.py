"""The blueprint of entering; each module beside this one adds its views."""

from flask import Blueprint

from ..loading import load_competition

blueprint = Blueprint("competition_enter", __name__, url_prefix="/competitions/<competition>/enter")
load_competition(blueprint)
