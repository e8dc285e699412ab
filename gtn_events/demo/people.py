"""Invented people and firms of the ten economies of the network's first workshop, and a time zone of each economy."""

from dataclasses import dataclass

from gtn_events.accounts.enums import Gender, OrganisationKind


@dataclass(frozen=True)
class Person:
    """One invented person; ``key`` is the part of the address before the @."""

    key: str
    given_name: str
    family_name: str
    own_script_name: str
    gender: Gender
    economy: str
    organisation: str
    position: str


@dataclass(frozen=True)
class Firm:
    """One invented organisation."""

    name: str
    kind: OrganisationKind
    economy: str
    sector: str


W, M, A, N = Gender.WOMAN, Gender.MAN, Gender.ANOTHER, Gender.NOT_SAID

TIME_ZONES = {
    "AUS": "Australia/Sydney",
    "BD": "Asia/Brunei",
    "CDA": "America/Toronto",
    "CHL": "America/Santiago",
    "PRC": "Asia/Shanghai",
    "HKC": "Asia/Hong_Kong",
    "INA": "Asia/Jakarta",
    "JPN": "Asia/Tokyo",
    "ROK": "Asia/Seoul",
    "MAS": "Asia/Kuala_Lumpur",
    "MEX": "America/Mexico_City",
    "NZ": "Pacific/Auckland",
    "PNG": "Pacific/Port_Moresby",
    "PE": "America/Lima",
    "PHL": "Asia/Manila",
    "RUS": "Asia/Vladivostok",
    "SGP": "Asia/Singapore",
    "CT": "Asia/Taipei",
    "THA": "Asia/Bangkok",
    "US": "America/New_York",
    "VN": "Asia/Ho_Chi_Minh",
}

FIRMS = (
    Firm("Sagu Biomaterials", OrganisationKind.SME, "INA", "Materials"),
    Firm("Rinjani Water Works", OrganisationKind.SME, "INA", "Water"),
    Firm("Green Enterprise Office of Sembilan (invented)", OrganisationKind.MINISTRY, "INA", "Policy"),
    Firm("Kitakaze Filters", OrganisationKind.SME, "JPN", "Air"),
    Firm("Mirai Cold Storage", OrganisationKind.SME, "JPN", "Energy"),
    Firm("Meranti Compost", OrganisationKind.SME, "MAS", "Waste"),
    Firm("Bukit Incubator", OrganisationKind.INCUBATOR, "MAS", "Incubation"),
    Firm("Secado Oaxaca", OrganisationKind.SME, "MEX", "Food"),
    Firm("Nopal Aislantes", OrganisationKind.SME, "MEX", "Construction"),
    Firm("Andina Cold Store", OrganisationKind.SME, "PE", "Energy"),
    Firm("Instituto del Altiplano (invented)", OrganisationKind.RESEARCH_CENTRE, "PE", "Research"),
    Firm("Bayani Solar Dryers", OrganisationKind.SME, "PHL", "Energy"),
    Firm("Visayas Coir Boards", OrganisationKind.SME, "PHL", "Materials"),
    Firm("Taiga Module", OrganisationKind.SME, "RUS", "Construction"),
    Firm("Amur Heat Pumps", OrganisationKind.SME, "RUS", "Energy"),
    Firm("Clearwash", OrganisationKind.SME, "CT", "Water"),
    Firm("Formosa Repair Guild", OrganisationKind.SME, "CT", "Waste"),
    Firm("Lamphun Cold Chain", OrganisationKind.SME, "THA", "Energy"),
    Firm("Office of Small Firms (invented)", OrganisationKind.MINISTRY, "THA", "Policy"),
    Firm("Sông Hồng Membranes", OrganisationKind.SME, "VN", "Water"),
    Firm("Hà Giang Husk Boards", OrganisationKind.SME, "VN", "Materials"),
)


def _people(economy: str, *rows: tuple[str, str, str, Gender, str, str]) -> tuple[Person, ...]:
    return tuple(
        Person(
            key=f"{economy.lower()}{number}",
            given_name=given,
            family_name=family,
            own_script_name=own,
            gender=gender,
            economy=economy,
            organisation=organisation,
            position=position,
        )
        for number, (given, family, own, gender, organisation, position) in enumerate(rows, start=1)
    )


PEOPLE = (
    *_people(
        "INA",
        ("Dewi", "Prasetya", "", W, "Green Enterprise Office of Sembilan (invented)", "Director"),
        ("Bayu", "Wirawan", "", M, "Sagu Biomaterials", "Founder"),
        ("Suwandi", "Hartono", "", M, "Rinjani Water Works", "Engineer"),
        ("Kartika", "Lestari", "", W, "Rinjani Water Works", "Managing director"),
        ("Made", "Suartika", "", M, "Sagu Biomaterials", "Product lead"),
        ("Ratna", "", "", W, "Green Enterprise Office of Sembilan (invented)", "Analyst"),
        ("Agus", "Santikaw", "", M, "Rinjani Water Works", "Sales"),
    ),
    *_people(
        "JPN",
        ("Hana", "Mori", "森 はな", W, "Kitakaze Filters", "Founder"),
        ("Kenji", "Tsukimura", "月村 健二", M, "Mirai Cold Storage", "Engineer"),
        ("Yui", "Asagiri", "朝霧 結衣", W, "Mirai Cold Storage", "Export manager"),
        ("Ren", "Hoshikawa", "星川 蓮", A, "Kitakaze Filters", "Designer"),
    ),
    *_people(
        "MAS",
        ("Nurul Aisyah", "binti Rahman", "", W, "Bukit Incubator", "Programme lead"),
        ("Wei Jian", "Goh", "吴伟建", M, "Meranti Compost", "Founder"),
        ("Kavitha", "Subramaniam", "", W, "Meranti Compost", "Operations"),
        ("Hafiz", "Othmani", "", M, "Bukit Incubator", "Mentor"),
    ),
    *_people(
        "MEX",
        ("José Ángel", "Núñez", "", M, "Secado Oaxaca", "Founder"),
        ("María Fernanda", "Ibáñez Quiñones", "", W, "Nopal Aislantes", "Managing director"),
        ("Itzel", "Cruzado", "", W, "Secado Oaxaca", "Agronomist"),
    ),
    *_people(
        "PE",
        ("Rosa Nélida", "Huamán", "", W, "Andina Cold Store", "Founder"),
        ("Luis", "Paredes", "", M, "Instituto del Altiplano (invented)", "Researcher"),
        ("Valentina", "Quispe Mamani", "", W, "Andina Cold Store", "Engineer"),
        ("Óscar", "Ñaupari", "", M, "Andina Cold Store", "Sales"),
    ),
    *_people(
        "PHL",
        ("Maria Corazon", "Dimaculangan", "", W, "Bayani Solar Dryers", "Founder"),
        ("Jun", "Magsaysayon", "", M, "Visayas Coir Boards", "Operations"),
        ("Liwayway", "Balanoy", "", W, "Visayas Coir Boards", "Managing director"),
        ("Rafael", "Tuazon-Ilagan", "", N, "Bayani Solar Dryers", "Engineer"),
    ),
    *_people(
        "RUS",
        ("Elena", "Sokolova", "Елена Соколова", W, "Taiga Module", "Founder"),
        ("Mikhail", "Zvezdov", "Михаил Звездов", M, "Amur Heat Pumps", "Engineer"),
        ("Darya", "Lesnaya", "Дарья Лесная", W, "Amur Heat Pumps", "Managing director"),
    ),
    *_people(
        "CT",
        ("Mei-ling", "Chen", "陳美玲", W, "Clearwash", "Founder"),
        ("Chih-hao", "Lin", "林志豪", M, "Formosa Repair Guild", "Coordinator"),
        ("Yi-chun", "Tsaiyuan", "蔡苑怡君", W, "Clearwash", "Chemist"),
    ),
    *_people(
        "THA",
        ("Siriporn", "Wattanakul", "สิริพร วัฒนากุล", W, "Office of Small Firms (invented)", "Adviser"),
        ("Pimchanok", "Rattanaporn", "พิมพ์ชนก รัตนพร", W, "Lamphun Cold Chain", "Founder"),
        ("Krit", "Suwannarat", "กฤต สุวรรณรัตน์", M, "Lamphun Cold Chain", "Engineer"),
        ("Nattaya", "Boonmee", "ณัฐยา บุญมี", W, "Lamphun Cold Chain", "Sales"),
        ("Thanakorn", "Phromma", "ธนากร พรหมมา", M, "Office of Small Firms (invented)", "Analyst"),
    ),
    *_people(
        "VN",
        ("Thu Hằng", "Nguyễn Thị", "Nguyễn Thị Thu Hằng", W, "Sông Hồng Membranes", "Founder"),
        ("Minh Hà", "Trần", "Trần Minh Hà", W, "Hà Giang Husk Boards", "Managing director"),
        ("Quốc Bảo", "Lê", "Lê Quốc Bảo", M, "Hà Giang Husk Boards", "Engineer"),
        ("Thanh Sơn", "Đỗ", "Đỗ Thanh Sơn", M, "Sông Hồng Membranes", "Operations"),
    ),
)
