"""Fills a house with money alone, or exports a batch there: `python -m benchmarks.booked audit 1000000`.

In a process of its own, as `benchmarks.imported`. The rows are those of `benchmarks.world`, written by the same hands.
"""

import sys
import time
from datetime import datetime, timedelta
from random import Random
from typing import Any

import django

FACILITATORS = 2_000
AN_INVOICE = 4
"""Fees on one invoice, as where they are made once a month."""
YEARS = 5


def main(what: str, number: int) -> None:
    """Do what is asked."""
    django.setup()
    from cordee.kernel import clock
    from cordee.kernel.periods import local

    now = local(clock.now(), "Europe/Paris")
    match what:
        case "audit":
            begin, until = now - timedelta(days=365 * YEARS), now - timedelta(days=3)
            fill(number, facilitators=FACILITATORS, begin=begin, until=until, anchor=now)
        case "payments":
            # Due since some days, which is after the last batch; some people share an umbrella company.
            at = now - timedelta(days=33)
            people = number + number * 3 // 10
            fill(people, facilitators=people, begin=at, until=at, anchor=now, an_invoice=1)
        case _:
            export()


def fill(
    lines: int,
    *,
    facilitators: int,
    begin: datetime,
    until: datetime,
    anchor: datetime,
    an_invoice: int = AN_INVOICE,
) -> None:
    """Write so many approved fees, and all that became of them by `anchor`."""
    from benchmarks.world.build import hurry
    from benchmarks.world.manifest import Sizes
    from benchmarks.world.money import Billing
    from benchmarks.world.people import assemble
    from benchmarks.world.rows import Rows
    from benchmarks.world.suppliers import sellers

    hurry()
    rows = Rows()
    sizes = Sizes(missions=0, facilitators=facilitators, clients=1)
    people = assemble(rows, sizes, anchor, Random(2026))
    through = sellers(rows, people.facilitators, people.training, anchor)
    finance = (people.finance[0].pk, people.finance[1].pk)
    billing = Billing(rows, through, people.training, anchor, finance)
    mission, line = _mission(rows, people, begin)
    requests = -(-lines // an_invoice)
    for number in range(requests):
        at = begin + (until - begin) * number / requests
        who = people.facilitators[number % facilitators]
        request = _request(rows, mission, number, at, finance[0])
        fees = [_fee(rows, request, who, line, 100 + number % 300) for _fee_line in range(an_invoice)]
        billing.approved(request, fees)
        billing.until(at)
        rows.flush_if_many()
    billing.finish()
    rows.finish()


def _mission(rows: Any, people: Any, at: datetime) -> tuple[Any, Any]:
    from cordee.missions.models import Mission, Order, OrderLine

    client = people.clients[0]
    order = rows.add(
        Order(
            ref="C-2020-0001",
            client=client.organisation,
            sector=client.organisation.sector,
            contact=client.contact,
            title="Ateliers",
            agreed_on=at.date(),
            recorded_at=at,
        )
    )
    line = rows.add(
        OrderLine(order=order, position=1, service_type=people.workshop, quantity=1, unit_price=900)
    )
    return rows.add(Mission(ref="M-2020-0001", order=order, opened_at=at)), line


def _request(rows: Any, mission: Any, number: int, at: datetime, by: int) -> Any:
    from cordee.fees.models import FeeRequest
    from cordee.fees.states import RequestKind, RequestStatus

    return rows.add(
        FeeRequest(
            mission=mission,
            ref=f"R-2020-{number:07}",
            kind=RequestKind.FACILITATION,
            status=RequestStatus.APPROVED,
            extra=True,
            month=at.date().replace(day=1),
            sent_at=at,
            decided_at=at,
            decided_by=by,
        )
    )


def _fee(rows: Any, request: Any, who: Any, line: Any, amount: int) -> Any:
    """Return a fee that is of no session, so that none has to be made up."""
    from cordee.fees.models import FeeLine
    from cordee.fees.states import RequestKind

    return rows.add(
        FeeLine(
            request=request,
            kind=RequestKind.COORDINATION,
            facilitator=who,
            line=line,
            unit_amount=amount,
            amount=amount,
        )
    )


def export() -> None:
    """Prepare, approve and export all that is due; print how many payments, and the seconds of each step."""
    from cordee.accounts.models import User
    from cordee.kernel import clock
    from cordee.kernel.actor import Actor, ActorKind
    from cordee.kernel.permissions import ROLES, Role
    from cordee.payments import actions
    from cordee.payments.models import Payment

    first, second = (
        Actor(ActorKind.USER, user_id=pk, permissions=ROLES[Role.FINANCE].permissions)
        for pk in User.objects.filter(email__startswith="finance").order_by("pk").values_list("pk", flat=True)
    )
    today = clock.today()
    seconds = []
    start = time.monotonic()
    batch = actions.prepare(execute_on=today, due_by=today, by=first)
    seconds.append(time.monotonic() - start)
    for act in (actions.approve, actions.export):
        start = time.monotonic()
        act(batch_id=batch.pk, by=second)
        seconds.append(time.monotonic() - start)
    told = " ".join(f"{each:.2f}" for each in seconds)
    print(Payment.objects.filter(batch=batch).count(), told)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)
