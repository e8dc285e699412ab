"""The blueprint of a host's own pages; each module beside this one adds its views."""

from flask import Blueprint

from ..loading import load_call, load_host

blueprint = Blueprint("incubation_host", __name__, url_prefix="/co-incubation/hosts/<host>/manage")
load_host(blueprint)
load_call(blueprint)
