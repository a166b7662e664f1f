"""The shortest story up to a list that is imported, in a house that is empty. Read once Django is set up."""

import datetime as dt
import time

from cordee.attendance import actions as attendance
from cordee.attendance.states import PresenceState
from cordee.catalogue import actions as catalogue
from cordee.catalogue.states import ServiceKind
from cordee.clients import actions as clients
from cordee.clients.states import Sector
from cordee.closure import actions as closure
from cordee.enrolment import actions as enrolment
from cordee.enrolment.rules import Person
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.kernel.periods import HalfDaySlot
from cordee.missions import actions as missions
from cordee.missions.rules import LineDraft
from cordee.notifications import actions as mails
from cordee.notifications.mails import Purpose
from cordee.notifications.states import MailRule, Timing
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.planning.rules import SessionDraft


def import_list(how_many: int) -> None:
    """Put this many people on the list of a session, and print the moment before (seconds since 1970, UTC)."""
    planned = session(how_many)
    print(time.time())  # the moment at which somebody would have clicked
    enrolment.enrol(session_id=planned.pk, people=people(how_many), by=COMMAND)


def people(how_many: int) -> list[Person]:
    """Return this many people, each with an address."""
    return [
        Person(email=f"p{n}@client.example", first_name=f"Prénom{n}", last_name="NOM")
        for n in range(how_many)
    ]


def record_presence(how_many: int) -> None:
    """Have this many people present on a session that is over, told without delay; print the moment before."""
    at_once = {Purpose.CERTIFICATE: MailRule(amount=0, timing=Timing.AFTER_CHANGE)}
    mails.set_rules(wanted=at_once, expected_version=None, by=COMMAND)
    with clock.frozen_at(clock.now() - dt.timedelta(days=50)):
        planned = session(how_many)
        on_list = enrolment.enrol(session_id=planned.pk, people=people(how_many), by=COMMAND).new
    states = {person.pk: PresenceState.PRESENT for person in on_list}
    print(time.time())
    attendance.record_presence(half_day_id=planned.half_days.get().pk, states=states, by=COMMAND)


def session(capacity: int, *, zone: str = "Europe/Paris", days: int = 40) -> Session:
    """Plan a session in some days from nine to noon, on the one mission of the house."""
    client = clients.add_client(name="Client", sector=Sector.COMPANY, by=COMMAND)
    service = catalogue.add_service_type(
        code="workshop",
        name="Atelier",
        kind=ServiceKind.WORKSHOP,
        minutes=180,
        half_days=1,
        capacity=14,
        by=COMMAND,
    )
    order = missions.record_order(
        client_id=client.pk,
        sector=Sector.COMPANY,
        title="Atelier",
        agreed_on=clock.today(),
        lines=[LineDraft(service_type_id=service.pk, quantity=1)],
        practical_information="Entrée par la cour, badge à l’accueil.",
        by=COMMAND,
    )
    mission = closure.open_mission(order_id=order.pk, by=COMMAND)
    slot = HalfDaySlot(clock.today(zone) + dt.timedelta(days=days), dt.time(9), dt.time(12))
    draft = SessionDraft(
        title="Atelier", half_days=(slot,), place="Salle des fêtes", capacity=capacity, time_zone=zone
    )
    (planned,) = planning.plan_sessions(
        mission_id=mission.pk, line_id=order.lines.get().pk, draft=draft, by=COMMAND
    )
    return planned
