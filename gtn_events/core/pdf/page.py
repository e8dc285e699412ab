"""A document's page as HTML: a template folder and its facts in, what the engine draws out."""

from typing import Any

from flask import current_app
from flask_babel import force_locale


def page_html(template: str, context: dict[str, Any], *, lang: str, title: str) -> str:
    """Return the page of a template folder below ``templates/pdf``; needs an application context."""
    page = current_app.jinja_env.get_template(f"pdf/{template}/page.html")
    with force_locale(lang.split("-", maxsplit=1)[0]):
        return page.render({**context, "lang": lang, "title": title})
