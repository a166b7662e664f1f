"""`cordee missions list | show`: how far missions have come, for people and for programs."""

import json
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cordee.attendance.steps import recorded
from cordee.cli.printing import Stop, lines_of, table
from cordee.closure import queries as closure
from cordee.closure.queries import Listed, Progress
from cordee.closure.states import NOTHING_DUE
from cordee.conformity.states import Proof
from cordee.conformity.steps import PROVEN, proofs
from cordee.enrolment import queries as enrolment
from cordee.enrolment.steps import enrolled
from cordee.fees.steps import REQUESTED
from cordee.kernel.days import FIGURES, day_text
from cordee.kernel.steps import Look, Step
from cordee.kernel.zones import zone_elsewhere
from cordee.missions import queries as missions
from cordee.missions.models import STATUS_LABELS, Mission
from cordee.missions.queries import MissionFilter
from cordee.missions.states import MissionStatus
from cordee.missions.steps import ORDERED
from cordee.planning.models import ASSIGNMENT_LABELS, Session
from cordee.planning.states import AssignmentStatus, SessionStatus
from cordee.planning.steps import HELD, PLANNED, all_sessions

COUNTERS = (ORDERED, PLANNED, HELD, PROVEN, REQUESTED)
"""The figures that are printed, in this order."""


def show_list(*, status: str, search: str, as_json: bool) -> int:
    """Print the missions, what is late first."""
    found = closure.listed(closure.boards(MissionFilter(status=status, search=search)))
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


def _row(mission: Listed) -> dict[str, Any]:
    return {
        **_head(
            ref=mission.ref,
            title=mission.title,
            status=mission.status,
            client=(mission.client, mission.client_sector),
            coordinator=mission.coordinator,
        ),
        "due_on": _day(mission.due_on),
        "first_day": _day(mission.first_day),
        "last_day": _day(mission.last_day),
        **{count: mission.of(count) for count in COUNTERS},
    }


def _cells(mission: Listed) -> tuple[str, ...]:
    return (
        mission.ref,
        str(STATUS_LABELS[MissionStatus(mission.status)]),
        mission.client,
        mission.title,
        mission.coordinator or "—",
        "—" if mission.due_on == NOTHING_DUE else _figures(mission.due_on),
        " ".join(str(mission.of(count)) for count in COUNTERS),
    )


def show_one(ref: str, *, as_json: bool) -> int:
    """Print one mission: lines, sessions, and what it lacks before it can close."""
    mission = missions.mission_by_ref(ref.strip().upper())
    if mission is None:
        raise Stop(_("There is no mission %(ref)s. `cordee missions list` shows them all.") % {"ref": ref})
    progress = closure.progress(mission)
    if as_json:
        _print_json(_whole(mission, progress))
    else:
        _print_whole(mission, progress)
    return 0


def _head(*, ref: str, title: str, status: str, client: tuple[str, str], coordinator: str) -> dict[str, Any]:
    name, sector = client
    return {
        "ref": ref,
        "title": title,
        "status": status,
        "client": {"name": name, "sector": sector},
        "coordinator": coordinator or None,
    }


def _whole(mission: Mission, progress: Progress) -> dict[str, Any]:
    sessions = progress.look.at(all_sessions)[mission.pk]
    people, known = enrolment.counts([s.pk for s in sessions]), progress.look.at(proofs)
    client = mission.order.client
    return {
        **_head(
            ref=mission.ref,
            title=mission.order.title,
            status=mission.status,
            client=(client.name, client.sector),
            coordinator=mission.coordinator.full_name if mission.coordinator else "",
        ),
        "lines": [
            {
                "service": line.line.service_type.name,
                **{count: line.of(count) for count in COUNTERS},
            }
            for line in progress.lines
        ],
        "sessions": [
            _session(s, people.get(s.pk, 0), proven=known.get(s.pk) == Proof.PROVEN)
            for s in sorted(sessions, key=lambda s: s.ref)
        ],
        "blockers": [_step(step) for step in progress.steps if step.blocks_closure],
        "to_do": [_step(step) for step in progress.steps if not step.blocks_closure],
    }


def _session(session: Session, enrolled: int, *, proven: bool) -> dict[str, Any]:
    return {
        "ref": session.ref,
        "title": session.title,
        "status": session.status,
        "starts_at": session.starts.isoformat(),
        "ends_at": session.ends.isoformat(),
        "time_zone": session.time_zone,
        "facilitators": [{"name": a.name, "role": a.role, "status": a.status} for a in session.people],
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


def _day(day: date | None) -> str | None:
    return day.isoformat() if day and day != NOTHING_DUE else None


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _print_whole(mission: Mission, progress: Progress) -> None:
    print(f"{mission.ref}  {mission.order.title}")
    coordinator = mission.coordinator.full_name if mission.coordinator else _("nobody in charge")
    print(f"{mission.order.client.name} · {coordinator} · {mission.get_status_display()}\n")
    heads = (_("Service"), _("Ordered"), _("Planned"), _("Held"), _("Proven"), _("Requested"))
    counts = [
        (line.line.service_type.name, *(line.of(count) for count in COUNTERS)) for line in progress.lines
    ]
    print("\n".join(table(heads, [tuple(map(str, row)) for row in counts])))
    if sessions := progress.look.at(all_sessions)[mission.pk]:
        heads = (_("Session"), _("Title"), _("Starts"), _("Facilitators"), _("Enrolled"), _("Presence"))
        rows = [_session_cells(session, progress.look) for session in sessions]
        print("\n" + "\n".join(table(heads, sorted(rows))))
    if mission.status == MissionStatus.CLOSED:
        print("\n" + _("The mission is closed: nothing is missing."))
    _print_steps(_("Missing before closure"), [s for s in progress.steps if s.blocks_closure])
    _print_steps(_("To be done on the way"), [s for s in progress.steps if not s.blocks_closure])


def _session_cells(session: Session, look: Look) -> tuple[str, ...]:
    head = (session.ref, session.title, _start(session))
    if session.status == SessionStatus.CANCELLED:
        return (*head, session.get_status_display(), "—", "—")
    people = (
        ", ".join(f"{a.name} ({ASSIGNMENT_LABELS[AssignmentStatus(a.status)]})" for a in session.people)
        or "—"
    )
    presence = _("recorded") if session.pk in look.at(recorded) else "—"
    return (*head, people, str(look.at(enrolled).get(session.pk, 0)), presence)


def _figures(day: date) -> str:
    return day_text(day, FIGURES, get_language() or "fr")


def _start(session: Session) -> str:
    start = f"{_figures(session.starts.date())} {session.starts:%H:%M}"
    zone = zone_elsewhere(session.time_zone, get_language() or "fr")
    return f"{start} ({zone})" if zone else start


def _print_steps(title: str, found: list[Step]) -> None:
    if not found:
        return
    print(f"\n{title}")
    for step in found:
        due = f"{_figures(step.due_on)}  " if step.due_on else ""
        message, fix = lines_of(f"{due}{step.message}", step.fix, step.turn)
        print(f"- {message}\n{fix}")
