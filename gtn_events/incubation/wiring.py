"""What the package brings to the application."""

from flask import Flask

from gtn_events.accounts.scopes import register_scope_names

from . import match_jobs as _match_jobs  # noqa: F401  # registers the job that matches, and what ends offers
from .scope_names import names_of_calls, names_of_hosts


def init_app(_app: Flask) -> None:
    """Register everything of this package."""
    register_scope_names("call", names_of_calls)
    register_scope_names("host", names_of_hosts)
