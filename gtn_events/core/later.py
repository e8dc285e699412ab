"""Packages that few requests need: a web process holds them from the first of these on, not from its start."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any


class Later:
    """Stands for a module, which is loaded when something of it is first asked for or set.

    For type checkers the module itself is imported beside it, under ``TYPE_CHECKING``.
    """

    __spec__ = None  # what an import statement looks at when it finds one of these in ``sys.modules``

    def __init__(self, name: str) -> None:
        object.__setattr__(self, "_name", name)

    def __getattr__(self, attribute: str) -> Any:  # Any: whatever the module has
        return getattr(import_module(object.__getattribute__(self, "_name")), attribute)

    def __setattr__(self, attribute: str, value: Any) -> None:  # Any: as above
        setattr(import_module(object.__getattribute__(self, "_name")), attribute, value)


@contextmanager
def loaded_later(name: str) -> Iterator[None]:
    """Let whatever is imported inside this block, and imports that module itself, get one that is loaded later."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = Later(name)  # type: ignore[assignment]  # it stands for the module
    try:
        yield
    finally:
        del sys.modules[name]
