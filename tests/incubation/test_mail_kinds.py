"""Organisers of a call find every mail of theirs among its kinds."""

from gtn_events.core.templating import template_folder
from gtn_events.incubation.mail_kinds import MAIL_KINDS

# To managers and coordinators about a host, which belongs to no call, and to the organisers themselves.
OF_NO_CALL = {"host_expires", "host_sent_back", "host_to_verify", "host_verified", "places_withdrawn_organiser"}


def test_every_mail_of_a_call_has_its_kind() -> None:
    templates = {folder.name for folder in (template_folder() / "email" / "incubation").iterdir() if folder.is_dir()}
    own = {f"incubation/{name}" for name in templates - OF_NO_CALL}
    assert own | {"certificates/corrected"} == set(MAIL_KINDS)
