"""Packages that few requests need: a web process holds them from the first of these on, not from its start."""

from importlib import import_module
from typing import Any


class Later:
    """Stands for a module, which is loaded when something of it is first asked for or set.

    For type checkers the module itself is imported beside it, under ``TYPE_CHECKING``.
    """

    def __init__(self, name: str) -> None:
        object.__setattr__(self, "_name", name)

    def __getattr__(self, attribute: str) -> Any:  # Any: whatever the module has
        return getattr(import_module(object.__getattribute__(self, "_name")), attribute)

    def __setattr__(self, attribute: str, value: Any) -> None:  # Any: as above
        setattr(import_module(object.__getattribute__(self, "_name")), attribute, value)
