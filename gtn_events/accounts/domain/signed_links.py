"""The signed, dated tokens in the links of our mails."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeSerializer

from ..errors import LinkRefused
from ..models import Account


class LinkPurpose(StrEnum):
    """What a link is good for; a token made for one purpose is refused for every other."""

    SIGN_UP = "sign-up"
    SET_PASSWORD = "set-password"  # noqa: S105  # the name of a purpose
    CONFIRM_ADDRESS = "confirm-address"
    CHANGE_ADDRESS = "change-address"
    INVITATION = "invitation"
    JUDGING = "judging"
    NOMINATION = "nomination"
    CO_HOST = "co-host"
    SPEAKER = "speaker"

    @property
    def lifetime(self) -> timedelta:
        """How long a link of this purpose works."""
        if self in {
            LinkPurpose.INVITATION,
            LinkPurpose.JUDGING,
            LinkPurpose.NOMINATION,
            LinkPurpose.CO_HOST,
            LinkPurpose.SPEAKER,
        }:
            # Longer than any invitation runs, so that its row can say what became of it.
            return timedelta(days=180)
        return timedelta(hours=2) if self is LinkPurpose.SET_PASSWORD else timedelta(days=2)


@dataclass(frozen=True)
class LinkSigner:
    """Makes and reads tokens with the secret of the installation."""

    secret: str

    def make(
        self, purpose: LinkPurpose, values: dict[str, Any], *, now: datetime, lifetime: timedelta | None = None
    ) -> str:
        """Return a token that carries JSON-ready values, readable by whoever has it, changeable by nobody."""
        ends = now + (lifetime or purpose.lifetime)
        token: str | bytes = self._serializer(purpose).dumps({**values, "ends": int(ends.timestamp())})
        return token if isinstance(token, str) else token.decode("ascii")

    def read(self, purpose: LinkPurpose, token: str, *, now: datetime) -> dict[str, Any]:
        """Return the values of a token.

        Raises:
            LinkRefused: the token is too old, was made for another purpose, or was changed.
        """
        try:
            values: dict[str, Any] = self._serializer(purpose).loads(token)
        except BadData:
            raise LinkRefused("This link is not complete. Open it from the mail again, or ask for a new one.") from None
        if datetime.fromtimestamp(values["ends"], UTC) <= now:
            raise LinkRefused("This link is too old. Ask for a new one; the newest mail counts.")
        return values

    def _serializer(self, purpose: LinkPurpose) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt=f"accounts.{purpose.value}")


class PlaceOfLink(LinkSigner):
    """Stands where a link would: a mail that is only shown says that there is one, and nobody can use it."""

    def __init__(self) -> None:
        """It needs no secret: nothing is signed."""
        super().__init__(secret="")

    def make(self, *_args: Any, **_kwargs: Any) -> str:  # Any: whatever a token would have been made of
        """Return a word in place of a token."""
        return _("(the-own-link)")


def state_of(account: Account) -> str:
    """Return a digest that changes with the password and with the address.

    A link that carries it works once: using it changes the account, and so the digest.
    """
    return hashlib.sha256(f"{account.password_hash}\n{account.email_key}".encode()).hexdigest()[:24]
