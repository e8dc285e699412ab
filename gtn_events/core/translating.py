"""Translations in templates: the catalogue is looked up once a page, not for every word."""

from collections.abc import Callable
from typing import Any

from babel.support import NullTranslations
from flask import Flask
from flask_babel import get_translations
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup


def init_app(app: Flask) -> None:
    """Give every rendered template a ``_`` of its own; macros imported without context keep that of Flask-Babel."""
    app.context_processor(lambda: {"_": _gettext_of(get_translations())})


def _gettext_of(catalogue: NullTranslations) -> Callable[..., str]:
    @pass_context
    def gettext(context: Context, text: str, /, **variables: Any) -> str:  # Any: whatever the sentence shows
        words: str = catalogue.ugettext(text)
        return (Markup(words) if context.eval_ctx.autoescape else words) % variables  # noqa: S704  # a text of ours

    return gettext
