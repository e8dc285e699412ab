"""A material of a session, and who may have it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import URL, DataRequired, Length, Optional, ValidationError

from gtn_events.accounts.forms.hosted import one_line
from gtn_events.core.errors import DomainError

from ..domain.session_materials import MaterialDetails
from ..enums import MaterialAccess, MaterialKind
from .programme import RefusableForm


class AccessForm(RefusableForm):
    """Who may have a material."""

    access = SelectField(
        _l("Who may have it"),
        choices=[SelectChoice(each.value, each.label) for each in MaterialAccess],
        default=MaterialAccess.CONFIRMED.value,
    )


class MaterialForm(AccessForm):
    """A new material: a file or an address. ``details()`` and ``upload()`` once ``validate()`` said yes."""

    title = StringField(_l("Title"), [DataRequired(_l("Give it a title.")), Length(max=200)], [one_line])
    kind = SelectField(_l("What it is"), choices=[SelectChoice(each.value, each.label) for each in MaterialKind])
    file = FileField(_l("File"), description=_l("PDF, PowerPoint, Word, Excel, JPEG or PNG, at most 25 MB."))
    url = StringField(
        _l("Or its address"),
        [Optional(), Length(max=500), URL(message=_l("Write a whole address, such as https://example.org/talk."))],
        [one_line],
        description=_l("Recordings are kept elsewhere and linked."),
    )

    def details(self) -> MaterialDetails:
        """Return what was typed, for the domain."""
        return MaterialDetails(
            kind=MaterialKind(self.kind.data),
            title=self.title.data,
            access=MaterialAccess(self.access.data),
            url=self.url.data or "",
        )

    def upload(self) -> FileStorage | None:
        """Return the file, if there is one."""
        return self.file.data or None

    def refuse(self, refusal: DomainError) -> None:
        """Show a refusal at its field; what is wrong with a file stands at the file."""
        if refusal.field is None:
            self.file.errors = [*self.file.errors, refusal.message]
        else:
            super().refuse(refusal)

    def validate_url(self, field: StringField) -> None:
        """Take web addresses only: others could be scripts."""
        if field.data and not field.data.lower().startswith(("https://", "http://")):
            raise ValidationError(_("Write an address that begins with https://."))
