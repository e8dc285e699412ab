"""The files of a programme keep to the schemas of others, whatever the programme holds."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from gtn_events.forum.models import Forum
from gtn_events.forum.programme_files import file_content, schedule_json, schedule_xml
from gtn_events.forum.queries.programme_editions import edition_of, forget_editions
from tests.factories import make_forum
from tests.forum.programme.random_programmes import PLANS, Plan, put_in
from tests.forum.programme.sample import make_programme

NOW = datetime(2013, 3, 1, tzinfo=UTC)
RANDOM = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def complaints(shared_data: Path) -> Callable[[Forum], list[str]]:
    """A function that returns what both schemas say against the files of a forum."""
    folder = shared_data / "schemas"
    xml_schema = etree.XMLSchema(etree.parse(str(folder / "schedule.xml.xsd")))
    rules = json.loads((folder / "schedule.schema.json").read_text("utf-8"))
    json_schema = jsonschema.validators.validator_for(rules)(rules)

    def check(forum: Forum) -> list[str]:
        forget_editions()
        content = file_content(forum, edition_of(forum, now=NOW))
        xml_schema.validate(etree.fromstring(schedule_xml(content)))
        told = [error.message for error in xml_schema.error_log]
        return told + [error.message for error in json_schema.iter_errors(json.loads(schedule_json(content)))]

    return check


@pytest.fixture(autouse=True)
def fresh_editions() -> Iterator[None]:
    """Read each programme afresh: the tests use the same ids again."""
    forget_editions()
    yield
    forget_editions()


@pytest.fixture
def forum(database: None) -> Forum:
    return make_forum()


@RANDOM
@given(plan=PLANS)
def test_every_programme_keeps_to_both_schemas(
    forum: Forum, complaints: Callable[[Forum], list[str]], plan: Plan
) -> None:
    with put_in(forum, plan):
        assert complaints(forum) == []


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("slug", ["a", "a-b", "green-2013", "2013"])
def test_programme_without_sessions_keeps_to_both_schemas(complaints: Callable[[Forum], list[str]], slug: str) -> None:
    assert complaints(make_forum(slug)) == []


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("time_zone", ["America/Argentina/Buenos_Aires", "Asia/Ho_Chi_Minh", "UTC", "Etc/GMT+8"])
def test_every_time_zone_keeps_to_both_schemas(complaints: Callable[[Forum], list[str]], time_zone: str) -> None:
    assert complaints(make_programme(make_forum(time_zone=time_zone))) == []
