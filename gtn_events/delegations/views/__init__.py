"""The pages of delegations; importing the package adds every view of the desk to its blueprint."""

from . import (
    answers,
    circulars,
    circulars_manage,
    delegations_manage,
    desk,
    earlier,
    exchanges,
    exports,
    give_back,
    history,
    inviting,
    nominations,
    nominee,
    person,
    protocol,
    sheet,
)
from .blueprint import blueprint

__all__ = [
    "answers",
    "blueprint",
    "circulars",
    "circulars_manage",
    "delegations_manage",
    "desk",
    "earlier",
    "exchanges",
    "exports",
    "give_back",
    "history",
    "inviting",
    "nominations",
    "nominee",
    "person",
    "protocol",
    "sheet",
]
