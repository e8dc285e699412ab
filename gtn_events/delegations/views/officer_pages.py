"""What the desk and the organisers do alike with an officer."""

from flask import flash
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError

from ..domain.officers import name_officer
from ..enums import OfficerKind
from ..forms.officer import OfficerForm
from ..models import Delegation


def saved_officer(delegation: Delegation, kind: OfficerKind, form: OfficerForm) -> bool:
    """Keep what was typed and say so; False when it was refused, with the error at its field."""
    if not form.validate():
        return False
    try:
        name_officer(delegation, kind, form.details, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return False
    flash(_("%(officer)s: %(name)s.", officer=kind.label, name=form.name.data), "success")
    return True
