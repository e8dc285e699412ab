"""A worker of its own process that forgets dead workers after ten seconds instead of minutes.

``python -m tests.load.worker`` with the ``GTN_...`` variables of the instance.
"""

from datetime import timedelta

from gtn_events.app import create_app
from gtn_events.core import worker
from gtn_events.core.outbox import delivery


def main() -> None:
    """Work until killed, one mail at a time."""
    delivery.LEASE = timedelta(seconds=10)
    worker.SWEEP_SECONDS = 0.3
    worker.run_worker(create_app(), threads=1)


if __name__ == "__main__":
    main()
