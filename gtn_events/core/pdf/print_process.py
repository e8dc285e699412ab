"""What a print process runs: pages come in, documents go out, until no more come in."""

import os
import pickle
import sys

from gtn_events.core.pdf.printer import Printer


def main() -> None:
    """Print lists of pages until the input ends."""
    # Whatever a library prints goes with the errors, not between the documents.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as documents:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        printer = Printer()
        while True:
            try:
                pages = pickle.load(sys.stdin.buffer)  # noqa: S301  # from the process that started this one
            except EOFError:
                return
            pickle.dump([printer.print(page) for page in pages], documents)
            documents.flush()


if __name__ == "__main__":
    main()
