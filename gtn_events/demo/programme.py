"""The invented programme of the first forum: two days, four rooms, some forty sessions."""

from dataclasses import dataclass

from gtn_events.forum.enums import SessionKind, SessionLevel, SpeakerRole

ROOMS = (("Garuda Hall", 420), ("Room Merapi", 120), ("Room Rinjani", 60), ("Terrace room", 60))
TRACKS = ("Policy and procurement", "Finance and markets", "Energy and materials", "Co-incubation")
POLICY, FINANCE, ENERGY, INCUBATION = range(4)
EVERYONE = None  # a session for everybody has no track
HALL, MERAPI, RINJANI, TERRACE = range(4)

INTERPRETED = ("es", "vi", "zh-Hans")
LEVELS = {
    "Hosts meet applicants": SessionLevel.INTRODUCTORY,
    "Counting carbon in a firm of five": SessionLevel.INTRODUCTORY,
    "Lending against an energy saving": SessionLevel.INTERMEDIATE,
    "Heat pumps for laundries and dairies": SessionLevel.ADVANCED,
    "Membranes from rice straw": SessionLevel.ADVANCED,
}

PLENARY, BREAK, SESSION = SessionKind.PLENARY, SessionKind.BREAK, SessionKind.SESSION


@dataclass(frozen=True)
class DemoSession:
    """One session; ``day`` counts from 0, ``speakers`` are keys of people, a moderator has ``*`` before."""

    day: int
    start: str
    minutes: int
    room: int | None
    track: int | None
    kind: SessionKind
    title: str
    abstract: str = ""
    speakers: tuple[str, ...] = ()

    @property
    def level(self) -> SessionLevel | None:
        """What it takes for granted."""
        return LEVELS.get(self.title)

    @property
    def interpretation(self) -> tuple[str, ...]:
        """The plenaries are interpreted, and one session besides."""
        return INTERPRETED if self.kind is PLENARY or self.title == "Cold chains off the grid" else ()

    def cast(self) -> list[tuple[str, SpeakerRole]]:
        """Return (key, role) of everybody in the session."""
        return [
            (key.removeprefix("*"), SpeakerRole.MODERATOR if key.startswith("*") else SpeakerRole.SPEAKER)
            for key in self.speakers
        ]


def _at(  # noqa: PLR0917  # a table of rows, read by column
    day: int, start: str, minutes: int, room: int | None, track: int | None, title: str, abstract: str, *speakers: str,
    kind: SessionKind = SESSION,
) -> DemoSession:  # fmt: skip
    return DemoSession(day, start, minutes, room, track, kind, title, abstract, speakers)


def _pause(day: int, start: str, minutes: int, title: str) -> DemoSession:
    return DemoSession(day, start, minutes, None, EVERYONE, BREAK, title)


SESSIONS = (
    _pause(0, "08:30", 30, "Registration desk opens"),
    _at(0, "09:00", 75, HALL, EVERYONE, "Opening: a network of small green firms",
        "Why ten economies asked for a network of their own in Bali, what it has promised, what two days can decide. "
        "The host, a founder and a public buyer open the forum together.", "*ina1", "pe1", "tha1", kind=PLENARY),
    _pause(0, "10:15", 45, "Coffee on the exhibition floor"),
    _at(0, "11:00", 75, HALL, POLICY, "Buying green: what public buyers may ask for",
        "Which questions a tender may put, which it may not, and how a firm of nine people answers them in a week.",
        "*tha1", "ct1", "rus1"),
    _at(0, "11:00", 75, MERAPI, ENERGY, "Cold chains off the grid",
        "Fish, mangoes and vaccines spoil where the grid ends. Three small firms show cold stores that run on sun, "
        "salt and straw, what they cost per crate and how they are repaired without the maker.", "jpn1", "tha2", "pe1"),
    _at(0, "11:00", 75, RINJANI, FINANCE, "Lending against an energy saving",
        "Two lenders read the same three applications aloud and say where they stop.", "*mas2", "mex2"),
    _at(0, "11:00", 45, TERRACE, INCUBATION, "Hosts meet applicants",
        "Six hosts, seven minutes at each table. Bring a question, not a pitch.", "mas1", "mas4"),
    _pause(0, "12:15", 75, "Lunch"),
    _at(0, "13:30", 75, HALL, ENERGY, "Water reuse in small food plants",
        "A cannery, a brewery and a noodle maker closed their water loops. What broke, what it saved, and what the "
        "inspector wanted to see.", "ina4", "vn1", "ct3"),
    _at(0, "13:30", 75, MERAPI, FINANCE, "From pilot to first export order",
        "Four firms trace one order from the first e-mail to the paid invoice.", "*jpn3", "phl1", "vn2", "mex1"),
    _at(0, "13:30", 60, RINJANI, POLICY, "Writing a tender a small firm can win",
        "Buyers and bidders rewrite a real tender, clause by clause.", "tha5", "ina1"),
    _at(0, "13:30", 45, TERRACE, INCUBATION, "Agreement clinic: the tripartite form",
        "What host, guest and home incubator sign, and the three clauses that cause most of the trouble.", "mas1"),
    _at(0, "14:45", 75, TERRACE, EVERYONE, "Arranged meetings",
        "Twenty minutes each, at numbered tables."),
    _at(0, "15:00", 45, HALL, FINANCE, "Repair, refill, resell: three business models",
        "What customers pay for when they do not buy a new thing.", "ct2", "mas3", "phl3"),
    _at(0, "15:00", 45, MERAPI, ENERGY, "Boards from husk, bagasse and coir",
        "Strength, smell and price of boards made from what fields leave behind.", "vn2", "phl2"),
    _at(0, "15:00", 45, RINJANI, POLICY, "Labels that travel",
        "One test report for several markets: what mutual recognition would need.", "jpn2", "rus2"),
    _at(0, "16:00", 60, HALL, ENERGY, "Short talks: nine firms, five minutes each",
        "One slide, one number, one question to the room.", "ina2", "jpn1", "mas2", "mex1", "pe3", "phl1", "rus3",
        "tha3", "vn4"),
    _at(0, "16:00", 60, TERRACE, INCUBATION, "What a stay abroad changed",
        "Three founders who spent months at an incubator of another economy, and what they would do differently.",
        "*mas4", "vn3", "pe4"),
    _at(0, "17:15", 30, HALL, EVERYONE, "What we heard today",
        "Three listeners sum up the day in ten minutes each.", "ina4", "ct1", kind=PLENARY),
    _pause(0, "19:00", 120, "Host's dinner"),
    _pause(1, "08:30", 30, "Doors open"),
    _at(1, "09:00", 60, HALL, INCUBATION, "Co-incubation: what hosts look for",
        "Hosts say aloud what they never write in a call, and applicants answer.", "*mas1", "jpn3", "phl3",
        kind=PLENARY),
    _pause(1, "10:00", 30, "Coffee on the exhibition floor"),
    _at(1, "10:30", 105, HALL, EVERYONE, "Innovative firms present, eight minutes each",
        "Presentations of the firms that the economies sent, with questions from the floor.", "pe1", "tha2", "ct1",
        "vn1", "rus1", "mex2"),
    _at(1, "10:30", 60, MERAPI, FINANCE, "Insuring a machine nobody has seen before",
        "How underwriters look at a first of its kind, and the data they ask for.", "rus3", "phl4"),
    _at(1, "10:30", 60, RINJANI, ENERGY, "Heat pumps for laundries and dairies",
        "Measured months, not brochure figures: two sites, twelve months of readings.", "rus2", "jpn2"),
    _at(1, "10:30", 60, TERRACE, POLICY, "Counting carbon in a firm of five",
        "A method that fits on two pages, tried live on a volunteer's firm.", "pe2", "mex3"),
    _at(1, "11:30", 45, RINJANI, ENERGY, "Roofs, straps and storms",
        "Fixing panels where the typhoon comes every year.", "phl4", "ct2"),
    _at(1, "11:30", 45, TERRACE, FINANCE, "Payment terms that do not kill you",
        "Ninety days is long for nine people. What can be asked for, and when.", "ina7", "mas3"),
    _pause(1, "12:15", 105, "Lunch and side events"),
    _at(1, "14:00", 75, HALL, POLICY, "Work plan of the network: open drafting",
        "The short, medium and long-term plan, on screen, changed in the room.", "*ina1", "tha1", "pe2"),
    _at(1, "14:00", 75, MERAPI, ENERGY, "Compost that sells",
        "From market waste to a bag with a price: sieving, testing, selling.", "mas2", "ina5"),
    _at(1, "14:00", 45, RINJANI, FINANCE, "Green bonds are not for you (yet)",
        "What a small firm can use in their place, with three worked examples.", "mex2", "jpn3"),
    _at(1, "14:00", 45, TERRACE, INCUBATION, "Mentors, hours and expectations",
        "A one-page agreement between mentor and firm, filled in together.", "mas4", "tha4"),
    _at(1, "14:45", 45, RINJANI, ENERGY, "Membranes from rice straw",
        "Laboratory to village well in three years.", "vn1", "vn4"),
    _at(1, "14:45", 45, TERRACE, POLICY, "When standards help and when they hurt",
        "A short debate with a vote before and after.", "*rus1", "jpn4", "phl2"),
    _at(1, "15:30", 30, HALL, EVERYONE, "Directory of green products: first entries",
        "Each economy shows what it brings to the directory.", "ct3", "ina2"),
    _at(1, "16:00", 60, HALL, EVERYONE, "Recommendations of the forum",
        "The text that goes to the working group, read, amended and agreed.", "*ina1", "mas1", kind=PLENARY),
    _at(1, "17:00", 30, HALL, EVERYONE, "Closing", "Thanks, certificates, and who hosts next.", "ina1", "ina4",
        kind=PLENARY),
)  # fmt: skip

SIDE_EVENTS = (
    # title, topic, description, host economy, room, day, start, minutes, capacity
    ("Green government procurement: a policy round table", "Proposed in Bali, agreed by the working group",
     "Public buyers of six economies compare the clauses they use, and small firms say which of them they can meet. "
     "Bring a tender you lost; leave knowing why.", "INA", "Room Merapi", 0, "16:00", 75, 40),
    ("From waste heat to working capital", "Lenders explain how they read an energy saving",
     "Four lenders, three firms and one spreadsheet.", "CT", "Room Rinjani", 0, "16:00", 75, 24),
    ("Women who founded green firms", "Round table, open to everyone",
     "Eight founders, no slides. What they would tell themselves five years ago.", "PHL", "Terrace room", 1, "12:30",
     75, 30),
)  # fmt: skip
