"""The firms that have a place in the demonstration, where, and who signs for hosts and homes without an account."""

from .applications import Project

# The person's key to the host: one firm in each stage of a placement.
RUNNING, SIGNING, DRAFTING, AGREED, ENDED, COMPLETED, DECLINED = (
    "delegate",
    "tha2",
    "vn3",
    "mex2",
    "phl3",
    "mas2",
    "rus1",
)
HOST_OF = {
    RUNNING: "korat",
    SIGNING: "kyushu",
    DRAFTING: "korat",
    AGREED: "korat",
    ENDED: "kyushu",
    COMPLETED: "korat",
    DECLINED: "kyushu",
}
PLACED = (
    Project(
        RUNNING,
        "Cold rooms for mango farms",
        "Andina Cold Store",
        "food_and_cold_chains",
        8,
        18,
        "A cold room for ten families that runs on ice made while the sun shines.",
        ("korat", "cebu"),
    ),
    Project(
        SIGNING,
        "A second life for compressors",
        "Lamphun Cold Chain",
        "circular_production",
        7,
        12,
        "Compressors of cold trucks that are opened, mended and sold again.",
        ("kyushu",),
        ("women-led",),
    ),
    Project(
        DRAFTING,
        "Walls that rice leaves behind",
        "Hà Giang Husk Boards",
        "circular_production",
        7,
        10,
        "Boards of husk for the walls of a warehouse.",
        ("korat", "kyushu"),
    ),
    Project(
        AGREED,
        "Cactus in the roof",
        "Nopal Aislantes",
        "circular_production",
        6,
        8,
        "Insulation of cactus fibre that keeps a packing hall cool.",
        ("korat",),
        ("women-led",),
    ),
    Project(
        ENDED,
        "Coir that keeps fish cold",
        "Visayas Coir Boards",
        "food_and_cold_chains",
        7,
        12,
        "Boxes of coconut fibre in place of foam.",
        ("kyushu", "korat"),
        ("women-led",),
    ),
    Project(
        COMPLETED,
        "Compost that cools itself",
        "Meranti Compost",
        "food_and_cold_chains",
        8,
        8,
        "A heap that is turned by a small fan and never burns.",
        ("korat",),
    ),
    Project(
        DECLINED,
        "Modules for the far north",
        "Taiga Module",
        "clean_energy",
        7,
        9,
        "A container that heats a school with wood chips.",
        ("kyushu",),
    ),
)
# Economy to who signs as home coordinator, invented all: organisation, name, address.
HOMES = {
    "PE": ("Coordination of Peru (invented)", "Yanira Sotelo", "yanira.sotelo@coordination.example"),
    "VN": ("Coordination of Viet Nam (invented)", "Ngọc Anh Vũ", "ngoc.anh.vu@coordination.example"),
    "MEX": ("Coordination of Mexico (invented)", "Renata Olvera", "renata.olvera@coordination.example"),
    "PHL": ("Coordination of the Philippines (invented)", "Paolo Amihan", "paolo.amihan@coordination.example"),
    "MAS": ("Coordination of Malaysia (invented)", "Siti Zahara", "siti.zahara@coordination.example"),
    "RUS": ("Coordination of Russia (invented)", "Larisa Ozerova", "larisa.ozerova@coordination.example"),
}
HOSTS_SIGN = {"kyushu": ("Aiko Tanabe", "aiko.tanabe@kyushu-reuse-works.example")}

GOALS = (
    "Three farms near Korat run a cold room for a whole mango season",
    "A workshop in Thailand builds the next room from our drawings",
    "At most 8 % of the harvest is lost; it is 31 % today",
)
# From and to which day after the start, what is done, where, what comes out.
ACTIVITIES = (
    (0, 6, "Arrival, safety, and a plan of the weeks with the mentor", "Korat Green Incubator", "A plan of 18 weeks"),
    (7, 21, "Build the first room with local bricks and doors", "Workshop of the host", "A room below 12 °C"),
    (22, 55, "Run it with the first farm; talk with two more", "Farm in the valley of Pak Chong", "Two papers signed"),
    (75, 110, "Two more rooms, built by a workshop from the drawings", "Workshop in the town", "Drawings and prices"),
    (111, 130, "Count the harvest, open day, final report", "Korat Green Incubator", "Loss counted for a season"),
)
# What is reached, until which day after the start, how one sees it.
MILESTONES = (
    ("The first room runs", 21, "Below 12 °C for seven days in a row"),
    ("Two farms have signed", 45, "Two papers"),
    ("A workshop has built a part", 62, "A door that closes"),
    ("Half a season is counted", 66, "Kilograms in and out, by week"),
    ("Three farms run a room", 120, "Three rooms in use"),
)
SESSIONS = (
    (1, "mentoring", "2", "Plan of the first weeks"),
    (1, "desk", "2", "Two months for two people"),
    (8, "mentoring", "1.5", "Which farms to ask first"),
    (9, "laboratory", "6", "Salt mixtures at 38 degrees"),
    (15, "mentoring", "1.5", "What a farm pays for a room"),
    (22, "business-matching", "3", "Growers of the valley"),
    (29, "mentoring", "2", "The paper with the first farm"),
    (36, "laboratory", "4", "Door seals"),
    (43, "mentoring", "1", "The second farm"),
)
