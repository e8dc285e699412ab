"""The blueprint that the views of certificates hang on."""

from flask import Blueprint

blueprint = Blueprint("certificates", __name__)
