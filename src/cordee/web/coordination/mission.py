"""The mission page: where the mission stands, what is to be done next, whose turn it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.clients.models import SECTOR_LABELS
from cordee.clients.states import Sector
from cordee.closure import queries as closure
from cordee.closure.queries import LineProgress, Progress
from cordee.conformity.steps import PROVEN
from cordee.documents.actions import print_sheets
from cordee.enrolment import queries as enrolment
from cordee.fees.models import FeeLine, FeeRequest
from cordee.fees.states import RequestKind, RequestStatus
from cordee.fees.steps import REQUESTED, TO_REQUEST, fee_lines
from cordee.journal.queries import timeline
from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.kernel.permissions import Permission
from cordee.missions import actions as missions
from cordee.missions.models import Mission
from cordee.missions.rules import can_run, coordinates
from cordee.missions.states import MissionStatus
from cordee.missions.steps import ORDERED
from cordee.planning import queries as planning
from cordee.planning.states import SessionStatus
from cordee.planning.steps import HELD, PLANNED, all_sessions, days, standing
from cordee.surveys.rules import may_read_results
from cordee.web.coordination import sessions as session_rows
from cordee.web.coordination import todo
from cordee.web.coordination.rope import knots
from cordee.web.coordination.timeline import Names, lines
from cordee.web.numbers import an_id
from cordee.web.pages import attempt, mission_or_404, need_to_run, only_post, page
from cordee.web.papers import pdf
from cordee.web.request import Request

LATEST = 8
"""Lines of the timeline on the mission page."""
LOOKED_AT = 60
"""Entries from which they are made: one line may tell of many."""
ON_A_PAGE = 50
REQUEST_KINDS = {
    RequestStatus.SENT: "wait",
    RequestStatus.APPROVED: "done",
    RequestStatus.RETURNED: "late",
    RequestStatus.VOIDED: "neutral",
}


@page()
def mission(request: Request, ref: str) -> HttpResponse:
    found = mission_or_404(request, ref)
    actor = request.viewer.actor
    progress = closure.progress(found, policy=request.viewer.organisation)
    running = found.status == MissionStatus.RUNNING
    runs = can_run(found, actor) and running
    things = todo.to_do(progress.steps)
    to_request = progress.total(TO_REQUEST)
    sessions = [at.session for at in progress.look.at(standing)[found.pk]]
    shown = things if "all" in request.GET else things[: todo.MOST_SHOWN]
    fees_url = reverse("mission_fees", args=[ref])
    context = {
        "mission": found,
        "order": found.order,
        "sector": SECTOR_LABELS[Sector(found.order.sector)],
        "running": running,
        "runs": runs,
        "coordinates": coordinates(found, actor),
        "office": actor.may(Permission.VIEW_MISSIONS),
        "reads_opinions": may_read_results(found, actor),
        "sees_sheets": can_run(found, actor) or actor.may(Permission.VIEW_SHEETS),
        "manages": actor.may(Permission.MANAGE_ORDERS),
        "may_reopen": actor.may(Permission.REOPEN_MISSIONS) and not running,
        "period": progress.look.at(days).get(found.pk),
        "knots": knots(progress, fees_url=fees_url),
        "due": todo.summary(things),
        "things": todo.items(found, shown, actor),
        "more_things": len(things) - len(shown),
        "groups": session_rows.groups(progress, actor, runs=runs),
        "cancelled": session_rows.cancelled(progress, actor),
        "counters": [_counter(line) for line in progress.lines],
        "requests": _requests(progress.look.at(fee_lines)[found.pk]),
        "fees_to_request": to_request,
        "fees_to_request_label": _("%(n)d to ask for") % {"n": to_request},
        "missing": todo.missing(found, progress.steps, actor),
        "entries": _latest(request, found, progress),
        "amendment_mail": amendment_mail(request, found),
        "may_ask": runs and enrolment.something_to_come(sessions),
    }
    return render(request, "coordination/mission.html", context)


def amendment_mail(request: Request, mission: Mission) -> str:
    """Return the address that opens a mail to operations about an amendment; empty when none is known."""
    address = request.viewer.organisation.reply_to
    if not address:
        return ""
    subject = _("Amendment wanted on %(mission)s: %(title)s") % {
        "mission": mission.ref,
        "title": mission.order.title,
    }
    return f"mailto:{address}?subject={quote(subject)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """One order line with its counter, as the component takes it."""

    line_id: int
    label: str
    note: str
    ordered: int
    planned: int
    held: int
    proven: int
    requested: int


def _counter(progress: LineProgress) -> Counter:
    expected = progress.line.expected_participants
    note = ngettext("%(n)d participant expected", "%(n)d participants expected", expected) % {"n": expected}
    return Counter(
        line_id=progress.line.pk,
        label=progress.line.service_type.name,
        note=note if expected else "",
        ordered=progress.of(ORDERED),
        planned=progress.of(PLANNED),
        held=progress.of(HELD),
        proven=progress.of(PROVEN),
        requested=progress.of(REQUESTED),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A fee request in short."""

    request: FeeRequest
    coordination: bool
    kind: str
    state: str
    total: Money
    prestations: int


def _requests(fees: Sequence[FeeLine]) -> list[Asked]:
    """Return the requests that these fees are in, newest first."""
    by_request: dict[int, list[FeeLine]] = {}
    for line in fees:
        by_request.setdefault(line.request_id, []).append(line)
    return [
        Asked(
            request=(asked := found[0].request),
            coordination=asked.kind == RequestKind.COORDINATION,
            kind=REQUEST_KINDS[RequestStatus(asked.status)],
            state=asked.get_status_display(),
            total=Money.total(Money(line.amount) for line in found),
            prestations=sum(line.quantity for line in found),
        )
        for found in reversed(by_request.values())
    ]


def _latest(request: Request, mission: Mission, progress: Progress) -> list[Any]:
    """Return the last things that happened; most names are on the page already."""
    sessions = progress.look.at(all_sessions)[mission.pk]
    people = [(p.facilitator_id, p.user_id, p.name) for session in sessions for p in session.people]
    if mission.coordinator:
        people.append((mission.coordinator.pk, mission.coordinator.user_id, mission.coordinator.full_name))
    user = request.viewer.user
    known = Names(
        {pk: name for pk, _user, name in people},
        {user_id: name for _pk, user_id, name in people} | ({user.pk: user.full_name} if user else {}),
    )
    entries = timeline(mission.pk, limit=LOOKED_AT)
    return lines(entries, sessions, known, most=LATEST, goes_on=len(entries) == LOOKED_AT)


@page()
def mission_timeline(request: Request, ref: str) -> HttpResponse:
    found = mission_or_404(request, ref)
    before = request.GET.get("before", "")
    entries = timeline(found.pk, limit=ON_A_PAGE + 1, before_id=an_id(before))
    shown = entries[:ON_A_PAGE]
    context = {
        "mission": found,
        "office": request.viewer.actor.may(Permission.VIEW_MISSIONS),
        "entries": lines(shown, planning.sessions_of(found.pk), goes_on=len(entries) > ON_A_PAGE),
        "older": shown[-1].id if len(entries) > ON_A_PAGE else None,
        "first_page": not before,
    }
    return render(request, "coordination/timeline.html", context)


@page()
def finish_correction(request: Request, ref: str) -> HttpResponse:
    only_post(request)
    found = mission_or_404(request, ref)
    need_to_run(request, found)
    return attempt(
        request,
        lambda: missions.finish_correction(mission_id=found.pk, by=request.viewer.actor),
        back_to=reverse("mission", args=[ref]),
        done=_("Correction finished: the mission closes by itself again."),
    )


@page()
def mission_sheets(request: Request, ref: str) -> HttpResponse:
    """Give the sheets of all sessions to come in one file; of all sessions when none is to come."""
    found = mission_or_404(request, ref)
    sessions = [s for s in planning.sessions_of(found.pk) if s.status == SessionStatus.PLANNED]
    to_come = [s for s in sessions if s.ends_at > clock.now()]
    for session in sessions:
        session.mission = found
    chosen = to_come or sessions
    if not chosen:
        return render(request, "coordination/no_sheets.html", {"mission": found}, status=404)
    printed = print_sheets(sessions=chosen, by=request.viewer.actor)
    return pdf(printed.content, _("sheets-%(ref)s") % {"ref": found.ref})
