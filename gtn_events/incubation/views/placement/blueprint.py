"""The blueprint of a placement's pages; each module beside this one adds its views."""

from flask import Blueprint

from ..loading import load_call

blueprint = Blueprint(
    "incubation_placement", __name__, url_prefix="/co-incubation/<call>/placements/<int:placement_id>"
)
load_call(blueprint)
