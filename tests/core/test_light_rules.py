"""Links are what Werkzeug's own rules make of them, though no rule compiles before it is asked."""

from flask import Flask
from werkzeug.routing import Map, Rule

from gtn_events.core.light_rules import LightRule

VALUES = {"rule": "a b", "kind": "ü/ß", "page": 2, "q": "x&y"}


def links(kind: type[Rule]) -> list[str]:
    rules = Map(
        [
            kind("/", endpoint="start"),
            kind("/<rule>/<path:kind>/", endpoint="both"),
            kind("/one/<int:page>", endpoint="one", defaults={"kind": "first"}),
        ]
    )
    site = rules.bind("gtn.example")
    return [
        site.build(endpoint, values, append_unknown=unknown)
        for endpoint, values in (("start", VALUES), ("both", VALUES), ("one", {"page": 2, "q": "x&y"}))
        for unknown in (True, False, True)
    ]


def test_links_are_those_of_werkzeug() -> None:
    assert links(LightRule) == links(Rule)


def test_rules_of_the_application_have_compiled_nothing_before_the_first_link(app: Flask) -> None:
    rule = LightRule("/of/<name>", endpoint="of")
    Map([rule])
    assert rule._build_unknown.__name__ == "_build_with_query"
    assert rule.build({"name": "it"}) == ("", "/of/it")
    assert rule._build_unknown.__name__ == "<builder:'/of/<name>'>"
    assert all(isinstance(each, LightRule) for each in app.url_map.iter_rules() if each.endpoint != "static")
