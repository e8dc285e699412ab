"""The states of loaded objects have a place for every attribute before the first object is loaded.

CPython 3.11 may collect garbage while an instance gets its ``__dict__``. When the collector then takes the
very object that a state describes, SQLAlchemy's callback writes to that state, whose ``__dict__`` is made a
second time; both own the same memory, and the process crashes, at once or later, anywhere. CPython 3.12
collects between two instructions only (gh-97922).

A state gets its ``__dict__`` with the first attribute that is not among the names its class shares, and the
class takes new names only until some thirty states were made. With all names taken at the start, a state
never gets one.
"""

from sqlalchemy.orm import InstanceState
from sqlalchemy.util import memoized_property


def take_names_of_states() -> None:
    """Let the class of states share the names of all its attributes; to be called before anything is loaded."""
    state: InstanceState[object] = InstanceState.__new__(InstanceState)
    for name in sorted(_names()):
        setattr(state, name, None)


def _names() -> set[str]:
    remembered = {name for name, value in vars(InstanceState).items() if isinstance(value, memoized_property)}
    return (remembered | set(InstanceState.__annotations__)) - set(InstanceState.__slots__)
