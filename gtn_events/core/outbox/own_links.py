"""Links that are for the reader of a mail alone: who looks after mails sees that there is one, and cannot use it."""

import re
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, RequestRedirect

from gtn_events.config import Settings

# What the secret part of an address is called in every rule that has one.
_SECRET = "token"  # noqa: S105  # a name, no secret


def hide_own_links(text: str) -> str:
    """Return the text of a mail, plain or HTML, with a word in place of what makes its own links work."""
    return _addresses().sub(lambda found: _hidden(found[0]), text)


def put_back_own_links(text: str, before: str) -> str:
    """Return a text that was changed by somebody who saw it hidden, with the links that it had before.

    An address that was changed itself gets nothing back.
    """
    for address in _addresses().findall(before):
        text = text.replace(_hidden(address), address)
    return text


def _addresses() -> re.Pattern[str]:
    settings: Settings = current_app.config["SETTINGS"]
    return re.compile(re.escape(settings.base_url.rstrip("/")) + r"""/[^\s<>"'?#]*[^\s<>"'?#.,;:!)]""")


def _hidden(address: str) -> str:
    try:
        values = _site().match(urlsplit(address).path.removeprefix(_site().script_name.rstrip("/")), method="GET")[1]
    except (HTTPException, RequestRedirect):
        return address  # no page of ours
    return address.replace(str(values[_SECRET]), _("(the-own-link)")) if _SECRET in values else address


def _site() -> MapAdapter:
    settings: Settings = current_app.config["SETTINGS"]
    base = urlsplit(settings.base_url)
    return current_app.url_map.bind(base.netloc, base.path or "/", url_scheme=base.scheme)
