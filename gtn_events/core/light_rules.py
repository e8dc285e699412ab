"""Rules of addresses that are small and quickly made: what builds a link is made with the first such link."""

from typing import Any

from flask import Flask
from werkzeug.routing import Rule


class LightRule(Rule):
    """Werkzeug's rule, but each of its two builders of links is compiled when it is first needed.

    There are hundreds of rules; compiling two functions for each is most of what an application spends on them.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Any:  # Any: a function that becomes a method
        return _build_with_query if append_unknown else _build


def init_app(app: Flask) -> None:
    """Make the application's rules such ones; before the blueprints add theirs."""
    app.url_rule_class = LightRule


def _build(rule: LightRule, /, **values: Any) -> tuple[str, str]:  # Any: what a link is made of
    rule._build = Rule._compile_builder(rule, append_unknown=False).__get__(rule, None)
    return rule._build(**values)


def _build_with_query(rule: LightRule, /, **values: Any) -> tuple[str, str]:  # Any: as above
    rule._build_unknown = Rule._compile_builder(rule, append_unknown=True).__get__(rule, None)
    return rule._build_unknown(**values)
