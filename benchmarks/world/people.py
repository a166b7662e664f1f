"""The organisation, its services and fees, its network, and its clients with those they send."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from benchmarks.world import names
from benchmarks.world.manifest import Sizes
from benchmarks.world.rows import Rows
from cordee.accounts.models import User
from cordee.catalogue.models import FeeRate, FeeSchedule, ServiceType
from cordee.catalogue.states import PaidRole, ServiceKind
from cordee.clients.models import ClientOrganisation, Contact
from cordee.clients.states import Sector
from cordee.enrolment.models import Participant
from cordee.kernel.names import search_key
from cordee.kernel.permissions import Role
from cordee.network.models import Facilitator
from cordee.organisation.models import Organisation

PARTICIPANTS_OF_A_CLIENT = 100
FEES = {
    PaidRole.FACILITATION: (Decimal(250), Decimal(450)),
    PaidRole.COORDINATION: (Decimal(100), Decimal(150)),
}
"""Per prestation: workshop, training."""


@dataclass(frozen=True, slots=True)
class Client:
    """A client organisation, its contact, and the ids of the people it sends."""

    organisation: ClientOrganisation
    contact: Contact
    participants: range


@dataclass(frozen=True, slots=True)
class People:
    """Everybody a mission needs."""

    operations: User
    quality: User
    finance: tuple[User, User]
    """Who prepares payments, and who approves them."""
    busy: Facilitator
    """Coordinates and runs a known share of the missions."""
    facilitators: list[Facilitator]
    workshop: ServiceType
    training: ServiceType
    clients: list[Client]


def assemble(rows: Rows, sizes: Sizes, anchor: datetime, random: Random) -> People:
    """Make everybody; nothing random decides how many."""
    organisation, _ = Organisation.objects.get_or_create(pk=1)
    organisation.name = "Cordée Formation"
    organisation.save()
    joined = anchor - timedelta(days=6 * 365)
    workshop, training = _services(rows, joined)
    operations = _user(rows, "operations@cordee.example", ("Olga", "Petrov"), joined, [Role.OPERATIONS])
    quality = _user(rows, "quality@cordee.example", ("Quitterie", "Dubois"), joined, [Role.QUALITY])
    finance = (
        _user(rows, "finance@cordee.example", ("Farid", "Haddad"), joined, [Role.FINANCE]),
        _user(rows, "finance-2@cordee.example", ("Fanny", "Roche"), joined, [Role.FINANCE]),
    )
    busy = _facilitator(rows, "busy@reseau.example", ("Camille", "Rousset"), joined, "Valmont")
    facilitators = [
        _facilitator(
            rows,
            f"facilitator-{number}@reseau.example",
            (random.choice(names.FIRST_NAMES), random.choice(names.LAST_NAMES)),
            joined,
            random.choice(names.CITIES),
        )
        for number in range(sizes.facilitators)
    ]
    clients = [make_client(rows, number, PARTICIPANTS_OF_A_CLIENT, random) for number in range(sizes.clients)]
    return People(operations, quality, finance, busy, facilitators, workshop, training, clients)


def make_client(rows: Rows, number: int, people: int, random: Random, city: str = "") -> Client:
    """Make a client with a contact and the people it will send."""
    city = city or names.CITIES[number % len(names.CITIES)]
    name = f"{random.choice(names.ACTIVITIES)} {random.choice(names.LAST_NAMES)} {number}"
    organisation = rows.add(
        ClientOrganisation(
            name=name,
            sector=tuple(Sector)[number % len(Sector)],
            city=city,
            postal_code="69001",
            address=f"{1 + number % 90} rue de la République",
            search_key=search_key(f"{name} {city}"),
        )
    )
    contact = rows.add(
        Contact(
            client=organisation,
            first_name=random.choice(names.FIRST_NAMES),
            last_name=random.choice(names.LAST_NAMES),
            email=f"contact@client-{number}.example",
            phone="06 12 34 56 78",
        )
    )
    made = [
        rows.add(
            Participant(
                client=organisation,
                email=f"personne.{position}@client-{number}.example",
                first_name=random.choice(names.FIRST_NAMES),
                last_name=random.choice(names.LAST_NAMES),
            )
        ).pk
        for position in range(people)
    ]
    return Client(organisation, contact, range(made[0], made[-1] + 1))


def _services(rows: Rows, since: datetime) -> tuple[ServiceType, ServiceType]:
    workshop = rows.add(
        ServiceType(code="workshop", name="Atelier 3 h", kind=ServiceKind.WORKSHOP, minutes=180, half_days=1)
    )
    training = rows.add(
        ServiceType(
            code="training", name="Formation 7 h", kind=ServiceKind.TRAINING, minutes=420, half_days=2
        )
    )
    schedule = rows.add(FeeSchedule(name="Grille", valid_from=since.date()))
    for sector in Sector:
        for role, amounts in FEES.items():
            for service, amount in zip((workshop, training), amounts, strict=True):
                rows.add(
                    FeeRate(schedule=schedule, service_type=service, sector=sector, role=role, amount=amount)
                )
    return workshop, training


def _user(rows: Rows, email: str, name: tuple[str, str], joined_at: datetime, roles: list[Role]) -> User:
    first_name, last_name = name
    return rows.add(
        User(
            email=email,
            first_name=first_name,
            last_name=last_name,
            joined_at=joined_at,
            roles=sorted(roles),
            password="!",  # noqa: S106 - nobody logs in by password
        )
    )


def _facilitator(
    rows: Rows, email: str, name: tuple[str, str], joined_at: datetime, city: str
) -> Facilitator:
    user = _user(rows, email, name, joined_at, [])
    return rows.add(
        Facilitator(user=user, city=city, search_key=search_key(f"{user.full_name} {email} {city}"))
    )
