"""Independent recounts: each package says how its figures can be checked against its rows."""

from collections.abc import Callable, Iterable, Iterator

Check = Callable[[], Iterable[str]]
_checks: dict[str, Check] = {}


def register_check(name: str, check: Check) -> None:
    """Add a check to ``gtn-events check``; it yields one sentence a difference, none when all is well."""
    _checks[name] = check


def differences() -> Iterator[tuple[str, str]]:
    """Yield every difference with the name of its check, the checks in alphabetical order."""
    for name in sorted(_checks):
        for text in _checks[name]():
            yield name, text
