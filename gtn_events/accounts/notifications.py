"""Which mail of accounts goes to whom."""

import hashlib
from datetime import datetime

from gtn_events.core.outbox import Recipient, enqueue_mail

from .models import Account, Invitation

_UNSAID_ZONE = "UTC"


def mail_sign_up_link(address: str, token: str, *, now: datetime) -> None:
    """Send a new address the link that makes its account."""
    _mail("sign_up", _stranger(address), {"token": token}, now=now)


def mail_already_member(account: Account, *, now: datetime) -> None:
    """Tell a person who signs up again that they have an account."""
    _mail("already_member", _person(account), {}, account=account, now=now)


def mail_password_link(account: Account, token: str, *, now: datetime) -> None:
    """Send a person the link that sets a new password."""
    _mail("set_password", _person(account), {"token": token}, account=account, now=now)


def mail_no_account(address: str, *, now: datetime) -> None:
    """Tell an address without an account that there is nothing to reset."""
    _mail("no_account", _stranger(address), {}, now=now)


def mail_password_changed(account: Account, *, now: datetime) -> None:
    """Tell a person that the password changed, so that they notice when it was not them."""
    _mail("password_changed", _person(account), {"changed_at": now, "account": account}, account=account, now=now)


def mail_confirm_address(account: Account, token: str, *, now: datetime) -> None:
    """Send a person the link that confirms the address they have."""
    _mail("confirm_address", _person(account), {"token": token}, account=account, now=now)


def mail_new_address(account: Account, new_address: str, token: str, *, now: datetime) -> None:
    """Send the new address the link that makes it the account's address."""
    to = Recipient(new_address, account.display_name, account.language, account.time_zone)
    _mail("new_address", to, {"token": token, "old_address": account.email}, account=account, now=now)


def mail_address_changed(account: Account, old_address: str, *, now: datetime) -> None:
    """Tell the old address that the account has another one now."""
    to = Recipient(old_address, account.display_name, account.language, account.time_zone)
    _mail("address_changed", to, {"changed_at": now, "account": account}, account=account, now=now)


def mail_invitation(invitation: Invitation, token: str, *, place: str, inviter: Account, now: datetime) -> None:
    """Send an address the link that accepts a role; once for each act of inviting.

    Without a scope: who reads a forum's mails must not find a link there that gives more than they may give.
    """
    enqueue_mail(
        f"{invitation_mails(invitation)}{now.timestamp():.6f}",
        "accounts/invitation",
        to=_stranger(invitation.email),
        context={"token": token, "invitation": invitation, "place": place, "inviter": inviter},
        now=now,
    )


def invitation_mails(invitation: Invitation) -> str:
    """Return how the keys of an invitation's mails begin."""
    return f"invitation:{invitation.id}:"


def _mail(
    event: str, to: Recipient, context: dict[str, object], *, now: datetime, account: Account | None = None
) -> None:
    # Each of these mails answers one act at one moment; the key guards that act, and
    # outlives an erasure, so it does not hold the address itself. By the number of the
    # account an erasure finds the mails that went to an address the person had before.
    digest = hashlib.sha256(to.address.encode()).hexdigest()[:16]
    key = f"accounts/{event}/{account.id if account else 0}/{now.timestamp():.6f}/{digest}"
    enqueue_mail(key, f"accounts/{event}", to=to, context=context, now=now)


def _person(account: Account) -> Recipient:
    return Recipient(account.email, account.display_name, account.language, account.time_zone)


def _stranger(address: str) -> Recipient:
    return Recipient(address, "", "en", _UNSAID_ZONE)
