"""The blueprint of the organiser's pages; each module beside this one adds its views."""

from flask import Blueprint

from ..loading import load_call, load_host

blueprint = Blueprint("incubation_manage", __name__, url_prefix="/co-incubation/<call>/manage")
load_call(blueprint)
load_host(blueprint)
