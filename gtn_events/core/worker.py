"""The worker process: a huey consumer, and a sweep that finds what a lost wake or a killed worker left."""

import logging
import threading

from flask import Flask
from huey.consumer import Consumer

from . import clock
from .jobs import has_due_jobs, run_due_periodic_tasks
from .outbox import has_due_mail, settle_ended_leases
from .pdf import load_engine
from .queue import EXTENSION, Queue

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 5.0
GRACE_SECONDS = 25


class _StoppingConsumer(Consumer):
    """Tells running jobs to put themselves back into the queue before it waits for them."""

    queue: Queue

    def stop(self, graceful: bool = False) -> None:  # huey's own signature
        self.queue.stopping.set()
        super().stop(graceful)


def run_worker(app: Flask, *, threads: int) -> None:
    """Work until SIGTERM (finish or put back what runs, at most 25 s) or SIGINT (stop at once)."""
    load_engine()
    queue: Queue = app.extensions[EXTENSION]
    queue.job_slots = threading.Semaphore(max(1, threads - 1))
    consumer = _StoppingConsumer(
        queue.huey,
        workers=threads,
        periodic=False,
        initial_delay=0.1,
        max_delay=1.0,
        graceful_signal="TERM",
        shutdown_timeout=GRACE_SECONDS,
    )
    consumer.queue = queue
    threading.Thread(target=_sweep_until_stopped, args=(app, queue), name="sweep", daemon=True).start()
    logger.info("worker started with %s threads", threads)
    consumer.run()


def sweep(app: Flask) -> None:
    """Free what dead workers held, ring for what is due, and run the periodic tasks whose time has come.

    While the queue is away there is nobody to hear the ring, and the sweep does the work itself.
    """
    queue: Queue = app.extensions[EXTENSION]
    with app.app_context():
        now = clock.now()
        settle_ended_leases(now)
        run_due_periodic_tasks(now)
        for what, is_due in (("mail", has_due_mail), ("jobs", has_due_jobs)):
            if is_due(now) and not queue.ring(what):
                queue.look(what)


def _sweep_until_stopped(app: Flask, queue: Queue) -> None:
    while not queue.stopping.is_set():
        try:
            sweep(app)
        except Exception:  # the boundary: a database that is away for a minute must not end the sweep
            logger.exception("the sweep failed; it is tried again")
        queue.stopping.wait(SWEEP_SECONDS)
