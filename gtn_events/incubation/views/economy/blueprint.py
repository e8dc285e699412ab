"""The blueprint of an economy's coordinator; each module beside this one adds its views."""

from flask import Blueprint

from ..loading import load_economy, load_host

blueprint = Blueprint("incubation_economy", __name__, url_prefix="/co-incubation/economy/<economy>")
load_economy(blueprint)
load_host(blueprint)
