"""CPU and memory of the printed list of participants: ``python bench/participant_list.py``.

500 and 2,000 people of 21 economies with names in the scripts of the network, in each template, drawn as the job draws
them in a process that has drawn one before. CPU is user + system time; memory is what the process came to hold beyond
that, a process for each list.
"""

import resource
import subprocess
import sys
import tempfile
import time
from io import BytesIO

from pypdf import PdfReader

from gtn_events.app import create_app
from gtn_events.config import load_settings
from gtn_events.designs.templates import templates
from gtn_events.designs.values import Design
from gtn_events.forum.documents_participants import list_pdf
from gtn_events.forum.list_wording import FAMILY
from instance import ROOT  # noqa: F401  # puts the names of the tests in reach
from tests.forum.test_list_pdf import economies, facts

SIZES = (500, 2000)
LARGEST_RATIO = 4.4


def main() -> None:
    for template in templates(FAMILY):
        seconds = {count: tell(template, count) for count in SIZES}
        ratio = seconds[2000] / seconds[500]
        verdict = "met" if ratio <= LARGEST_RATIO else "MISSED"
        print(f"{template:9} ratio 2,000 : 500 people {ratio:.2f}  (target {LARGEST_RATIO}: {verdict})", flush=True)


def tell(template: str, count: int) -> float:
    """Print what a list costs in a process of its own, and return its seconds."""
    line = [sys.executable, __file__, template, str(count)]
    told = subprocess.run(line, stdout=subprocess.PIPE, check=True, text=True).stdout.split()
    seconds, memory, pages = float(told[0]), float(told[1]), int(told[2])
    print(f"{template:9} {count:5} people, {pages:3} pages: {seconds:5.2f} s, {memory:3.0f} MiB more", flush=True)
    return seconds


def measure(template: str, count: int) -> None:
    """Print CPU seconds, memory in MiB and pages of one list."""
    with tempfile.TemporaryDirectory(prefix="gtn-bench-") as folder:
        settings = load_settings({"GTN_INSTANCE_DIR": folder, "GTN_MAIL_URL": "memory:", "GTN_JOBS_URL": "memory:"})
        with create_app(settings).app_context():
            design = Design(template=template, orientation=templates(FAMILY)[template].orientations[0])
            list_pdf(facts(economies(21, [1])), design, version=0)
            idle, before = most_memory(), time.process_time()
            each, more = divmod(count, 21)
            sizes = [each + (number < more) for number in range(21)]
            data = list_pdf(facts(economies(21, sizes)), design, version=0)
            print(time.process_time() - before, most_memory() - idle, len(PdfReader(BytesIO(data)).pages))


def most_memory() -> float:
    """Return the most that this process ever held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(sys.argv[1], int(sys.argv[2]))
    else:
        main()
