"""How a mission begins: what the client ordered, and who is put in charge."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from cordee.closure import actions as closure
from cordee.demo import names
from cordee.demo.catalogue import CONFERENCE, price
from cordee.demo.stage import Client, Stage, Story, actor, working_day
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.missions import actions as missions
from cordee.missions.models import Mission, Order, OrderLine
from cordee.missions.rules import LineDraft
from cordee.network.models import Facilitator
from cordee.planning.models import Session

_TO_KNOW = (
    ("Entrée par la cour, badge à l’accueil.", ""),
    ("Parking visiteurs derrière le bâtiment, prévenir de l’immatriculation la veille.", ""),
    ("Salle équipée d’un vidéoprojecteur.", "Prévoir les feutres : il n’y en a pas sur place."),
    ("Salle accessible de plain-pied.", "Une personne du groupe se déplace en fauteuil."),
    ("Déjeuner offert au restaurant du personnel, 12 h 30.", ""),
    ("", ""),
)
"""What participants read, and what the team alone does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """What a client ordered, `agreed` so many days before today (so it is negative)."""

    client: str
    agreed: int
    title: str
    theme: str = ""
    lines: tuple[tuple[str, int], ...]
    """Services and numbers of prestations."""
    coordinator: str = ""
    """Somebody by name; by chance when empty."""
    funder: str = ""
    facilitation_fee: Decimal | None = None


def deal_of(key: str) -> Deal:
    """Return a line of `seeds/deals.txt`."""
    line = next(line for line in names.seeds("deals") if line.startswith(f"{key}|"))
    client, agreed, title, theme, lines, coordinator, funder, fee = line.split("|")[1:]
    return Deal(
        client=client,
        agreed=int(agreed),
        title=title,
        theme=theme,
        lines=tuple((service, int(n)) for service, n in (part.split("×") for part in lines.split())),
        coordinator=coordinator,
        funder=funder,
        facilitation_fee=Decimal(fee) if fee else None,
    )


@dataclass(slots=True)
class Told:
    """A mission as far as its story is told."""

    stage: Stage
    rng: random.Random
    client: Client
    theme: str
    mission: Mission
    lines: list[OrderLine]
    coordinator: Facilitator
    sessions: list[Session] = field(default_factory=list)

    @property
    def by(self) -> Actor:
        """The coordinator, who does most of it."""
        return actor(self.coordinator)


def some_time(rng: random.Random) -> str:
    """Return a time at which offices work."""
    return f"{rng.randint(8, 17):02d}:{rng.randrange(60):02d}"


def later(told: Told, days: int) -> datetime:
    """Return a moment on the working day that many days from now."""
    day = working_day(clock.today() + timedelta(days=days))
    return told.stage.moment(day, some_time(told.rng))


def ordered(stage: Stage, deal: Deal) -> Story[Order]:
    """Operations record the order, the day after it was agreed."""
    rng, client = stage.rng(f"{deal.client}:{deal.agreed}"), stage.clients[deal.client]
    agreed_on = stage.day(deal.agreed)
    yield stage.moment(working_day(agreed_on + timedelta(days=1)), some_time(rng))
    practical, internal = rng.choice(_TO_KNOW)
    return missions.record_order(
        client_id=client.id,
        sector=client.sector,
        title=deal.title,
        agreed_on=agreed_on,
        lines=[
            LineDraft(
                service_type_id=stage.services[service].pk,
                quantity=quantity,
                expected_participants=(40 if service == CONFERENCE else 11) * quantity,
                unit_price=price(service, client.sector),
                facilitation_fee=deal.facilitation_fee,
            )
            for service, quantity in deal.lines
        ],
        contact_id=client.contact_id,
        funder=deal.funder,
        practical_information=practical,
        internal_notes=internal,
        by=stage.olga,
    )


def opened(stage: Stage, deal: Deal) -> Story[Told]:
    """The order is recorded, then its mission opened and its coordinator named."""
    order = yield from ordered(stage, deal)
    rng = stage.rng(f"{deal.client}:{deal.agreed}:mission")
    person = (
        stage.named(deal.coordinator) if deal.coordinator else rng.choice(stage.by_chance(stage.coordinators))
    )
    yield stage.moment(working_day(clock.today() + timedelta(days=rng.randint(0, 2))), "17:45")
    mission = closure.open_mission(order_id=order.pk, coordinator_id=person.pk, by=stage.olga)
    lines = list(order.lines.select_related("service_type").order_by("position"))
    return Told(stage, rng, stage.clients[deal.client], deal.theme, mission, lines, person)
