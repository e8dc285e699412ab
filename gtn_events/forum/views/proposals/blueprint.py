"""The blueprint of those who propose side events; each module beside this one adds its views."""

from flask import Blueprint

from ..loading import load_forum

blueprint = Blueprint("forum_proposals", __name__, url_prefix="/forums/<forum>/propose")
load_forum(blueprint)
