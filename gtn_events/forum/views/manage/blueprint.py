"""The blueprint of the organiser's pages; each module beside this one adds its views."""

from flask import Blueprint

from ..loading import load_organised_forum

blueprint = Blueprint("forum_manage", __name__, url_prefix="/forums/<forum>/manage")
load_organised_forum(blueprint)
