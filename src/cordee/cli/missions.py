"""`cordee missions list | show`: how far missions have come, for people and for programs."""

import json
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cordee.cli.printing import Stop, lines_of, table
from cordee.closure import queries as closure
from cordee.closure.steps import Progress, SessionProgress, Step, steps
from cordee.enrolment import queries as enrolment
from cordee.kernel.periods import local
from cordee.missions import queries as missions
from cordee.missions.models import Mission
from cordee.missions.queries import MissionFilter
from cordee.missions.states import NOTHING_DUE, MissionStatus
from cordee.planning.models import Session


def show_list(*, status: str, search: str, as_json: bool) -> int:
    """Print the missions, what is late first."""
    found = list(missions.missions(MissionFilter(status=status, search=search)))
    if as_json:
        _print_json([_row(mission) for mission in found])
    elif found:
        heads = (_("Mission"), _("Status"), _("Client"), _("Title"), _("Coordinator"), _("Due"), _("Counter"))
        for line in table(heads, map(_cells, found)):
            print(line)
        print(_("Counter: ordered, planned, held, proven, requested."))
    else:
        print(_("No mission matches."))
    return 0


def _row(mission: Mission) -> dict[str, Any]:
    return {
        **_head(mission),
        "due_on": _day(mission.due_on),
        "first_day": _day(mission.first_day),
        "last_day": _day(mission.last_day),
        "ordered": mission.ordered,
        "planned": mission.planned,
        "held": mission.held,
        "proven": mission.proven,
        "requested": mission.requested,
    }


def _cells(mission: Mission) -> tuple[str, ...]:
    counts = (mission.ordered, mission.planned, mission.held, mission.proven, mission.requested)
    return (
        mission.ref,
        mission.get_status_display(),
        mission.order.client.name,
        mission.order.title,
        mission.coordinator.full_name if mission.coordinator else "—",
        "—" if mission.due_on == NOTHING_DUE else date_format(mission.due_on, "SHORT_DATE_FORMAT"),
        " ".join(map(str, counts)),
    )


def show_one(ref: str, *, as_json: bool) -> int:
    """Print one mission: lines, sessions, and what it lacks before it can close."""
    mission = missions.mission_by_ref(ref.strip().upper())
    if mission is None:
        raise Stop(_("There is no mission %(ref)s. `cordee missions list` shows them all.") % {"ref": ref})
    progress = closure.progress(mission)
    found = steps(progress) if mission.status == MissionStatus.RUNNING else []
    if as_json:
        _print_json(_whole(mission, progress, found))
    else:
        _print_whole(mission, progress, found)
    return 0


def _head(mission: Mission) -> dict[str, Any]:
    client = mission.order.client
    return {
        "ref": mission.ref,
        "title": mission.order.title,
        "status": mission.status,
        "client": {"name": client.name, "sector": client.sector},
        "coordinator": mission.coordinator.full_name if mission.coordinator else None,
    }


def _whole(mission: Mission, progress: Progress, found: list[Step]) -> dict[str, Any]:
    enrolled = enrolment.counts([s.pk for s in progress.cancelled])
    sessions = [_session(at.session, at.enrolled, proven=at.proven) for at in progress.sessions]
    cancelled = [_session(s, enrolled.get(s.pk, 0), proven=False) for s in progress.cancelled]
    return {
        **_head(mission),
        "lines": [
            {
                "service": line.line.service_type.name,
                "ordered": line.ordered,
                "planned": line.planned,
                "held": line.held,
                "proven": line.proven,
                "requested": line.requested,
            }
            for line in progress.lines
        ],
        "sessions": sorted([*sessions, *cancelled], key=lambda s: str(s["ref"])),
        "blockers": [_step(step) for step in found if step.blocks_closure],
        "to_do": [_step(step) for step in found if not step.blocks_closure],
    }


def _session(session: Session, enrolled: int, *, proven: bool) -> dict[str, Any]:
    return {
        "ref": session.ref,
        "title": session.title,
        "status": session.status,
        "starts_at": _in_its_zone(session.starts_at, session),
        "ends_at": _in_its_zone(session.ends_at, session),
        "facilitators": [
            {"name": a.facilitator.full_name, "role": a.role, "status": a.status} for a in session.people
        ],
        "enrolled": enrolled,
        "proven": proven,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "code": step.code,
        "message": step.message,
        "fix": step.fix,
        "turn": step.turn,
        "due_on": _day(step.due_on),
        "subject": step.subject,
    }


def _in_its_zone(moment: datetime, session: Session) -> str:
    return local(moment, session.time_zone).isoformat()


def _day(day: date | None) -> str | None:
    return day.isoformat() if day and day != NOTHING_DUE else None


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _print_whole(mission: Mission, progress: Progress, found: list[Step]) -> None:
    print(f"{mission.ref}  {mission.order.title}")
    coordinator = mission.coordinator.full_name if mission.coordinator else _("nobody in charge")
    print(f"{mission.order.client.name} · {coordinator} · {mission.get_status_display()}\n")
    heads = (_("Service"), _("Ordered"), _("Planned"), _("Held"), _("Proven"), _("Requested"))
    counts = [
        (n.line.service_type.name, n.ordered, n.planned, n.held, n.proven, n.requested)
        for n in progress.lines
    ]
    print("\n".join(table(heads, [tuple(map(str, row)) for row in counts])))
    if progress.sessions or progress.cancelled:
        heads = (_("Session"), _("Title"), _("Starts"), _("Facilitators"), _("Enrolled"), _("Presence"))
        rows = [*map(_session_cells, progress.sessions), *map(_cancelled_cells, progress.cancelled)]
        print("\n" + "\n".join(table(heads, sorted(rows))))
    if mission.status == MissionStatus.CLOSED:
        print("\n" + _("The mission is closed: nothing is missing."))
    _print_steps(_("Missing before closure"), [s for s in found if s.blocks_closure])
    _print_steps(_("To be done on the way"), [s for s in found if not s.blocks_closure])


def _session_cells(at: SessionProgress) -> tuple[str, ...]:
    people = ", ".join(f"{a.facilitator.full_name} ({a.get_status_display()})" for a in at.people) or "—"
    proven = _("recorded") if at.proven else "—"
    return (at.session.ref, at.session.title, _start(at.session), people, str(at.enrolled), proven)


def _cancelled_cells(session: Session) -> tuple[str, ...]:
    return (session.ref, session.title, _start(session), session.get_status_display(), "—", "—")


def _start(session: Session) -> str:
    return date_format(local(session.starts_at, session.time_zone), "SHORT_DATETIME_FORMAT")


def _print_steps(title: str, found: list[Step]) -> None:
    if not found:
        return
    print(f"\n{title}")
    for step in found:
        due = f"{date_format(step.due_on, 'SHORT_DATE_FORMAT')}  " if step.due_on else ""
        message, fix = lines_of(f"{due}{step.message}", step.fix, step.turn)
        print(f"- {message}\n{fix}")
