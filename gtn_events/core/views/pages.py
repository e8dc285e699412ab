"""The pages that belong to no forum: landing, accessibility, privacy, contact, and the living style sheet."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Flask, abort, current_app, render_template
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from ..economies import ECONOMIES
from ..permissions import public
from ..plots import ring_svg, seal_svg, seat_bar_svg, seats_over_time_svg, stacked_bars_svg
from ..styleguide import sample

LANDING = "gtn-landing"
SECTIONS = ("forums", "competitions", "calls")

blueprint = Blueprint("core", __name__)

LandingSection = Callable[[], Sequence[dict[str, Any]]]  # Any: what the template shows, see landing()


def register_landing(app: Flask, section: str, things_to_show: LandingSection) -> None:
    """Let a package above say what the landing page shows in one of its ``SECTIONS``."""
    app.extensions.setdefault(LANDING, {})[section] = things_to_show


def endpoint_exists(endpoint: str) -> bool:
    """Say whether the application has a view of that name, so that a tab row can leave it out."""
    return endpoint in current_app.view_functions


@blueprint.record_once
def _templates(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(
        endpoint_exists=endpoint_exists,
        ring_svg=ring_svg,
        seal_svg=seal_svg,
        seat_bar_svg=seat_bar_svg,
        stacked_bars_svg=stacked_bars_svg,
        seats_over_time_svg=seats_over_time_svg,
    )


@blueprint.get("/")
@public
def landing() -> ResponseReturnValue:
    """Show the forums that people can come to, the next one first, then the competitions and calls that firms can join.

    The packages of these stand above this one and register what the template shows. Of
    ``forums``: dicts with ``title``, ``city``, ``dates``, ``tagline``, ``url``,
    ``register_url`` (or None), ``register_by``, ``zone``, ``delegates`` (tuples of code,
    name, confirmed delegates in protocol order) and ``over`` (True when it lies in the past).
    Of ``competitions``: dicts with ``title``, ``tagline``, ``url``, ``close_at``, ``zone`` and ``city``;
    the same of ``calls`` for co-incubation, and ``places``.
    """
    sections: dict[str, LandingSection] = current_app.extensions.get(LANDING, {})
    shown = {name: list(sections[name]()) if name in sections else [] for name in SECTIONS}
    ring = [(economy.code, economy.short_name, 0) for economy in ECONOMIES]
    return render_template("core/landing.html", **shown, ring=ring)


@blueprint.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """Say what was checked, what is known to be missing, and whom to write to."""
    return render_template("core/accessibility.html")


@blueprint.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """Say what is stored about a person, why, for how long, and how to have it erased."""
    return render_template("core/privacy.html")


@blueprint.get("/contact")
@public
def contact() -> ResponseReturnValue:
    """Say whom to write to."""
    return render_template("core/contact.html")


@blueprint.get("/styleguide")
@public
def styleguide() -> ResponseReturnValue:
    """Show every component in its states, in development and in tests only."""
    if not (current_app.config["SETTINGS"].development or current_app.testing):
        abort(404)
    return render_template("core/styleguide.html", **sample())
