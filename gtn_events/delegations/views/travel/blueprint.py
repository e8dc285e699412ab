"""The blueprint of the board; each module beside this one adds its views."""

from flask import Blueprint

from gtn_events.forum.views.loading import load_organised_forum

blueprint = Blueprint("delegations_travel", __name__, url_prefix="/forums/<forum>/travel")
load_organised_forum(blueprint)
