"""Mails about appeals: to the entrant, to the organiser, to whoever decides, and about corrected results."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.outbox import Recipient, enqueue_mail

from .models import Amendment, Appeal, Competition
from .notifications import tell_entrant


def tell_of_appeal(appeal: Appeal, template: str, *, now: datetime) -> None:
    """Put one mail to the entrant about an appeal into the outbox."""
    occasion = f"appeal:{appeal.id}:{appeal.state}"
    tell_entrant(appeal.entry, template, now=now, occasion=occasion, appeal=appeal, round=appeal.round)


def tell_organiser_of_appeal(appeal: Appeal, *, now: datetime) -> None:
    """Tell the competition's contact that an appeal has come, when there is one."""
    competition = appeal.competition
    if not competition.contact_email:
        return
    enqueue_mail(
        f"appeal:{appeal.id}:arrived",
        "competition/appeal_arrived",
        to=Recipient(competition.contact_email, competition.contact_name, "en", competition.time_zone),
        context={"competition": competition, "appeal": appeal, "entry": appeal.entry, "round": appeal.round},
        now=now,
        scope=competition.scope,
    )


def tell_decider(appeal: Appeal, *, now: datetime) -> None:
    """Tell the chosen person that an appeal waits for their decision, once for each time they are chosen."""
    decider = appeal.decider
    if decider is None:
        return
    enqueue_mail(
        f"appeal:{appeal.id}:decider:{decider.id}:{now.timestamp():.6f}",
        "competition/appeal_to_decide",
        to=_recipient(decider),
        context={"competition": appeal.competition, "appeal": appeal, "entry": appeal.entry, "round": appeal.round},
        now=now,
        scope=appeal.competition.scope,
    )


def tell_of_correction(competition: Competition, amendment: Amendment, account: Account, *, now: datetime) -> bool:
    """Tell an entrant that published results were corrected, once for each correction; False when told before."""
    mail = enqueue_mail(
        f"results-corrected:{amendment.id}:{account.id}",
        "competition/results_corrected",
        to=_recipient(account),
        context={"competition": competition, "amendment": amendment},
        now=now,
        scope=competition.scope,
    )
    return mail is not None


def _recipient(account: Account) -> Recipient:
    return Recipient(account.email, account.display_name, account.language, account.time_zone)
