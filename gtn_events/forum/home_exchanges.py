"""What an organiser's home page shows of exchanges: those that wait for a delegation the organisers answer for."""

from collections import Counter
from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement

from gtn_events.accounts.home import HomeItem

from .models import Forum
from .queries.allotments import DELEGATION_CLASSES
from .queries.exchanges import count_to_answer


def exchanges_waiting(organised: ColumnElement[bool]) -> Iterator[HomeItem]:
    """Yield, for each forum of the condition, how many exchanges the organisers have to answer."""
    waiting: Counter[Forum] = Counter()
    for forum, _holder, count in count_to_answer(organised, DELEGATION_CLASSES):
        waiting[forum] += count
    for forum, count in waiting.items():
        yield HomeItem(
            title=ngettext("%(num)s exchange of places to answer", "%(num)s exchanges of places to answer", count),
            text=forum.title,
            url=url_for("forum_manage.exchange_list", forum=forum),
            button=_("Answer"),
        )
