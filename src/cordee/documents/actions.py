"""Printing, which is kept."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from hashlib import sha256

from django.db import transaction

from cordee.documents import queries
from cordee.documents.models import PrintedSheet
from cordee.documents.rendering import RenderedPdf, SheetData, fingerprint, render_sheets
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.missions import queries as missions
from cordee.planning.models import Session

type Wanted = Sequence[tuple[Session, SheetData, str]]
"""Sessions, what stands on their sheets now, and the fingerprint of that."""


def print_sheets(*, sessions: Sequence[Session], by: Actor) -> RenderedPdf:
    """Return the attendance sheets of sessions as one file, and keep each version that was not printed before.

    The same list is the same version, and for one session the same bytes, however often it is printed; a list that
    changed is the next version.
    """
    wanted = [
        (session, sheet, fingerprint(sheet))
        for session, sheet in zip(sessions, queries.sheets_of(sessions), strict=True)
    ]
    known = queries.printed_before(prints for _, _, prints in wanted)
    if all((session.pk, prints) in known for session, _, prints in wanted):
        return _draw(wanted, known)
    return _print_new(wanted, by)


@transaction.atomic
def _print_new(wanted: Wanted, by: Actor) -> RenderedPdf:
    """Number the sheets one mission at a time, so that two people who print at once agree on what is printed."""
    for mission_id in sorted({session.mission_id for session, _, _ in wanted}):
        missions.locked(mission_id)
    known = queries.printed_before(prints for _, _, prints in wanted)
    last = queries.last_versions(session.pk for session, _, _ in wanted)
    new = {
        (session.pk, prints): PrintedSheet(
            session=session,
            version=last.get(session.pk, 0) + 1,
            fingerprint=prints,
            data=_data(sheet),
            layout=None,
            printed_at=clock.now(),
            user_id=by.user_id,
        )
        for session, sheet, prints in wanted
        if (session.pk, prints) not in known
    }
    drawn = _draw(wanted, known | new)
    for (session, _, prints), layout in zip(wanted, drawn.layouts, strict=True):
        if row := new.get((session.pk, prints)):
            row.layout, row.sha256 = layout, sha256(drawn.content).hexdigest()
    PrintedSheet.objects.bulk_create(new.values())
    return drawn


def _draw(wanted: Wanted, rows: dict[tuple[int, str], PrintedSheet]) -> RenderedPdf:
    printed = [rows[session.pk, prints] for session, _, prints in wanted]
    numbered = [
        replace(sheet, version=row.version, printed_on=date.fromisoformat(row.data["printed_on"]))
        for (_, sheet, _), row in zip(wanted, printed, strict=True)
    ]
    return render_sheets(numbered, layouts=[row.layout for row in printed])


def _data(sheet: SheetData) -> dict[str, object]:
    data = asdict(sheet)
    logo = sheet.organisation.logo
    data["organisation"]["logo"] = sha256(logo).hexdigest() if logo else None
    for half_day in data["half_days"]:
        half_day.update({name: half_day[name].isoformat() for name in ("date", "starts", "ends")})
    return data | {"printed_on": sheet.printed_on.isoformat()}
