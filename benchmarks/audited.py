"""Makes the file of an audit in a house of its own: `python -m benchmarks.audited 200`.

Ten missions with so many sessions in all, each with its sheet signed on screens by twelve people and accepted. Sheets
are drawn for the file: they are nearly all that takes time.
"""

import sys
import time
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import django

MISSIONS = 10


def main(sessions: int) -> None:
    """Have the sheets accepted, then print how many seconds the file takes, its kilobytes and files."""
    django.setup()
    from benchmarks.many_sheets import accept_sheets
    from cordee.audits import actions
    from cordee.files import queries as files
    from cordee.kernel import clock
    from cordee.kernel.actor import COMMAND, SYSTEM

    accept_sheets(sessions)
    _share()
    today = clock.today()
    audit = actions.ask_draw(
        since=today - timedelta(days=365), until=today, count=MISSIONS, seed="banc", by=COMMAND
    )
    start = time.perf_counter()
    actions.build(audit_id=audit.pk, by=SYSTEM)
    seconds = time.perf_counter() - start
    audit.refresh_from_db()
    if audit.file is None or audit.missions.count() != MISSIONS:
        raise SystemExit("the file was not made of ten missions")
    content = files.content(audit.file)
    with ZipFile(BytesIO(content)) as archive:
        print(f"{seconds:.2f} {len(content) // 1024} {len(archive.namelist())}")


def _share() -> None:
    """Share the sessions of the one mission between ten."""
    from benchmarks.many_sheets import as_new
    from cordee.missions.models import Mission
    from cordee.planning.models import Session

    first = Mission.objects.get()
    missions = [first]
    for number in range(1, MISSIONS):
        order = as_new(first.order, ref=f"C-2026-9{number:03}", title="Même titre / « \\ : ? » \N{SNOWFLAKE}")
        missions.append(as_new(first, ref=f"M-2026-9{number:03}", order=order))
    for number, session in enumerate(Session.objects.order_by("pk")):
        Session.objects.filter(pk=session.pk).update(mission=missions[number % MISSIONS])


if __name__ == "__main__":
    main(int(sys.argv[1]))
