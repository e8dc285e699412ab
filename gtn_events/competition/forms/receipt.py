"""What stands on a receipt, typed or pasted by whoever wants to check it."""

from flask_babel import lazy_gettext as _l

from gtn_events.accounts.forms.base import Form, filled, text_field


class ReceiptForm(Form):
    """Number and fingerprint of an entry version; the seal, where the receipt is at hand."""

    reference = text_field(
        _l("Number of the entry"), most=40, validators=[filled(_l("Write the number. It is empty."))]
    )
    sha256 = text_field(
        _l("Fingerprint (SHA-256)"),
        most=200,
        validators=[filled(_l("Write the fingerprint. It is empty."))],
        description=_l("64 letters and digits; spaces do not matter."),
    )
    seal = text_field(_l("Seal"), most=60, description=_l("Optional."))
