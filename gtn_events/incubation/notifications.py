"""Which mail about an offer goes to whom, and what it needs to say."""

from datetime import datetime

from gtn_events.core.outbox import Recipient, enqueue_mail

from .models import Offer


def tell_applicant(offer: Offer, template: str, *, now: datetime) -> None:
    """Put one mail about an offer into the outbox, once for each occasion.

    Args:
        template: such as ``incubation/offer_made``.
    """
    account, call = offer.application.account, offer.application.call
    enqueue_mail(
        f"offer:{offer.id}:{template}",
        template,
        to=Recipient(
            address=account.email, name=account.display_name, language=account.language, time_zone=account.time_zone
        ),
        context={"offer": offer, "application": offer.application, "call": call, "host": offer.intake.host},
        now=now,
        scope=call.scope,
    )
