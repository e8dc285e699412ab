"""Templates of documents are rendered in Jinja's sandbox."""

from collections.abc import Iterator

import pytest
from flask import Flask
from jinja2 import DictLoader
from jinja2.exceptions import SecurityError, UndefinedError

from gtn_events.core.pdf import page_html


class Person:
    name = "Rosa & Ana"
    _passport = "PE-123"


@pytest.fixture
def rendered(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[DictLoader]:
    """A loader whose page is the one of the template folder ``trial``."""
    loader = DictLoader({})
    monkeypatch.setattr(app.jinja_env, "loader", loader)
    app.extensions.pop("document_templates", None)
    with app.app_context():
        yield loader
    app.extensions.pop("document_templates", None)


def _page(loader: DictLoader, source: str) -> str:
    loader.mapping["pdf/trial/page.html"] = source
    return page_html("trial", {"person": Person()}, lang="en", title="T")


@pytest.mark.parametrize(
    "source",
    [
        "{{ person.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ person['__class__'] }}",
        "{{ person|attr('__class__') }}",
        "{{ person._passport }}",
        "{{ _.__globals__ }}",
        "{% if person.__dict__ %}x{% endif %}",
        "{{ '{0.__class__}'.format(person) }}",
    ],
)
def test_template_that_reaches_for_the_inside_of_a_value_fails(rendered: DictLoader, source: str) -> None:
    with pytest.raises(SecurityError):
        _page(rendered, source)


@pytest.mark.parametrize("name", ["config", "request", "session", "g"])
def test_template_does_not_know_who_asks_nor_how_the_system_is_set_up(rendered: DictLoader, name: str) -> None:
    with pytest.raises(UndefinedError):
        _page(rendered, f"{{{{ {name}.SECRET_KEY }}}}")


def test_template_has_the_filters_and_words_of_pages_and_escapes_what_it_is_given(rendered: DictLoader) -> None:
    source = "{% trans name=person.name %}for {{ name }}{% endtrans %} {{ _('Check it at') }} {{ 1536|readable_size }}"

    assert _page(rendered, source) == "for Rosa &amp; Ana Check it at 2 kB"
