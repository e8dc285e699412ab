"""The accounts of the demonstration: one for each role that has something to do yet, and the invented delegates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.domain.names import guess_language
from gtn_events.accounts.domain.passwords import hash_password
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, Organisation
from gtn_events.core.db import db

from .delegation import PEOPLE as DELEGATION
from .entrants import ENTRANTS
from .jury import JURORS
from .people import FIRMS, PEOPLE, TIME_ZONES, Person

PASSWORD = "green-ring-of-21"  # noqa: S105  # printed for everybody who starts the demonstration


@dataclass(frozen=True)
class RoleAccount:
    """An account that shows one role."""

    key: str
    role: Role | None
    given_name: str
    family_name: str
    economy: str
    shows: str

    @property
    def email(self) -> str:
        return f"{self.key}@gtn.example"


ROLE_ACCOUNTS = (
    RoleAccount("admin", Role.ADMINISTRATOR, "Ayu", "Kencana", "INA", "everything, people and roles"),
    RoleAccount("organiser", Role.ORGANISER, "Dimas", "Adiputra", "INA", "both forums, the competitions, the calls"),
    RoleAccount("helper", Role.HELPER, "Wulan", "Maharani", "INA", "the same, without settings, certificates, results"),
    RoleAccount("door", Role.CHECK_IN_STAFF, "Linh", "Nguyễn", "VN", "check-in at both forums"),
    RoleAccount("travel", Role.TRAVEL_OFFICER, "Mele", "Kila", "PNG", "funded travel: papers, per diem, the ledger"),
    RoleAccount("judge", Role.JUDGE, "Catalina", "Vergara", "CHL", "entries that wait for a judge"),
    RoleAccount("integrity", Role.INTEGRITY_OFFICER, "Aroha", "Wiremuri", "NZ", "who scores how, and the chains"),
    RoleAccount("delegate", None, "Camila", "Ríos", "PE", "a person who can register, and who has entered"),
    RoleAccount("speaker", None, "Ratna", "Suryadi", "INA", "a confirmed place at the next forum, and a session there"),
    RoleAccount(
        "coordinator",
        Role.ECONOMY_COORDINATOR,
        "Somchai",
        "Jaidee",
        "THA",
        "an economy endorses and nominates, and verifies its hosts",
    ),
    RoleAccount(
        "region", Role.REGIONAL_COORDINATOR, "Farid", "Iskandar", "MAS", "the economies of Southeast Asia, their posts"
    ),
    RoleAccount(
        "host", Role.HOST_MANAGER, "Niran", "Somsri", "THA", "places and applications of Korat Green Incubator"
    ),
)


def add_role_accounts(*, now: datetime) -> dict[str, Account]:
    """Add one account for each role, with the same password; key to account. Flushes."""
    password_hash = hash_password(PASSWORD)
    accounts = {}
    for each in ROLE_ACCOUNTS:
        account = Account(
            email=each.email,
            email_key=each.email,
            email_confirmed_at=now,
            password_hash=password_hash,
            given_name=each.given_name,
            family_name=each.family_name,
            economy_code=each.economy,
            time_zone=TIME_ZONES[each.economy],
            created_at=now,
        )
        db.session.add(account)
        accounts[each.key] = account
    db.session.flush()
    return accounts


def add_people(*, now: datetime) -> dict[str, Account]:
    """Add the invented delegates with their organisations, without passwords; key to account. Flushes."""
    organisations = _organisations(now=now)
    accounts = {
        person.key: _account(person, "delegates", organisations[person.organisation], now=now) for person in PEOPLE
    }
    db.session.add_all(accounts.values())
    db.session.flush()
    return accounts


def add_entrants(*, now: datetime) -> dict[str, Account]:
    """Add the people who enter this edition of the competition, without passwords; key to account. Flushes."""
    accounts = {person.key: _account(person, "firms", None, now=now) for person in ENTRANTS}
    db.session.add_all(accounts.values())
    db.session.flush()
    return accounts


def add_delegation(*, now: datetime) -> dict[str, Account]:
    """Add the people whom an economy sends, without passwords; key to account. Flushes."""
    accounts = {person.key: _account(person, "delegation", None, now=now) for person in DELEGATION}
    db.session.add_all(accounts.values())
    db.session.flush()
    return accounts


def add_jurors(judge: Account, *, now: datetime) -> dict[str, Account]:
    """Add the judges, without passwords but for the one who is there already; key to account. Flushes."""
    accounts = {
        juror.person.key: judge if juror.person.key == "judge" else _account(juror.person, "jury", None, now=now)
        for juror in JURORS
    }
    db.session.add_all(accounts.values())
    db.session.flush()
    return accounts


def present_role_accounts() -> Iterable[RoleAccount]:
    """Return the role accounts that this database holds."""
    held = set(db.session.scalars(select(Account.email_key).where(Account.email_key.like("%@gtn.example"))))
    return [each for each in ROLE_ACCOUNTS if each.email in held]


def _organisations(*, now: datetime) -> dict[str, Organisation]:
    organisations = {
        firm.name: Organisation(
            name=firm.name, kind=firm.kind, economy_code=firm.economy, sector=firm.sector, created_at=now
        )
        for firm in FIRMS
    }
    db.session.add_all(organisations.values())
    return organisations


def _account(person: Person, domain: str, organisation: Organisation | None, *, now: datetime) -> Account:
    email = f"{person.key}@{domain}.example"
    return Account(
        email=email,
        email_key=email,
        email_confirmed_at=now,
        given_name=person.given_name if person.family_name else "",
        family_name=person.family_name or person.given_name,
        own_script_name=person.own_script_name,
        own_script_language=guess_language(person.own_script_name, economy_code=person.economy),
        gender=person.gender,
        position=person.position,
        economy_code=person.economy,
        organisation=organisation,
        time_zone=TIME_ZONES[person.economy],
        created_at=now,
    )
