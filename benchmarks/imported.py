"""Puts many people on the list of a session, as an import does: `python -m benchmarks.imported 300`.

In a process of its own: the house it works on, a prepared and empty one, is the one that the environment names.
What follows from the import is left to the worker.
"""

import datetime as dt
import sys
import time
from typing import Any

import django


def main(how_many: int) -> None:
    """Tell the shortest story up to the import."""
    django.setup()

    from cordee.enrolment import actions as enrolment  # noqa: PLC0415 - Django has to be set up before
    from cordee.enrolment.rules import Person  # noqa: PLC0415 - as above
    from cordee.kernel.actor import COMMAND  # noqa: PLC0415 - as above

    people = [
        Person(email=f"p{n}@client.example", first_name=f"Prénom{n}", last_name="NOM")
        for n in range(how_many)
    ]
    planned = session(how_many)
    print(time.time())  # the moment at which somebody would have clicked
    enrolment.enrol(session_id=planned.pk, people=people, by=COMMAND)


def session(capacity: int) -> Any:
    """Plan a session in forty days, on the one mission of the house."""
    from cordee.catalogue import actions as catalogue  # noqa: PLC0415 - Django has to be set up before
    from cordee.catalogue.states import ServiceKind  # noqa: PLC0415 - as above
    from cordee.clients import actions as clients  # noqa: PLC0415 - as above
    from cordee.clients.states import Sector  # noqa: PLC0415 - as above
    from cordee.kernel import clock  # noqa: PLC0415 - as above
    from cordee.kernel.actor import COMMAND  # noqa: PLC0415 - as above
    from cordee.kernel.periods import HalfDaySlot  # noqa: PLC0415 - as above
    from cordee.missions import actions as missions  # noqa: PLC0415 - as above
    from cordee.missions.rules import LineDraft  # noqa: PLC0415 - as above
    from cordee.planning import actions as planning  # noqa: PLC0415 - as above
    from cordee.planning.rules import SessionDraft  # noqa: PLC0415 - as above

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
    mission = missions.open_mission(order_id=order.pk, by=COMMAND)
    slot = HalfDaySlot(clock.today() + dt.timedelta(days=40), dt.time(9), dt.time(12))
    draft = SessionDraft(title="Atelier", half_days=(slot,), place="Salle des fêtes", capacity=capacity)
    (planned,) = planning.plan_sessions(
        mission_id=mission.pk, line_id=order.lines.get().pk, draft=draft, by=COMMAND
    )
    return planned


if __name__ == "__main__":
    main(int(sys.argv[1]))
