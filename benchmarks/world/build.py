"""Building a world: everybody, then mission after mission, the known ones first."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.db import connection

from benchmarks.world.manifest import Manifest, sizes_of
from benchmarks.world.mission import write
from benchmarks.world.money import Billing
from benchmarks.world.opinions import Asking
from benchmarks.world.people import assemble, make_client
from benchmarks.world.plans import Plans
from benchmarks.world.rows import Rows
from benchmarks.world.story import tell
from benchmarks.world.suppliers import sellers
from cordee.accounting.actions import close_through
from cordee.closure.actions import refresh_boards
from cordee.fees.models import Payable
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.kernel.periods import Month
from cordee.missions.models import Mission
from cordee.organisation.models import NumberSeries
from cordee.payments.models import Batch

SEED = 2026


class BuildError(RuntimeError):
    """The world cannot be built; the message says why."""


def build(scale: float, anchor: datetime, *, say: Callable[[str], None] = lambda _line: None) -> Manifest:
    """Fill an empty database at `scale` percent, around the moment `anchor`; the same rows every time."""
    if Mission.objects.exists():
        raise BuildError("there is a world in this database already")
    started = time.monotonic()
    sizes, random = sizes_of(scale), Random(SEED)
    hurry()
    rows = Rows()
    people = assemble(rows, sizes, anchor, random)
    through = sellers(rows, [people.busy, *people.facilitators], people.training, anchor)
    finance = (people.finance[0].pk, people.finance[1].pk)
    billing = Billing(rows, through, people.training, anchor, finance)
    asking = Asking(rows, people, anchor)
    plans = Plans(sizes, people, anchor, random)
    town = make_client(rows, sizes.clients, 300, random, city="Valmont")
    company = make_client(rows, sizes.clients + 1, 30, random, city="Valmont")
    large = write(rows, people, plans.large_mission(town))
    single = write(rows, people, plans.large_session(company))
    for known in (large, single):
        tell(rows, billing, known)
        asking.ask(known)
    for number, plan in enumerate(plans.ordinary(), start=1):
        written = write(rows, people, plan)
        tell(rows, billing, written)
        asking.ask(written)
        rows.flush_if_many()
        if number % 2_000 == 0:
            say(f"{number:,} missions of {sizes.missions:,}")
    say("invoices and payments")
    billing.finish()
    for year, number in plans.numbers.items():
        for series in ("C", "M"):
            rows.add(NumberSeries(series=series, year=year, last=number))
    rows.finish()
    _analyse()
    say("the books")
    _close_books(anchor)
    say("the boards of the missions")
    _boards(anchor)
    _analyse()
    issued = Payable.objects.filter(supplier=through[people.busy.pk].row, invoice__isnull=False)
    last = issued.order_by("-pk")[0]
    return Manifest(
        scale=scale,
        anchor=anchor,
        mission_ref=large.row.ref,
        session_ref=single.sessions[0].row.ref,
        sheet_refs=tuple(session.row.ref for session in large.sessions if len(session.half_days) > 1),
        search_few="valmont camille",
        search_many="ateliers",
        coordinator_email=people.busy.user.email,
        operations_email=people.operations.email,
        finance_email=people.finance[1].email,
        quality_email=people.quality.email,
        supplier_id=last.supplier_id,
        invoice_id=last.invoice_id or 0,
        payable_id=last.pk,
        batch_ref=Batch.objects.order_by("-pk")[0].ref,
        counts=dict(sorted(rows.written.items())),
        seconds=round(time.monotonic() - started, 1),
    )


def hurry() -> None:
    """Let SQLite write without waiting for the disk: a world cut short is built again."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        connection.cursor().execute("PRAGMA synchronous=OFF")


def _close_books(anchor: datetime) -> None:
    """Close the months that are over, as finance does; the last of them is still open."""
    month = Month.of((anchor.date().replace(day=1) - timedelta(days=1)).replace(day=1) - timedelta(days=1))
    with clock.frozen_at(anchor):
        close_through(month=month, by=COMMAND)


def _boards(anchor: datetime) -> None:
    """Write the boards of all missions, as the house does it."""
    with clock.frozen_at(anchor):
        refresh_boards(mission_ids=Mission.objects.values_list("pk", flat=True))


def _analyse() -> None:
    """Have the database learn how the data are spread, as it does by itself over time."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite" or connection.in_atomic_block:
            cursor.execute("ANALYZE")
        else:
            cursor.execute("VACUUM ANALYZE")
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
