"""Small invented schedule files for the tests of the importer."""

EVENT = """
      <event id="{id}" guid="{guid}" {more}>
        <date>{date}</date><start>{start}</start><duration>{duration}</duration>
        <room>{room}</room><title>{title}</title><subtitle/><type>{type}</type>
        <track>{track}</track><language>en</language><abstract>{abstract}</abstract><description/>
        <persons>{persons}</persons><links/>
      </event>"""
DEFAULTS = {
    "id": "1",
    "guid": "11111111-0000-5000-8000-000000000001",
    "more": "",
    "date": "2013-06-05T09:00:00+07:00",
    "start": "09:00",
    "duration": "00:45",
    "room": "Hall A",
    "title": "Cold chains off the grid",
    "type": "lecture",
    "track": "Energy",
    "abstract": "Cold stores that run on sun.",
    "persons": '<person id="7">Hana Mori</person>',
}


def event(**values: str) -> str:
    """One event; ``values`` replace those of a plain one."""
    return EVENT.format(**(DEFAULTS | values))


def schedule(*events: str, conference: str = "", day: str = "2013-06-05", room: str = "Hall A", end: str = "") -> bytes:
    """A file with one day and one room; ``conference`` is put into the conference, ``end`` after the day."""
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<schedule><version>v1</version>
  <conference><acronym>gtn2013</acronym><title>GTN Forum</title><time_zone_name>Asia/Jakarta</time_zone_name>
  {conference}</conference>
  <day index="1" date="{day}"><room name="{room}">{"".join(events)}</room></day>{end}
</schedule>"""
    return text.encode()


def numbered(number: int) -> str:
    """A guid for each number."""
    return f"11111111-0000-5000-8000-{number:012d}"
