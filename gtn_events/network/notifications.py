"""Which mail about a post goes to whom."""

from datetime import datetime

from gtn_events.core.outbox import Recipient, enqueue_mail

from .models import CoordinatorPost


def tell_of_post(post: CoordinatorPost, *, now: datetime) -> None:
    """Tell a person which post was entered for them, and from when."""
    _mail(post, "network/post_entered", "entered", now=now)


def tell_of_withdrawal(post: CoordinatorPost, *, now: datetime) -> None:
    """Tell a person that the post will not be theirs."""
    _mail(post, "network/post_withdrawn", "withdrawn", now=now)


def tell_of_handover(leaving: CoordinatorPost, following: CoordinatorPost, *, now: datetime) -> None:
    """Tell both persons who has the post until when, and who from when; each once for a handover."""
    for post in (leaving, following):
        _mail(post, "network/handover", f"handover:{following.id}", now=now, leaving=leaving, following=following)


def mails_of(post: CoordinatorPost) -> str:
    """Return how the keys of a post's mails begin."""
    return f"network:{post.id}:"


def _mail(post: CoordinatorPost, template: str, occasion: str, *, now: datetime, **context: CoordinatorPost) -> None:
    account = post.account
    to = (
        Recipient(account.email, account.display_name, account.language, account.time_zone)
        if account is not None
        else Recipient(post.holder_email, post.office_name)
    )
    enqueue_mail(
        f"{mails_of(post)}{occasion}", template, to=to, context={"post": post, **context}, now=now, scope=post.scope
    )
