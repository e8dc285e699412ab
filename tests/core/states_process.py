"""A process that loads objects and lets go of them, while the garbage collector comes once at every moment."""

import gc

from sqlalchemy import select
from sqlalchemy.orm import Session

from gtn_events.app import create_app
from gtn_events.core.db import db, reading
from gtn_events.core.economies import Economy

MOMENTS = 120


def main() -> None:
    """Let go of all economies, garbage by then, as often as there are moments for the collector."""
    app = create_app()
    gc.freeze()  # a collection looks at what is loaded, not at the application
    with app.app_context(), reading(), Session(db.engine) as other:
        others = list(other.scalars(select(Economy)))
        for moment in range(MOMENTS):
            _load_garbage()
            _let_go(moment)
        assert others


def _load_garbage() -> None:
    gc.collect()
    gc.disable()
    economies = list(db.session.scalars(select(Economy)))
    for economy in economies:
        economy.circle = economy  # type: ignore[attr-defined]  # as two relationships make that lead to each other
    db.session.expire(economies[0])


def _let_go(moment: int) -> None:
    # Without used ones at hand, a dict is allocated, and every allocation may begin a collection.
    kept: list[dict[str, str]] = [{} for _ in range(200)]
    gc.set_threshold(gc.get_count()[0] + moment)
    gc.enable()
    db.session.remove()
    assert kept


if __name__ == "__main__":
    main()
