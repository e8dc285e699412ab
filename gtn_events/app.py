"""create_app(): the one module that knows every package."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from gtn_events.accounts import wiring as accounts
from gtn_events.accounts.roles import check_access
from gtn_events.certificates import wiring as certificates
from gtn_events.competition import wiring as competition
from gtn_events.config import Settings, load_settings
from gtn_events.core import db as database
from gtn_events.core import permissions
from gtn_events.core import wiring as core
from gtn_events.core.handover import connect
from gtn_events.core.logs import Application
from gtn_events.core.static_files import static_address
from gtn_events.core.templating import template_folder
from gtn_events.delegations import wiring as delegations
from gtn_events.demo.commands import demo
from gtn_events.demo.mails import blueprint as demo_mails
from gtn_events.designs import wiring as designs
from gtn_events.forum import wiring as forum
from gtn_events.incubation import wiring as incubation
from gtn_events.incubation.from_entry import FromEntry
from gtn_events.network import wiring as network
from gtn_events.questionnaire import wiring as questionnaire


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application, ready to serve or to run commands.

    Args:
        settings: the configuration; read from the environment when None.
    """
    settings = settings or load_settings()
    app = Application(
        "gtn_events",
        template_folder=str(template_folder()),
        static_url_path=static_address(),
        instance_path=str(settings.instance_dir),
    )
    app.config.from_mapping(settings.flask_config())
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]  # the documented way
    settings.instance_dir.mkdir(parents=True, exist_ok=True)
    database.init_app(app)
    core.init_app(app)
    permissions.init_app(app, check_access)
    for package in (
        accounts,
        network,
        questionnaire,
        designs,
        certificates,
        forum,
        competition,
        incubation,
        delegations,
    ):
        package.init_app(app)
    connect("co-incubation", FromEntry())
    app.cli.add_command(demo)
    if settings.shows_mail:
        app.register_blueprint(demo_mails)
    return app
