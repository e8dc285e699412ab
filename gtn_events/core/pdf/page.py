"""A document's page as HTML: a template folder and its facts in, what the engine draws out."""

from collections.abc import MutableMapping
from typing import Any

from flask import Flask, current_app
from flask_babel import force_locale
from jinja2.exceptions import SecurityError
from jinja2.runtime import Undefined
from jinja2.sandbox import SandboxedEnvironment

_KEPT = "document_templates"
# What a page of the site knows of who asks for it, and of how the system is set up, is nothing for a document.
_WITHHELD = {"config", "g", "request", "session"}


class DocumentTemplates(SandboxedEnvironment):
    """The templates of documents: what a page of the site can do, but no way from a value to the inside of Python.

    Templates share its one table of globals, as those of pages do.
    """

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:  # Any: whatever the template was given
        """Refuse at once; Jinja would show nothing and go on.

        Raises:
            SecurityError: always.
        """
        raise SecurityError(f"A document's template may not read {attribute!r} of {type(obj).__name__}.")

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the shared globals themselves for a template that adds none."""
        return super().make_globals(d) if d else self.globals


def page_html(template: str, context: dict[str, Any], *, lang: str, title: str) -> str:
    """Return the page of a template folder below ``templates/pdf``; needs an application context.

    Raises:
        SecurityError: the template reaches for what is not its own.
    """
    page = _templates().get_template(f"pdf/{template}/page.html")
    with force_locale(lang.split("-", maxsplit=1)[0]):
        return page.render({**context, "lang": lang, "title": title})


def _templates() -> DocumentTemplates:
    """Return the templates of this application, made with the first document, when every package has added its own."""
    kept: dict[str, DocumentTemplates] = current_app.extensions
    if _KEPT not in kept:
        kept[_KEPT] = _made_like(current_app)
    return kept[_KEPT]


def _made_like(app: Flask) -> DocumentTemplates:
    pages = app.jinja_env
    made = DocumentTemplates(
        loader=pages.loader,
        autoescape=pages.autoescape,
        extensions=list(pages.extensions),
        trim_blocks=pages.trim_blocks,
        lstrip_blocks=pages.lstrip_blocks,
        auto_reload=pages.auto_reload,
    )
    made.globals |= {name: each for name, each in pages.globals.items() if name not in {*_WITHHELD, "range"}}
    made.filters, made.tests, made.policies = pages.filters, pages.tests, pages.policies
    made.newstyle_gettext = pages.newstyle_gettext  # type: ignore[attr-defined]  # set by its extension for sentences
    return made
