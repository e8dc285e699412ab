"""The blueprint of the public pages of calls; each module beside this one adds its views."""

from flask import Blueprint

from ..loading import load_call

blueprint = Blueprint("incubation_public", __name__, url_prefix="/co-incubation")
load_call(blueprint)
