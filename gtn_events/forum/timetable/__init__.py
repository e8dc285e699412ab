"""A timetable for the sessions that have no time yet: pure functions, without a database.

``solving`` stands apart: it loads the solver.
"""

from .places import Board
from .problem import Placement, Proposal, Rule, Settled, Task, ToPlace, Unplaced
from .wishes import Wishes

__all__ = ["Board", "Placement", "Proposal", "Rule", "Settled", "Task", "ToPlace", "Unplaced", "Wishes"]
