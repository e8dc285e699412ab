"""The checker of PDFs, where it is."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

CHECKER = Path(__file__).with_name("CheckPdf.java")
JAR_VARIABLE = "GTN_TEST_PDF_CHECKER"


@pytest.fixture
def broken_rules(tmp_path: Path) -> Callable[[dict[str, bytes]], list[str]]:
    """A function that returns one line for each rule that one of the named documents breaks."""
    jar, java = os.environ.get(JAR_VARIABLE), shutil.which("java")
    if not jar or java is None:
        pytest.skip("the PDF checker is not here: make check-pdf")

    def check(documents: dict[str, bytes]) -> list[str]:
        for name, data in documents.items():
            (tmp_path / name).write_bytes(data)
        paths = [str(tmp_path / name) for name in documents]
        told = subprocess.run([java, "-cp", jar, str(CHECKER), *paths], capture_output=True, text=True, check=False)
        lines = told.stdout.splitlines()
        assert sum(" checks, " in line for line in lines) == len(documents), told.stderr
        return [line for line in lines if not line.endswith(" 0 rules broken")]

    return check
