"""The receipt that an officer signs for badges, as a PDF."""

from gtn_events.core.outbox import Attachment
from gtn_events.core.pdf import printable, render_pdf

from .models import BadgeHandover
from .words import days_in_words


def custody_receipt(handover: BadgeHandover, *, by_name: str) -> Attachment:
    """Return the receipt of a handover: each badge with number, name, category and state, and two lines to sign.

    Args:
        by_name: who gave the badges away.
    """
    forum = handover.forum
    title = f"Receipt {handover.id}, {forum.title}"
    data = render_pdf(
        "forum/custody",
        {
            "handover": handover,
            "forum": forum,
            "dates": days_in_words(forum.starts_on, forum.ends_on),
            "by_name": by_name,
            "printable": printable,
        },
        title=title,
    )
    return Attachment(f"{forum.slug}-badges-receipt-{handover.id}.pdf", "application/pdf", data)
