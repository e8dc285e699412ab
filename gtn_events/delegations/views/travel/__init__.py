"""The pages of funded travel: the organiser's board, the traveller's own page, the coordinator's view."""

from . import board, decisions, economy, mine, person, rules
from .blueprint import blueprint

BLUEPRINTS = (blueprint, mine.blueprint, economy.blueprint)

__all__ = ["BLUEPRINTS", "board", "decisions", "economy", "mine", "person", "rules"]
