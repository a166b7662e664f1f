"""Invented clients of the four sectors, each with somebody to call."""

from dataclasses import dataclass

from stdnum import luhn

from cordee.clients import actions as clients
from cordee.clients.states import Sector
from cordee.demo import names
from cordee.demo.stage import Client, Stage

VALMONT = "Ville de Valmont"
_SECTORS = {"E": Sector.COMPANY, "A": Sector.ASSOCIATION, "P": Sector.PUBLIC_BODY, "S": Sector.EDUCATION}


@dataclass(frozen=True, slots=True)
class _Seed:
    """One line of `seeds/clients.txt`, in the order of its columns."""

    sector: Sector
    name: str
    domain: str
    place: str
    address: str
    postal_code: str
    city: str
    contact: str
    position: str


def add_all(stage: Stage) -> None:
    """Add every client of `seeds/clients.txt` with its contact, by operations."""
    for line in names.seeds("clients"):
        sector, *rest = line.split("|")
        _add(stage, _Seed(_SECTORS[sector], *rest))


def _add(stage: Stage, seed: _Seed) -> None:
    rng = stage.rng(seed.name)
    client = clients.add_client(
        name=seed.name,
        sector=seed.sector,
        siret=_siret(f"{rng.randrange(10**7):07d}"),
        address=seed.address,
        postal_code=seed.postal_code,
        city=seed.city,
        by=stage.olga,
    )
    domain = f"{seed.domain}.example"
    first_name, last_name = seed.contact.split(" ", 1)
    contact = clients.add_contact(
        client_id=client.pk,
        first_name=first_name,
        last_name=last_name,
        position=seed.position,
        email=names.address(first_name, last_name, domain),
        phone=names.phone(rng),
        by=stage.olga,
    )
    stage.clients[seed.name] = Client(
        id=client.pk,
        name=seed.name,
        sector=seed.sector,
        contact_id=contact.pk,
        domain=domain,
        place=seed.place,
        address=f"{seed.address}, {seed.postal_code} {seed.city}",
    )


def _siret(digits: str) -> str:
    """Return a number whose check digits are right but that no company has: none begins with 0."""
    siren = f"0{digits}"
    siren += luhn.calc_check_digit(siren)
    return f"{siren}0001{luhn.calc_check_digit(siren + '0001')}"
