"""What a web page needs of results brings neither numpy nor scipy into its process."""

import subprocess
import sys

import pytest

PACKAGE = "gtn_events.competition.results"
LIGHT = ("audience", "rubric", "totals", "ladder", "lot", "cut", "notices", "rounding", "integrity.findings")


@pytest.mark.parametrize("module", LIGHT)
def test_module_of_words_and_rules_does_without_numpy(module: str) -> None:
    code = f"import {PACKAGE}.{module}, sys; sys.exit('numpy' in sys.modules or 'scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_statistics_of_scipy_are_never_loaded() -> None:
    heavy = "integrity.levels", "integrity.criteria", "integrity.home", "methods", "uncertainty", "simulation"
    imports = ", ".join(f"{PACKAGE}.{module}" for module in (*heavy, "more_scorecards"))
    code = f"import {imports}, sys; sys.exit('scipy.stats' in sys.modules or 'flask' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
