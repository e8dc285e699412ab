"""Facts of a ticket for tests."""

from gtn_events.forum.documents_ticket import TicketEntry, TicketFacts

FACTS = TicketFacts(
    forum_title="GTN Forum 2013",
    city="Jakarta",
    host_economy_name="Indonesia",
    dates="5 and 6 June 2013",
    venue="Balai Kartini",
    given_name="Naoki",
    family_name="Yamada",
    own_script_name="山田 直樹",
    own_script_language="ja",
    organisation_name="Sakura Kōgyō",
    representation="Japan",
    category_label="SME exhibitor",
    category_position=2,
    reference="GTN13-8R2M-1QW4",
    entries=(TicketEntry(when="Wed 5 June, 14:00", title="Green public procurement", place="Room 2"),),
)
