"""What the home page says about a person's certificates."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from gtn_events.accounts.home import HomeItem, HomeSection
from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from .models import Certificate
from .queries import certificates_of_holder

MOST_SHOWN = 3


def own_certificates(account: Account, _now: datetime) -> HomeSection:
    """Return the person's latest certificates that stand."""
    latest = certificates_of_holder(account.id).where(Certificate.revoked_at.is_(None)).limit(MOST_SHOWN)
    return HomeSection(
        have=[
            HomeItem(
                title=f"{certificate.kind.label}, {certificate.shown_facts.forum_title}",
                text=_("Number %(serial)s", serial=certificate.serial),
                url=url_for("certificates.mine"),
            )
            for certificate in db.session.scalars(latest)
        ]
    )
