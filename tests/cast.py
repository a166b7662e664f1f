"""A fixed cast known to all tests.

Olga runs operations, Farid finance, Quitterie quality, Ada administers. Camille coordinates the mission of the town of
Valmont and facilitates; Noor, Élodie and Idris facilitate; Dan coordinates another mission.
"""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from cordee.accounts import actions as accounts
from cordee.accounts.models import User
from cordee.catalogue import actions as catalogue
from cordee.catalogue.models import ServiceType
from cordee.catalogue.states import PaidRole, ServiceKind
from cordee.clients import actions as clients
from cordee.clients.models import ClientOrganisation, Contact
from cordee.clients.states import Sector
from cordee.closure import actions as closure
from cordee.kernel.actor import COMMAND, Actor, ActorKind
from cordee.kernel.periods import HalfDaySlot
from cordee.kernel.permissions import Role, permissions_of
from cordee.missions import actions as missions
from cordee.missions.models import Mission, OrderLine
from cordee.missions.rules import LineDraft
from cordee.network import actions as network
from cordee.network.models import Facilitator
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.planning.rules import SessionDraft

THURSDAY = date(2027, 1, 14)


@dataclass
class Cast:
    """Everybody, and the mission of the worked example: four workshops in parallel for a town."""

    olga: User
    farid: User
    quitterie: User
    ada: User
    camille: Facilitator
    noor: Facilitator
    elodie: Facilitator
    idris: Facilitator
    dan: Facilitator
    valmont: ClientOrganisation
    contact: Contact
    workshop: ServiceType
    training: ServiceType
    mission: Mission
    line: OrderLine
    other_mission: Mission

    def actor(self, person: User | Facilitator) -> Actor:
        """Return somebody as the pages would see them."""
        user = person.user if isinstance(person, Facilitator) else person
        return Actor(
            ActorKind.USER,
            user_id=user.pk,
            facilitator_id=person.pk if isinstance(person, Facilitator) else None,
            permissions=permissions_of(user.held_roles),
        )


def assemble() -> Cast:
    """Make the cast, through the actions that people use."""
    organisation.update(
        changes=OrganisationChanges(
            name="Cordée Formation",
            legal_form="association loi 1901",
            siret="73282932000074",
            activity_declaration_number="11 75 00000 75",
            prefect_region="d’Île-de-France",
            reply_to="bonjour@cordee-formation.example",
        ),
        expected_version=None,
        by=COMMAND,
    )
    olga = _colleague("Olga", "Petrov", Role.OPERATIONS)
    valmont = clients.add_client(
        name="Ville de Valmont", sector=Sector.PUBLIC_BODY, city="Valmont", by=COMMAND
    )
    contact = clients.add_contact(
        client_id=valmont.pk,
        first_name="Sophie",
        last_name="Lefèvre",
        email="s.lefevre@mairie-valmont.example",
        phone="06 12 34 56 78",
        by=COMMAND,
    )
    workshop, training = _catalogue()
    camille, noor, elodie, idris, dan = (
        _facilitator(*name.split(" ", 1))
        for name in ("Camille Rousset", "Noor van den Berg", "Élodie Martin", "Idris Benkirane", "Dan Cohen")
    )
    mission = _mission(valmont, contact, workshop, 4, camille)
    return Cast(
        olga=olga,
        farid=_colleague("Farid", "Amrani", Role.FINANCE),
        quitterie=_colleague("Quitterie", "Dubois", Role.QUALITY),
        ada=_colleague("Ada", "Nguyen", Role.ADMINISTRATOR),
        camille=camille,
        noor=noor,
        elodie=elodie,
        idris=idris,
        dan=dan,
        valmont=valmont,
        contact=contact,
        workshop=workshop,
        training=training,
        mission=mission,
        line=mission.order.lines.get(),
        other_mission=_mission(valmont, contact, workshop, 2, dan),
    )


def _colleague(first_name: str, last_name: str, role: Role) -> User:
    email = f"{first_name.lower()}@cordee-formation.example"
    return accounts.invite_colleague(
        email=email, first_name=first_name, last_name=last_name, roles=[role], by=COMMAND
    )


def _facilitator(first_name: str, last_name: str) -> Facilitator:
    email = f"{first_name.lower().replace('é', 'e')}@reseau.example"
    return network.invite_facilitator(email=email, first_name=first_name, last_name=last_name, by=COMMAND)


def _catalogue() -> tuple[ServiceType, ServiceType]:
    workshop = catalogue.add_service_type(
        code="workshop",
        name="Atelier 3 h",
        kind=ServiceKind.WORKSHOP,
        minutes=180,
        half_days=1,
        capacity=14,
        by=COMMAND,
    )
    training = catalogue.add_service_type(
        code="training",
        name="Formation 7 h",
        kind=ServiceKind.TRAINING,
        minutes=420,
        half_days=2,
        capacity=14,
        by=COMMAND,
    )
    schedule = catalogue.add_fee_schedule(name="Grille 2026", valid_from=date(2026, 1, 1), by=COMMAND)
    rates = {
        (service.pk, sector, role): Decimal(amount)
        for service, amounts in ((workshop, (250, 100)), (training, (450, 150)))
        for sector in Sector
        for role, amount in zip((PaidRole.FACILITATION, PaidRole.COORDINATION), amounts, strict=True)
    }
    catalogue.set_rates(schedule_id=schedule.pk, rates=rates, by=COMMAND)
    return workshop, training


def _mission(
    client: ClientOrganisation,
    contact: Contact,
    service: ServiceType,
    quantity: int,
    coordinator: Facilitator,
) -> Mission:
    order = missions.record_order(
        client_id=client.pk,
        sector=Sector(client.sector),
        title=f"{quantity} ateliers en parallèle",
        agreed_on=date(2026, 12, 12),
        lines=[
            LineDraft(
                service_type_id=service.pk,
                quantity=quantity,
                expected_participants=12 * quantity,
                unit_price=Decimal(900),
            )
        ],
        contact_id=contact.pk,
        practical_information="Entrée par la cour, badge à l’accueil.",
        by=COMMAND,
    )
    return closure.open_mission(order_id=order.pk, coordinator_id=coordinator.pk, by=COMMAND)


def draft(
    day: date = THURSDAY,
    starts: str = "09:00",
    ends: str = "12:00",
    title: str = "Atelier",
    **changes: object,
) -> SessionDraft:
    """Return a session on one half-day in the town hall, with these changes."""
    slot = HalfDaySlot(day, time.fromisoformat(starts), time.fromisoformat(ends))
    values: dict[str, object] = {"place": "Hôtel de ville, salle des mariages", **changes}
    return SessionDraft(title=title, half_days=(slot,), **values)  # type: ignore[arg-type]
