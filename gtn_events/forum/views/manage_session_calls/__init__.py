"""The organiser's pages of calls for sessions; importing the package adds every view to its blueprints."""

from . import call, calls, committee, deciding, export, proposal
from .blueprint import blueprint
from .questionnaire import own_questions

__all__ = ["blueprint", "call", "calls", "committee", "deciding", "export", "own_questions", "proposal"]
