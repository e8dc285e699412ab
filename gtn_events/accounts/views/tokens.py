"""The signer of this installation, and where a person goes after signing in."""

from flask import current_app, request, url_for

from gtn_events.config import Settings
from gtn_events.core.http import is_local_path

from ..domain.signed_links import LinkSigner


def signer() -> LinkSigner:
    """Return the signer that uses the secret of this installation."""
    settings: Settings = current_app.config["SETTINGS"]
    return LinkSigner(settings.secret_key)


def wanted_page() -> str | None:
    """Return the page that the person was on the way to, if it is one of this site."""
    target = request.args.get("next")
    return target if is_local_path(target) else None


def page_after(target: object) -> str:
    """Return a page of this site to go on to: the wanted one, else the home page."""
    return target if isinstance(target, str) and is_local_path(target) else url_for("accounts.home")
