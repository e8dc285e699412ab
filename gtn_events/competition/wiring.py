"""What the package brings to the application: blueprints, job kinds, commands."""

from flask import Flask

from .views import judge, manage, opening

BLUEPRINTS = (opening.blueprint, manage.blueprint, judge.blueprint)


def init_app(app: Flask) -> None:
    """Register everything of this package."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
