"""What the ground brings to the application: extensions, headers, error pages, its own views."""

from datetime import datetime

from flask import Flask, request

from . import addresses, http, light_rules, links, logs, moments, queue, static_files, templating, text, translating
from .db import db, set_reading
from .extensions import babel, csrf, login_manager
from .integrity import register_check
from .jobs import periodic
from .outbox import transports
from .sealing import receiving, remove_dead_files, shred_due
from .sealing.commands import reseal, sealing_key
from .sealing.rotation import sealed_differences
from .uploads import remove_orphans
from .views import health, jobs, journal, outbox, pages

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask) -> None:
    """Register everything of the ground."""
    templating.init_app(app)
    logs.init_app(app)
    addresses.init_app(app)
    light_rules.init_app(app)
    babel.init_app(app)
    csrf.init_app(app)
    login_manager.init_app(app)
    text.init_app(app)
    translating.init_app(app)
    links.init_app(app)
    transports.init_app(app)
    queue.init_app(app)
    receiving.init_app(app)
    app.before_request(_read_or_write)
    http.init_app(app)
    static_files.init_app(app)
    moments.init_app(app)
    register_check("sealed", sealed_differences)
    app.cli.add_command(sealing_key)
    app.cli.add_command(reseal)
    for views in (pages, health, jobs, journal, outbox):
        app.register_blueprint(views.blueprint)


def _read_or_write() -> None:
    """Let pages read beside a writer; only requests that may change something take the write lock."""
    set_reading(request.method in SAFE_METHODS)


@periodic(seconds=6 * 3600)
def _remove_orphaned_files(now: datetime) -> None:
    remove_orphans(now)


@periodic(seconds=3600)
def _shred_what_is_due(now: datetime) -> None:
    shred_due(now.date(), now=now)
    # A file goes only when its row says so for good.
    db.session.commit()
    remove_dead_files(now)
