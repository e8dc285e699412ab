"""Invented firms that enter the competitions, from all 21 economies, and what they enter with."""

from dataclasses import dataclass

from gtn_events.accounts.enums import Gender

from .people import Person


@dataclass(frozen=True)
class Idea:
    """What a firm enters with; ``quality`` is about what a judge in the middle would give, 0 to 100."""

    key: str
    title: str
    firm: str
    category: str
    size: str
    quality: int
    summary: str


W, M, A, N = Gender.WOMAN, Gender.MAN, Gender.ANOTHER, Gender.NOT_SAID
CATEGORIES = {
    "E": "clean-energy",
    "P": "circular-production",
    "W": "water",
    "C": "cities",
    "L": "land-use",
}
SIZES = ("1-9", "10-49", "50-249")


def _ideas(*rows: tuple[str, str, str, str, int, str]) -> tuple[Idea, ...]:
    return tuple(
        Idea(key, title, firm, CATEGORIES[category], SIZES[number % 3], quality, summary)
        for number, (key, title, firm, category, quality, summary) in enumerate(rows)
    )


def _entrants(*rows: tuple[str, str, str, str, Gender, str]) -> tuple[Person, ...]:
    return tuple(Person(*row, organisation="", position="Founder") for row in rows)


# The entrant of "pe" is the delegate of the demonstration.
ENTRANTS = _entrants(
    ("vn", "Thảo", "Nguyễn Hoàng", "Nguyễn Hoàng Thảo", W, "VN"),
    ("ina", "Sekar", "Wulandari", "", W, "INA"),
    ("tha", "Chaiwat", "Rungrueang", "ชัยวัฒน์ รุ่งเรือง", M, "THA"),
    ("rok", "Ha-neul", "Seong", "성하늘", W, "ROK"),
    ("jpn", "Sora", "Minamoto", "源 そら", N, "JPN"),
    ("nz", "Hinewai", "Parata-Moana", "", W, "NZ"),
    ("mas", "Amirul", "bin Zakwan", "", M, "MAS"),
    ("cda", "Étienne", "Beaulac", "", M, "CDA"),
    ("phl", "Ligaya", "Manansala-Reyno", "", W, "PHL"),
    ("ct", "Shu-fen", "Wangyuan", "王苑淑芬", W, "CT"),
    ("chl", "Ignacia", "Montesol", "", W, "CHL"),
    ("tha2", "Malee", "Kaewsai", "มาลี แก้วใส", W, "THA"),
    ("prc", "Zhuyun", "Qing", "青竹韵", W, "PRC"),
    ("mex", "Xóchitl", "Barragán Luna", "", W, "MEX"),
    ("sgp", "Arjun", "Velmurugan", "", M, "SGP"),
    ("bd", "Dayang", "Siti Rohani", "", W, "BD"),
    ("rus", "Varvara", "Kedrova", "Варвара Кедрова", W, "RUS"),
    ("aus", "Jarrah", "Whitlock", "", A, "AUS"),
    ("pe2", "Wayra", "Condorhuari", "", W, "PE"),
    ("hkc", "Ka-wai", "Leungsing", "梁星家慧", M, "HKC"),
    ("png", "Kila", "Vagiso", "", M, "PNG"),
    ("us", "Marisol", "Greenfeather", "", W, "US"),
    ("phl2", "Tala", "Dimasupil", "", W, "PHL"),
)

THIS_EDITION = _ideas(
    (
        "vn",
        "Boards from rice husk",
        "Thảo Nguyên Materials",
        "P",
        82,
        "A board pressed from rice husk and lignin binder "
        "replaces plywood in concrete shuttering; it stands 31 pours instead of eight.",
    ),
    (
        "ina",
        "Salt-battery street light",
        "Lampu Garam",
        "C",
        81,
        "A street light that keeps the day's sun in molten salt; no lithium, no grid, five nights of reserve.",
    ),
    (
        "pe",
        "Cold store without a grid",
        "Andina Cold Store",
        "E",
        79,
        "Potatoes and cheese stay at 4 °C on night air, ice and six solar panels; 38 stores run above 3 500 metres.",
    ),
    (
        "tha",
        "Membrane for small tanneries",
        "Chao Phraya Membranes",
        "W",
        78,
        "A ceramic membrane gives tanneries of ten people their chromium and their water back.",
    ),
    (
        "rok",
        "Kiln heat, used twice",
        "Hanok Thermal",
        "P",
        78,
        "The heat of a roof-tile kiln dries the next load; 31 % less gas in nine kilns.",
    ),
    (
        "jpn",
        "Filter from brewery grain",
        "Kitakaze Filters",
        "P",
        74,
        "Spent grain becomes an air filter that is composted after its year.",
    ),
    (
        "nz",
        "Micro-hydro in a suitcase",
        "Rāwhiti Hydro",
        "E",
        74,
        "A 400-watt turbine that two people carry to a stream and set up in an afternoon.",
    ),
    (
        "mas",
        "Seaweed packaging film",
        "Kepulauan Film",
        "P",
        73,
        "A film of seaweed for dry food; it is gone in the sea after six weeks.",
    ),
    (
        "cda",
        "Leasing for heat pumps",
        "Northlight Lease",
        "E",
        72,
        "Small landlords pay for heat, not for the pump; the saving pays the lease.",
    ),
    (
        "phl",
        "Coir pots for nurseries",
        "Mindanao Coir",
        "L",
        72,
        "Seedling pots of coir that go into the ground with the plant.",
    ),
    (
        "ct",
        "Solvent-free print wash",
        "明淨科技 Clearwash",
        "P",
        71,
        "Presses are washed with a plant ester that is used forty times.",
    ),
    (
        "chl",
        "Copper from slag",
        "Escoria Viva",
        "P",
        70,
        "Bacteria take the last two per cent of copper from old slag heaps.",
    ),
    (
        "tha2",
        "Biochar by the sack",
        "Saetang Biochar",
        "L",
        69,
        "A kiln on a trailer turns orchard cuttings into biochar at the farm gate.",
    ),
    (
        "prc",
        "Bamboo conduit",
        "竹管 Bamboo Conduit",
        "C",
        69,
        "Cable conduit of wound bamboo instead of PVC, tested to the same fire class.",
    ),
    (
        "mex",
        "Solar dryer for chilli",
        "Secado Oaxaca",
        "L",
        68,
        "A dryer for twenty families that keeps colour and price, with no wood burnt.",
    ),
    (
        "sgp",
        "Leak finder for old mains",
        "Leakwise",
        "W",
        67,
        "A sensor that listens to water mains at night and names the metre that leaks.",
    ),
    (
        "bd",
        "Cassava-starch foam",
        "Busa Seria",
        "P",
        67,
        "Foam for parcels from cassava starch; it dissolves in the wash-basin.",
    ),
    (
        "rus",
        "Timber-frame logistics",
        "Тайга Модуль",
        "C",
        66,
        "House frames travel flat and come back for the next house.",
    ),
    (
        "aus",
        "Wool insulation rolls",
        "Fleece & Frame",
        "C",
        65,
        "Wool that no mill buys becomes insulation without a plastic binder.",
    ),
    (
        "pe2",
        "Insect feed for tilapia",
        "Proteína Sur",
        "L",
        64,
        "Market waste feeds larvae, larvae feed fish; soy is left out.",
    ),
    (
        "hkc",
        "Refill kiosk",
        "Harbour Refill",
        "C",
        63,
        "A kiosk that refills 24 household products by weight in housing estates.",
    ),
    (
        "png",
        "Sago husk briquettes",
        "Sepik Briquettes",
        "E",
        62,
        "Briquettes of sago husk replace firewood in school kitchens.",
    ),
    (
        "us",
        "Dye bath recovery",
        "Indigo Loop",
        "W",
        60,
        "A small denim works uses its indigo bath eleven times instead of three.",
    ),
    (
        "phl2",
        "Charging for tricycles",
        "Trike Current",
        "C",
        58,
        "Swap stations for the batteries of electric tricycles, on sun by day.",
    ),
)

FIRST_EDITION = _ideas(
    (
        "tha2",
        "Milk cooled by the sun",
        "Lamphun Cold Chain",
        "E",
        84,
        "A milk cooler for villages that makes its ice by day.",
    ),
    ("vn2", "Husk boards for schools", "Hà Giang Husk Boards", "P", 82, "School desks from rice husk."),
    (
        "ina4",
        "Water from a landslide slope",
        "Rinjani Water Works",
        "W",
        80,
        "Drains that hold a slope and fill the village tank.",
    ),
    (
        "phl1",
        "Dryer on a bicycle frame",
        "Bayani Solar Dryers",
        "L",
        77,
        "A solar dryer that is pedalled from farm to farm.",
    ),
    ("jpn2", "Cold kept in wax", "Mirai Cold Storage", "E", 75, "Wax plates keep a delivery van cold for nine hours."),
    (
        "vn1",
        "Membrane for noodle villages",
        "Sông Hồng Membranes",
        "W",
        73,
        "Starch water becomes clean water and feed.",
    ),
    ("mex2", "Cactus insulation", "Nopal Aislantes", "C", 72, "Insulation from cactus fibre for flat roofs."),
    ("rus3", "Heat pump for the frost", "Amur Heat Pumps", "E", 70, "A heat pump that works at −35 °C."),
    ("ina2", "Sago plates", "Sagu Biomaterials", "P", 68, "Plates from sago fibre for street kitchens."),
    ("pe1", "Ice from mountain nights", "Andina Cold Store", "E", 66, "Night frost is kept for the market day."),
    ("ct1", "Rinse water, five times", "Clearwash", "W", 65, "A rinse line that uses its water five times."),
    ("phl3", "Coir against erosion", "Visayas Coir Boards", "L", 63, "Coir nets that hold river banks."),
    ("rus1", "House in four days", "Taiga Module", "C", 61, "Timber modules for settlements without roads."),
    ("mas2", "Compost by the block", "Meranti Compost", "P", 60, "A composter for the kitchens of one block."),
    ("mex1", "Chilli without smoke", "Secado Oaxaca", "L", 57, "A closed dryer instead of an open fire."),
    ("jpn1", "Filter of rice paper", "Kitakaze Filters", "C", 55, "A room filter from waste rice paper."),
)

NEXT_CALL = _ideas(
    ("ina5", "Fibre from pineapple leaves", "Sagu Biomaterials Lab", "P", 0, "Yarn from leaves that were burnt."),
    ("jpn3", "Ice slurry by subscription", "Mirai Ice", "E", 0, "Fish markets pay for cold by the kilogram."),
    ("mas3", "Worm farms on roofs", "Meranti Roofs", "L", 0, "Kitchen waste becomes soil where it falls."),
    ("mex3", "Agave drip tape", "Riego Agave", "L", 0, "Drip tape of agave fibre that is ploughed in."),
    ("pe3", "Fog nets for schools", "Nieblas del Sur", "W", 0, "Nets that give a school 300 litres on a foggy day."),
    ("phl4", "Lamp oil from algae", "Bayani Algae", "E", 0, "Algae grown on fish-pond water."),
    ("rus2", "Stove with memory", "Amur Stoves", "C", 0, "A stove that keeps the evening's heat until noon."),
    ("ct2", "Parts library for fans", "Formosa Parts", "P", 0, "Spare parts of household fans, printed from scrap."),
    ("tha3", "Lamp that counts", "Lamphun Light", "C", 0, "Street lamps that report their own saving."),
)

AWARD = _ideas(
    ("tha2", "Cold chain on a scooter", "Lamphun Cold Chain", "E", 0, "A cold box that a delivery scooter can charge."),
    ("tha3", "Straw panels for schools", "Isan Straw", "P", 0, "Rice straw that was burnt becomes a wall panel."),
    ("tha4", "Silk dried by the sun", "Khon Kaen Silk Dryers", "C", 0, "A dryer that saves a village its firewood."),
    (
        "tha5",
        "Fog against orchard dust",
        "Chiang Dao Orchards",
        "L",
        0,
        "A cannon that binds the dust of orchards.",
    ),
    ("tha3", "Straw pots for seedlings", "Isan Straw", "L", 0, "Pots that are planted with the seedling."),
    ("tha4", "Dye water, used again", "Khon Kaen Silk Dryers", "W", 0, "Dyers keep nine tenths of their water."),
    ("tha2", "Ice that buys itself", "Lamphun Ice", "E", 0, "An ice maker that runs when power costs least."),
    ("vn2", "Husk boards for boats", "Hà Giang Husk Boards", "P", 0, "Boards from rice husk that stand sea water."),
    ("vn4", "Membranes on loan", "Sông Hồng Membranes", "W", 0, "Small dyers rent a membrane by the month."),
    ("mex1", "Chilli dried without smoke", "Secado Oaxaca", "E", 0, "A solar tunnel for two hundred kilograms a day."),
    ("ina3", "Sago foam for parcels", "Sagu Parcels", "P", 0, "Foam from sago pith that rots in a garden."),
    (
        "delegate",
        "Wool jackets for tanks",
        "Andina Cold Store",
        "E",
        0,
        "Wool keeps milk tanks cold for a day.",
    ),
)

PITCHES = _ideas(
    ("vn", "Cold boxes by the hour", "Mekong Cold", "E", 71, "Fishers rent a solar cold box for a morning."),
    ("tha", "Bricks from mill ash", "Chao Phraya Bricks", "P", 78, "Unfired bricks from the ash of rice mills."),
    ("jpn", "Moss on station roofs", "Koke Roofs", "C", 66, "Moss mats that cool platforms without watering."),
    ("phl", "Banana rope for nets", "Abaca Marine", "L", 84, "Aquaculture ropes that rot when they are lost."),
    ("ina", "Rain for ten houses", "Hujan Bersama", "W", 74, "A shared rain tank with a filter that ten houses keep."),
)
