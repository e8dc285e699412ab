"""A form that makes one thing, however often it is sent."""

from uuid import uuid4

from wtforms import HiddenField

from .base import Form

NONCE_LENGTH = 32


class OnceForm(Form):
    """A form with a name of its own in ``nonce``; a template renders it, and whatever is made of it keeps it.

    The same page sent twice, by a double press or from the browser's history, bears the same name.
    """

    nonce = HiddenField(default=lambda: uuid4().hex)

    @property
    def sent_as(self) -> str | None:
        """The name that was sent; None for garbage and for a form that was sent without one."""
        sent = self.nonce.data or ""
        return sent if len(sent) == NONCE_LENGTH and sent.isalnum() and sent.isascii() else None
