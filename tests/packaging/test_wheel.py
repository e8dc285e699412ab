"""The wheel carries everything: a machine that has only the wheel can make a database and show a page."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow

# Runs inside the fresh environment; prints what the test compares.
PROGRAM = """
import json
from datetime import date
from gtn_events.app import create_app
from gtn_events.certificates.documents import certificate_pdf
from gtn_events.certificates.enums import CertificateKind
from gtn_events.certificates.facts import ParticipationFacts
from gtn_events.certificates.models import Certificate
from gtn_events.core.templating import template_folder

app = create_app()
client = app.test_client()
page = client.get("/")
style = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
names = app.jinja_env.list_templates(extensions=["html", "txt"])
for name in names:
    app.jinja_env.get_template(name)
with app.app_context():
    facts = ParticipationFacts(
        given_name="Rosa", family_name="Huaman", forum_title="GTN Forum", city="Bali",
        host_economy_name="Indonesia", dates="5 June 2013", issued_on=date(2013, 6, 6),
    )
    certificate = Certificate(
        kind=CertificateKind.PARTICIPATION, template="participation", serial="P13-0001", facts=facts.as_dict()
    )
    document = certificate_pdf(certificate, verify_url="https://gtn.example/verify/P13-0001")
print(json.dumps({
    "folder": str(template_folder()),
    "page": page.status_code,
    "style": client.get(style).status_code,
    "templates": len(names),
    "document": document[:5].decode(),
    "ready": client.get("/readyz").json,
}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with the build backend that is installed."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)], cwd=folder)
    (built,) = folder.glob("gtn_events-*.whl")
    return built


@pytest.fixture(scope="module")
def fresh_environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment that holds the wheel alone; the packages it needs are borrowed by path."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(folder, with_pip=True)
    run([str(folder / "bin" / "python"), "-m", "pip", "install", "--no-deps", "--no-index", str(wheel)], cwd=folder)
    return folder


def run(command: list[str], *, cwd: Path, environment: dict[str, str] | None = None) -> str:
    """Run a command to its end; return what it printed."""
    result = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_wheel_holds_templates_styles_and_migrations(wheel: Path) -> None:
    wanted = {
        "gtn_events/templates/base.html",
        "gtn_events/templates/email/base.html",
        "gtn_events/migrations/env.py",
        "gtn_events/migrations/alembic.ini",
        "gtn_events/migrations/script.py.mako",
    }
    names = set(ZipFile(wheel).namelist())
    assert wanted - names == set()
    assert files_below(ROOT / "templates", "gtn_events/templates") - names == set()
    assert files_below(ROOT / "gtn_events", "gtn_events") - names == set()


def files_below(folder: Path, prefix: str) -> set[str]:
    return {
        f"{prefix}/{path.relative_to(folder).as_posix()}"
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_installed_wheel_makes_a_database_a_page_and_a_document(fresh_environment: Path, tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ["HOME"],  # its cache keeps the fonts that other tests have prepared
        # Only the path: the .pth files in there, which lead to this checkout, are not read.
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "GTN_INSTANCE_DIR": str(tmp_path / "instance"),
    }
    run([str(fresh_environment / "bin" / "gtn-events"), "db", "upgrade"], cwd=tmp_path, environment=environment)
    printed = run([str(fresh_environment / "bin" / "python"), "-c", PROGRAM], cwd=tmp_path, environment=environment)
    found = json.loads(printed.splitlines()[-1])
    assert Path(found.pop("folder")).is_relative_to(fresh_environment)
    assert found == {
        "page": 200,
        "style": 200,
        "templates": sum(path.suffix in {".html", ".txt"} for path in (ROOT / "templates").rglob("*")),
        "document": "%PDF-",
        "ready": {"database": "ok", "instance": "ok", "migrations": "ok"},
    }
