"""CPU of a badge sheet: ``python bench/badges.py [COUNT]``.

Badges of a forum drawn as the job draws them, in a process that has drawn one before, as in the worker: names in the
scripts of the network, with and without back sides. CPU is user + system time.
"""

import sys
import tempfile
import time
from dataclasses import replace

from gtn_events.app import create_app
from gtn_events.config import load_settings
from gtn_events.forum.documents_badges import BadgeFacts, badges_pdf, check_letters
from gtn_events.forum.enums import BadgeFormat
from instance import ROOT  # noqa: F401  # puts the names of the tests in reach
from tests.forum.test_badges_pdf import EVERYBODY

TARGET_COUNT, TARGET = 500, 15.0


def main(count: int) -> None:
    with tempfile.TemporaryDirectory(prefix="gtn-bench-") as folder:
        settings = load_settings({"GTN_INSTANCE_DIR": folder, "GTN_MAIL_URL": "memory:", "GTN_JOBS_URL": "memory:"})
        with create_app(settings).app_context():
            badges_pdf(EVERYBODY, BadgeFormat.SINGLE, with_back=True, title="Badges")
            badges = [badge(number) for number in range(count)]
            for paper in BadgeFormat:
                tell(badges, paper, with_back=False)
                if paper.has_back:
                    tell(badges, paper, with_back=True)


def badge(number: int) -> BadgeFacts:
    facts = EVERYBODY[number % len(EVERYBODY)]
    return replace(facts, reference=f"GTN13-0000-{number:04}", entries=facts.entries * (number % 4))


def tell(badges: list[BadgeFacts], paper: BadgeFormat, *, with_back: bool) -> None:
    """Print one line about one kind of paper."""
    before = time.process_time()
    for facts in badges:
        check_letters(facts)
    badges_pdf(badges, paper, with_back=with_back, title="Badges")
    seconds = time.process_time() - before
    verdict = (
        f", target {TARGET:g} s: {'met' if seconds <= TARGET else 'MISSED'}" if len(badges) == TARGET_COUNT else ""
    )
    back = " with back sides" if with_back else ""
    each = 1000 * seconds / len(badges)
    print(f"{len(badges)} badges, {paper.value}{back}: {seconds:.1f} s CPU ({each:.0f} ms each){verdict}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TARGET_COUNT)
