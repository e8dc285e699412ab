"""Does one thing in a process of its own, which dies by SIGKILL just before a chosen statement that writes.

``python -m tests.load.dying <act> <number> <statement>``; statement 0 lets it live.
"""

import os
import signal
import sys
from typing import Any

from sqlalchemy import event, select

from gtn_events.accounts.models import Account
from gtn_events.app import create_app
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.delegations.domain.circulars import release
from gtn_events.delegations.models import CircularVersion
from gtn_events.forum.periodic import pass_offers_on

WRITES = ("INSERT", "UPDATE", "DELETE")


def main() -> None:
    """Do it, commit it, and print how many statements wrote."""
    act, number, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    seen = 0

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:  # Any: SQLAlchemy's signature
        nonlocal seen
        seen += statement.lstrip().startswith(WRITES)
        if seen == last > 0:
            os.kill(os.getpid(), signal.SIGKILL)

    with create_app().app_context():
        event.listen(db.engine, "before_cursor_execute", count)
        {"release": _release, "offers": _offers}[act](number)
        db.session.commit()
    sys.stdout.write(str(seen))


def _release(version_id: int) -> None:
    version = db.session.get_one(CircularVersion, version_id)
    organiser = db.session.scalars(select(Account).order_by(Account.id).limit(1)).one()
    release(version, actor=organiser, now=clock.now())


def _offers(_number: int) -> None:
    pass_offers_on(clock.now())


if __name__ == "__main__":
    main()
