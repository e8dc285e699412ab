"""The invented hosts of the demonstration, with what they give in the call that is open."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class DemoHost:
    """One host; ``verified_days`` counts from now, negative when it has run out, None when nobody verified it.

    Attributes:
        services: codes with terms and fees, ``code terms fee``.
        places: in the open call, None for none; ``caps`` of one economy and of one sector.
        reserves: trait to places.
        words: what the picture shows, empty for no photo.
    """

    name: str
    own: str = ""
    economy: str
    city: str
    zone: str
    summary: str
    sectors: tuple[str, ...]
    languages: tuple[str, ...]
    trl: tuple[int, int]
    services: tuple[str, ...]
    verified_days: int | None = 300
    listed: bool = True
    places: int | None = None
    caps: tuple[int | None, int | None] = (None, None)
    reserves: dict[str, int] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    months: tuple[int, int] = (0, 5)
    words: str = ""


HOSTS = (
    DemoHost(
        name="Kyushu Reuse Works",
        own="九州リユースワークス",
        economy="JPN",
        city="Fukuoka",
        zone="Asia/Tokyo",
        summary="Cold stores, refrigerants, and machines that get a second life.",
        sectors=("Cold stores", "Refrigerants", "Reuse"),
        languages=("ja", "en"),
        trl=(5, 9),
        services=("desk free", "laboratory paid 3,000 JPY an hour", "mentoring package", "certification package"),
        places=2,
        reserves={"first-stay": 1},
        months=(1, 4),
        words="A bench with opened compressors under bright lamps",
    ),
    DemoHost(
        name="Korat Green Incubator",
        own="ศูนย์บ่มเพาะสีเขียวโคราช",
        economy="THA",
        city="Korat",
        zone="Asia/Bangkok",
        summary="Food chains and rural cooling, with farms that try things out.",
        sectors=("Food chains", "Rural cooling"),
        languages=("th", "en", "es"),
        trl=(4, 9),
        services=("desk free", "test-bed free", "mentoring free", "accommodation package", "visa-letter free"),
        places=3,
        caps=(2, None),
        months=(1, 5),
        words="A cold room between rice fields, its door open",
    ),
    DemoHost(
        name="Cebu Cold Chain Centre",
        economy="PHL",
        city="Cebu",
        zone="Asia/Manila",
        summary="Fish, ice and the way from an island to a market.",
        sectors=("Fish", "Island logistics"),
        languages=("en", "fil"),
        trl=(3, 8),
        services=("desk free", "business-matching free", "training package", "translation paid 15 USD a page"),
        places=4,
        caps=(2, 2),
        reserves={"women-led": 1},
        words="Boxes of ice on a quay in the morning",
    ),
    DemoHost(
        name="Maker Mill Wellington",
        economy="NZ",
        city="Wellington",
        zone="Pacific/Auckland",
        summary="Prototypes and metalwork, one guest at a time.",
        sectors=("Prototypes", "Metalwork"),
        languages=("en", "mi"),
        trl=(2, 7),
        services=("office package", "laboratory free", "intellectual-property paid 120 NZD an hour"),
        places=1,
        months=(2, 4),
    ),
    DemoHost(
        name="Johor Packaging Lab",
        economy="MAS",
        city="Johor Bahru",
        zone="Asia/Kuala_Lumpur",
        summary="Packaging that can be composted, and the standards it has to meet.",
        sectors=("Packaging", "Standards"),
        languages=("ms", "en", "zh"),
        trl=(4, 8),
        services=("desk free", "laboratory package", "certification paid by agreement"),
        places=2,
        only=("circular",),
        months=(1, 4),
    ),
    DemoHost(
        name="Atacama Solar House",
        economy="CHL",
        city="Antofagasta",
        zone="America/Santiago",
        summary="The strongest sun of the network, for whatever runs on it.",
        sectors=("Solar", "Storage"),
        languages=("es", "en"),
        trl=(5, 9),
        services=("test-bed free", "desk free", "investor-pitch free"),
        places=3,
        only=("energy",),
        months=(0, 5),
    ),
    DemoHost(
        name="Lima Incuba Verde",
        economy="PE",
        city="Lima",
        zone="America/Lima",
        summary="First customers for clean water and for what grows in dry places.",
        sectors=("Water", "Food chains"),
        languages=("es", "en"),
        trl=(3, 9),
        services=("desk free", "market-study package", "company-set-up paid 400 USD"),
        verified_days=20,
        places=2,
        months=(1, 5),
    ),
    DemoHost(
        name="Suwon Clean Cooling Lab",
        own="수원클린쿨링랩",
        economy="ROK",
        city="Suwon",
        zone="Asia/Seoul",
        summary="Heat pumps and cooling without harmful gases.",
        sectors=("Cooling", "Heat pumps"),
        languages=("ko", "en"),
        trl=(4, 9),
        services=("laboratory free", "desk free"),
        verified_days=-12,
    ),
    DemoHost(
        name="Chiang Mai Bamboo Works",
        own="เชียงใหม่แบมบูเวิร์กส์",
        economy="THA",
        city="Chiang Mai",
        zone="Asia/Bangkok",
        summary="Boards, tubes and fibres of bamboo.",
        sectors=("Materials", "Construction"),
        languages=("th", "en"),
        trl=(3, 8),
        services=("desk free", "laboratory free"),
        verified_days=None,
        listed=False,
    ),
)
