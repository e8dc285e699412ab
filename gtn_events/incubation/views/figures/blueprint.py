"""The blueprint of the figures; each module beside this one adds its views."""

from flask import Blueprint

from ..loading import load_call

blueprint = Blueprint("incubation_figures", __name__, url_prefix="/co-incubation")
load_call(blueprint)
