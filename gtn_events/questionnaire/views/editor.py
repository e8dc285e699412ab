"""Mounting the editor below the pages of whatever owns the questions.

The owner's package does this once, beside its other organiser's views::

    def _owner(forum: Forum) -> Owner:
        return Owner(forum.questionnaire, {"forum": forum}, {"forum": forum, "section": "manage", "tab": ...})

    mount_editor(blueprint, permission=Permission.FORUM_QUESTIONNAIRE_EDIT, load=_owner)
"""

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue

from gtn_events.core.permissions import Permission, requires

from . import preview, questions, steps, versions
from .owner import Load

Page = Callable[..., ResponseReturnValue]

_PAGES: tuple[tuple[str, str, tuple[str, ...], Page], ...] = (
    ("", "questionnaire", ("GET",), questions.question_list),
    ("/add", "questionnaire_add", ("GET", "POST"), questions.question_add),
    ("/order", "questionnaire_order", ("POST",), questions.step_order),
    ("/questions/<key>", "questionnaire_question", ("GET", "POST"), questions.question_edit),
    ("/questions/<key>/remove", "questionnaire_remove", ("GET", "POST"), questions.question_remove),
    ("/steps", "questionnaire_steps", ("GET",), steps.step_list),
    ("/steps/add", "questionnaire_step_add", ("GET", "POST"), steps.step_add),
    ("/steps/order", "questionnaire_steps_order", ("POST",), steps.steps_order),
    ("/steps/edit/<step_key>", "questionnaire_step", ("GET", "POST"), steps.step_edit),
    ("/steps/remove/<step_key>", "questionnaire_step_remove", ("GET", "POST"), steps.step_remove),
    ("/preview", "questionnaire_preview", ("GET", "POST"), preview.version_preview),
    ("/publish", "questionnaire_publish", ("GET", "POST"), versions.draft_publish),
    ("/discard", "questionnaire_discard", ("GET", "POST"), versions.draft_discard),
    ("/versions", "questionnaire_versions", ("GET",), versions.version_list),
    ("/versions/<int:number>", "questionnaire_version", ("GET",), versions.version_show),
)


def mount_editor(blueprint: Blueprint, *, permission: Permission, load: Load) -> None:
    """Add the editor's pages to a blueprint, at ``/questionnaire`` below its prefix.

    The endpoints are ``questionnaire`` (the list of questions) and ``questionnaire_...``.

    Args:
        blueprint: the owner's; a preprocessor of its own has turned the address into rows.
        permission: what every page asks for, in the scope of the first scoped argument.
        load: takes the blueprint's address arguments by name, returns the owner.
    """
    for path, endpoint, methods, page in _PAGES:
        view = _view(page, load, path)
        view.__name__ = endpoint
        view.__doc__ = page.__doc__
        blueprint.add_url_rule(f"/questionnaire{path}", endpoint, requires(permission)(view), methods=list(methods))


def _view(page: Page, load: Load, path: str) -> Page:
    own = {part.strip("<>").split(":")[-1] for part in path.split("/") if part.startswith("<")}

    def view(**arguments: object) -> ResponseReturnValue:
        of_page = {name: value for name, value in arguments.items() if name in own}
        of_owner = {name: value for name, value in arguments.items() if name not in own}
        return page(load(**of_owner), **of_page)

    return view
