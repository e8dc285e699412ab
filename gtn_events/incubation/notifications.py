"""Which mail about an application or an offer goes to whom, and what it needs to say."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.core.outbox import AttachmentRef, Recipient, enqueue_mail

from .models import Application, Intake, Offer


def tell_applicant(
    application: Application,
    template: str,
    *,
    now: datetime,
    occasion: str = "",
    attachments: Sequence[AttachmentRef] = (),
    **context: Any,
) -> None:  # Any: whatever the mail needs beyond application and call
    """Put one mail about an application into the outbox, once for each occasion.

    Args:
        template: such as ``incubation/application_admitted``.
        occasion: what makes the event unlike an earlier one; the change of the application's state if empty.
    """
    occasion = occasion or application.state_changed_at.isoformat()
    _tell(application.account, application, template, occasion, attachments, now=now, context=context)


def tell_host_person(
    account: Account,
    application: Application,
    template: str,
    *,
    now: datetime,
    occasion: str,
    attachments: Sequence[AttachmentRef] = (),
    **context: Any,
) -> None:  # Any: as above
    """Put one mail about an application to a person of a host into the outbox, once for each occasion and person."""
    _tell(account, application, template, f"{occasion}:{account.id}", attachments, now=now, context=context)


def _tell(
    account: Account,
    application: Application,
    template: str,
    occasion: str,
    attachments: Sequence[AttachmentRef],
    *,
    now: datetime,
    context: dict[str, Any],
) -> None:
    enqueue_mail(
        f"application:{application.id}:{template}:{occasion}",
        template,
        to=recipient_of(account),
        context={"application": application, "call": application.call, **context},
        now=now,
        scope=application.call.scope,
        attachments=attachments,
    )


def recipient_of(account: Account) -> Recipient:
    """Return how a person is written to."""
    return Recipient(
        address=account.email, name=account.display_name, language=account.language, time_zone=account.time_zone
    )


def remind_host(account: Account, intake: Intake, *, left: int, now: datetime) -> bool:
    """Put the reminder of a ranking into the outbox, once for each person and call; say whether it was new."""
    mail = enqueue_mail(
        f"intake:{intake.id}:ranking reminder:{account.id}",
        "incubation/ranking_reminder",
        to=recipient_of(account),
        context={"intake": intake, "call": intake.call, "host": intake.host, "left": left},
        now=now,
        scope=intake.call.scope,
    )
    return mail is not None


def tell_of_offer(offer: Offer, template: str, *, now: datetime) -> None:
    """Put one mail about an offer into the outbox, once for each occasion.

    Args:
        template: such as ``incubation/offer_made``.
    """
    application = offer.application
    enqueue_mail(
        f"offer:{offer.id}:{template}",
        template,
        to=recipient_of(application.account),
        context={"offer": offer, "application": application, "call": application.call, "host": offer.intake.host},
        now=now,
        scope=application.call.scope,
    )
