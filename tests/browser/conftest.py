"""A real browser on a running site, each test on a database that holds the economies and nothing else."""

import json
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from werkzeug.serving import make_server

from gtn_events.accounts.domain.sessions import start_session
from gtn_events.accounts.models import Account
from gtn_events.accounts.signed_in import COOKIE
from gtn_events.app import create_app
from gtn_events.core import clock
from gtn_events.core.db import Base, db
from gtn_events.core.economies import seed_economies
from gtn_events.forum.views.programme.cache import forget_programmes
from tests.conftest import empty_tables
from tests.databases import settings_on

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
]
# A machine that is busy with other tests is slow, not wrong.
expect.set_options(timeout=15_000)
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Site:
    """A running site: its application and its address."""

    app: Flask
    address: str


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder as browser tests."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def running_site(new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The application behind a real web server on a free port, with form tokens as in earnest."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        instance = tmp_path_factory.mktemp("browser-instance")
        variables = {"GTN_BASE_URL": address, "GTN_DEMO": "1", "GTN_DEVELOPMENT": "1"}
        app = create_app(settings_on(new_database(), instance=instance, **variables))
        with app.app_context():
            Base.metadata.create_all(db.engine)
        server = make_server("127.0.0.1", 0, app, threaded=True, fd=listener.fileno())
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Site(app, address)
        server.shutdown()
        thread.join()
        server.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def site(running_site: Site) -> Iterator[Site]:
    """The running site in an application context; every row is deleted afterwards."""
    with running_site.app.app_context():
        seed_economies(db.session())
        db.session.commit()
        forget_programmes()
        yield running_site
        db.session.remove()
        empty_tables()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How pytest-playwright starts the browser of this machine."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    return {"executable_path": CHROMIUM, "args": ARGUMENTS, "headless": True}


@pytest.fixture
def browser_context_args(site: Site) -> dict[str, Any]:
    """A browser without extras: relative addresses lead to the site, nothing moves."""
    return {
        "base_url": site.address,
        "viewport": DESK,
        "locale": "en-GB",
        "timezone_id": "America/Lima",
        "reduced_motion": "reduce",
        "permissions": ["camera"],
    }


@pytest.fixture
def sign_in_browser(site: Site, context: BrowserContext) -> Callable[[Account], None]:
    """A function that makes the browser the one of an account."""

    def sign_in(account: Account) -> None:
        _, token = start_session(account, lifetime=timedelta(days=14), now=clock.now())
        db.session.commit()
        context.add_cookies([{"name": COOKIE, "value": token, "url": site.address}])

    return sign_in


@pytest.fixture
def accessibility_faults() -> Callable[[Page], list[str]]:
    """A function that returns one line for each violation axe finds on a page, in its present state."""
    axe = Axe()

    def faults(page: Page) -> list[str]:
        page.wait_for_load_state()  # before its style is there, a page has other sizes and colours
        options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
        response = axe.run(page, options=options).response
        return [
            f"{violation['id']}: {violation['help']} at {json.dumps(node['target'])} {node['html'][:160]}"
            for violation in response["violations"]
            for node in violation["nodes"]
        ]

    return faults
