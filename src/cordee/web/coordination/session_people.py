"""The list of people on the session page: who comes, how they were there, and how the list follows others' writing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from cordee.attendance import queries as attendance
from cordee.attendance.models import PRESENCE_LABELS
from cordee.attendance.queries import Recorded
from cordee.attendance.states import PresenceState
from cordee.clients.states import ENROLMENT_OPTIONAL
from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.enrolment.states import Source
from cordee.kernel import clock
from cordee.missions.rules import can_run
from cordee.planning import queries as planning
from cordee.planning.models import HalfDay, Session
from cordee.planning.states import SessionStatus
from cordee.web.coordination.groups_form import elsewhere
from cordee.web.coordination.sessions import can_be_changed
from cordee.web.pages import page, session_or_404
from cordee.web.request import Request


@page()
def session_people(request: Request, ref: str) -> HttpResponse:
    """Return the list of people as it is now; nothing when it still is as it was `seen`."""
    found = session_or_404(request, ref)
    actor, open_ = request.viewer.actor, can_be_changed(found)
    runs = can_run(found.mission, actor) and open_
    people = enrolment.enrolments(found.pk)
    panel = panel_of(
        found,
        people,
        groups=enrolment.parallel_sizes(found) if runs else [],
        waiting=enrolment.row_count(found.pk) if runs else 0,
    )
    if not panel["grows"] or request.GET.get("seen") == panel["seen"]:
        return HttpResponse(status=204)
    on_it = actor.facilitator_id is not None and planning.is_on_session(found.pk, actor.facilitator_id)
    records = (runs or on_it) and open_
    context = {"session": found, "runs": runs, "records": records, "begun": False, **panel}
    return render(request, "coordination/_people.html", context)


def panel_of(
    session: Session,
    people: Sequence[Enrolment],
    *,
    groups: Sequence[tuple[Session, int]],
    half_days: Sequence[HalfDay] = (),
    records: Mapping[int, Recorded] | None = None,
    waiting: int = 0,
) -> dict[str, Any]:
    """Return what the list of people shows, whoever looks at it; `groups` are those it can be moved to, with their
    sizes, and `records` what was recorded of its half-days.

    `waiting`: the rows that are not on it yet, for those who may look at them; asked for by the list itself as it
    follows what others write, not by the page.
    """
    recorded = records or {}
    of_client = enrolment.waiting_from_client([session.pk]) if waiting else {}
    return {
        "people": _people(session, people, half_days, recorded),
        "enrolled": len(people),
        "groups": groups,
        "elsewhere": elsewhere(groups, session),
        "optional_list": session.mission.order.sector in ENROLMENT_OPTIONAL,
        "recorded": len(recorded),
        "headcount": max((r.present for r in recorded.values()), default=0),
        "grows": session.starts_at > clock.now() and session.status == SessionStatus.PLANNED,
        "seen": enrolment.state_of(people, waiting),
        "from_client": of_client.get(session.pk, 0),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonComing:
    """Somebody on the list, with how they were there."""

    id: int
    name: str
    email: str
    walk_in: bool
    given_by_client: bool
    presence: list[tuple[str, str]]


PRESENCE_KINDS = {
    PresenceState.PRESENT: "done",
    PresenceState.LATE: "late",
    PresenceState.EXCUSED: "wait",
    PresenceState.ABSENT: "stop",
}


def _people(
    session: Session,
    people: Sequence[Enrolment],
    half_days: Sequence[HalfDay],
    records: Mapping[int, Recorded],
) -> list[PersonComing]:
    grid = attendance.grid(session.pk) if records else {}
    return [
        PersonComing(
            id=e.pk,
            name=e.participant.full_name,
            email=e.participant.email,
            walk_in=e.source == Source.WALK_IN,
            given_by_client=e.source == Source.CONTACT,
            presence=_marks([grid.get((e.pk, h.pk), "") for h in half_days]),
        )
        for e in people
    ]


def _marks(states: Sequence[str]) -> list[tuple[str, str]]:
    """Return the kinds and words of somebody's presence: once when it is the same on every half-day."""
    known = [PresenceState(s) for s in states if s]
    shown = known[:1] if len(set(known)) == 1 and len(known) == len(states) else known
    return [(PRESENCE_KINDS[s], str(PRESENCE_LABELS[s])) for s in shown]
