"""The organisation itself, its office, and the sixty facilitators of its network."""

from datetime import timedelta
from typing import TYPE_CHECKING

from cordee.accounts import actions as accounts
from cordee.accounts.models import User
from cordee.demo import names, numbers, papers
from cordee.demo.stage import Stage
from cordee.kernel.actor import COMMAND, Actor, ActorKind
from cordee.kernel.permissions import Role, permissions_of
from cordee.network import actions as network
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges

if TYPE_CHECKING:
    from cordee.network.models import Facilitator

CAMILLE, IDRIS = "Camille Rousset", "Idris Benkirane"
_HOUSE = "cordee.example"
PERSONAS = {
    "camille": f"camille.rousset@{_HOUSE}",
    "idris": f"idris.benkirane@{_HOUSE}",
    "olga": f"olga.petrov@{_HOUSE}",
    "farid": f"farid.amrani@{_HOUSE}",
    "fanny": f"fanny.roche@{_HOUSE}",
    "quitterie": f"quitterie.dubois@{_HOUSE}",
    "ada": f"ada.nguyen@{_HOUSE}",
    "hanae": f"hanae.lefort@{_HOUSE}",
}
"""The addresses of those one can be with one click."""
_COORDINATORS = 16
"""How many of the network lead missions."""


def found(stage: Stage) -> None:
    """Make the organisation, its office and its network."""
    ada = _colleague("ada", "Ada", "Nguyen", Role.ADMINISTRATOR, COMMAND)
    stage.ada = ada
    organisation.update(
        changes=OrganisationChanges(
            name="Cordée Formation",
            legal_form="association loi 1901",
            siret="73282932000074",
            activity_declaration_number="11 75 00000 75",
            prefect_region="d’Île-de-France",
            representative="Hélène Marchand",
            representative_role="directrice",
            address="12 rue des Premiers-de-cordée",
            postal_code="75019",
            city="Paris",
            phone="01 99 00 12 34",
            reply_to=f"bonjour@{_HOUSE}",
            bank_iban=numbers.iban(7_000_001),
        ),
        papers={name: papers.paper(name) for name in papers.PAPERS},
        expected_version=None,
        by=ada,
    )
    stage.olga = _colleague("olga", "Olga", "Petrov", Role.OPERATIONS, ada)
    stage.farid = _colleague("farid", "Farid", "Amrani", Role.FINANCE, ada)
    stage.fanny = _colleague("fanny", "Fanny", "Roche", Role.FINANCE, ada)
    stage.quitterie = _colleague("quitterie", "Quitterie", "Dubois", Role.QUALITY, ada)
    stage.hanae = _colleague("hanae", "Hanae", "Lefort", Role.DISABILITY_OFFICER, ada)
    accounts.invite_colleague(
        email="herve.lacombe@certif-ouest.example",
        first_name="Hervé",
        last_name="Lacombe",
        roles=[Role.AUDITOR],
        ends_on=stage.today + timedelta(days=30),
        by=ada,
    )
    _network(stage)


def _colleague(key: str, first_name: str, last_name: str, role: Role, by: Actor) -> Actor:
    user = accounts.invite_colleague(
        email=PERSONAS[key], first_name=first_name, last_name=last_name, roles=[role], by=by
    )
    return _as_actor(user)


def _as_actor(user: User) -> Actor:
    return Actor(ActorKind.USER, user_id=user.pk, permissions=permissions_of(user.held_roles))


def _network(stage: Stage) -> None:
    rng = stage.rng("network")
    lines = [f"{CAMILLE}|Paris", f"{IDRIS}|Lyon", *names.FACILITATORS]
    for position, line in enumerate(lines):
        full_name, city = line.split("|")
        first_name, last_name = full_name.split(" ", 1)
        if full_name.startswith("Nguyễn"):
            first_name, last_name = "Minh Anh", "Nguyễn"
        own = {CAMILLE: PERSONAS["camille"], IDRIS: PERSONAS["idris"]}
        person: Facilitator = network.invite_facilitator(
            email=own.get(full_name) or names.address(first_name, last_name, "reseau.example"),
            first_name=first_name,
            last_name=last_name,
            phone=names.phone(rng),
            city=city,
            can_coordinate=position < _COORDINATORS and full_name != IDRIS,
            language="en" if full_name == "Victoria Okafor" else "fr",
            by=stage.olga,
        )
        stage.facilitators.append(person)
        if person.can_coordinate:
            stage.coordinators.append(person)
