"""The blueprint of applying; each module beside this one adds its views."""

from flask import Blueprint

from ..loading import load_call

blueprint = Blueprint("incubation_apply", __name__, url_prefix="/co-incubation/<call>/apply")
load_call(blueprint)
