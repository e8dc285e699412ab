"""The preview: the questions as the person who answers sees them."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from gtn_events.core.economies import economies_in_order

from ..domain.questions import specs_of
from ..forms.build import form_class_for
from ..queries.versions import steps_of
from .owner import Owner


def version_preview(owner: Owner) -> ResponseReturnValue:
    """Show every step of a version and check answers that are tried; nothing is stored."""
    number = request.args.get("version", type=int)
    version = owner.version_or_404(number) if number is not None else owner.version_shown()
    if version is None:
        abort(404)
    economies = economies_in_order()
    form = form_class_for(version, economies=economies)()
    accepted = form.validate_on_submit()
    return owner.render(
        "editor/preview.html",
        version=version,
        form=form,
        steps=steps_of(version),
        specs=specs_of(version),
        accepted=accepted,
        answers=form.values() if accepted else {},
        economy_names={economy.code: economy.short_name for economy in economies},
    )
