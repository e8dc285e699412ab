"""Addresses of this site that work outside a request: in mails, QR codes and documents."""

from urllib.parse import urlsplit

from flask import Flask, current_app

from gtn_events.config import Settings


def site_url(endpoint: str, **values: object) -> str:
    """Return the full address of a view, from the configured base address.

    Never from the Host header of a request, so that nobody can plant their own site in
    a mail, and so that the worker gets the same address as the web process.
    """
    settings: Settings = current_app.config["SETTINGS"]
    base = urlsplit(settings.base_url)
    adapter = current_app.url_map.bind(base.netloc, base.path or "/", url_scheme=base.scheme)
    return adapter.build(endpoint, values, force_external=True)


def init_app(app: Flask) -> None:
    """Give the templates ``site_url``."""
    app.jinja_env.globals["site_url"] = site_url
