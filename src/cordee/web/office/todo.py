"""The home of the office: queues with their counts, then the oldest things that wait."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.accommodation import queries as accommodation
from cordee.accommodation.models import AccommodationRequest
from cordee.accommodation.states import RequestState
from cordee.closure import queries as closure
from cordee.closure.queries import Listed
from cordee.fees import queries as fees
from cordee.fees.models import FeeRequest
from cordee.fees.states import RequestStatus
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.permissions import Permission
from cordee.missions.queries import MissionFilter
from cordee.missions.states import MissionStatus
from cordee.quality import queries as quality
from cordee.quality.models import Complaint, Improvement
from cordee.web.complaints import kind_of as complaint_kind
from cordee.web.components.formatting import money, short_day
from cordee.web.components.things import Thing
from cordee.web.office.access_needs import kind_of
from cordee.web.office.next_steps import next_step
from cordee.web.office.queues import queues_of
from cordee.web.pages import page
from cordee.web.request import Request

SHOWN = 8
"""How many late missions and requests stand on the page itself; their queue opens them all."""


@page(Permission.VIEW_MISSIONS)
def office_todo(request: Request) -> HttpResponse:
    """Show each role what it can do: queues, the missions that are late, the requests that wait longest."""
    actor = request.viewer.actor
    late = closure.boards(MissionFilter(status=MissionStatus.RUNNING), late_on=clock.today())
    late_count = late.count()
    decides = actor.may(Permission.DECIDE_FEES)
    context = {
        "queues": queues_of(actor, request.viewer.organisation, late=late_count),
        "late_items": [_late_item(mission) for mission in closure.listed(late[:SHOWN])] if late_count else [],
        "late_count": late_count,
        "decides": decides,
        "follows": actor.may(Permission.VIEW_CLIENTS),
        "request_items": [_request_item(r) for r in fees.requests(RequestStatus.SENT)[:SHOWN]]
        if decides
        else [],
        "handles_access": actor.may(Permission.HANDLE_ACCESS_NEEDS),
        "access_items": _access_items(actor),
        "improvement_items": [_improvement_item(i) for i in quality.own_improvements(actor)[:SHOWN]],
        "handles_complaints": actor.may(Permission.HANDLE_COMPLAINTS),
        "complaint_items": _complaint_items(actor),
        "shown": SHOWN,
        "may_order": actor.may(Permission.MANAGE_ORDERS),
    }
    return render(request, "office/todo.html", context)


def _access_items(actor: Actor) -> list[Thing]:
    if not actor.may(Permission.HANDLE_ACCESS_NEEDS):
        return []
    return [_access_item(r) for r in accommodation.requests(RequestState.OPEN)[:SHOWN]]


def _access_item(asked: AccommodationRequest) -> Thing:
    session = asked.enrolment.session
    starts = short_day(session.starts)
    return Thing(
        when=short_day(asked.due_on),
        kind=kind_of(asked),
        title=asked.enrolment.participant.full_name,
        detail=f"{session.title} · {session.mission.order.client.name} · {starts}",
        url=reverse("access_need", args=[asked.pk]),
        action_label=_("Open"),
    )


def _complaint_items(actor: Actor) -> list[Thing]:
    if not actor.may(Permission.HANDLE_COMPLAINTS):
        return []
    return [_complaint_item(c) for c in quality.listed(actor)[:SHOWN]]


def _complaint_item(complaint: Complaint) -> Thing:
    """Return a complaint as something to do: never what was said, the page is looked at over shoulders."""
    about = complaint.mission.order.client.name if complaint.mission else ""
    owner = complaint.owner.full_name if complaint.owner else _("nobody sees to it yet")
    return Thing(
        when=short_day(complaint.due_on),
        kind=complaint_kind(complaint),
        title=f"{complaint.get_kind_display()} {complaint.ref}",
        detail=" · ".join(part for part in (about, owner) if part),
        url=reverse("complaint", args=[complaint.ref]),
        action_label=_("Open"),
    )


def _improvement_item(improvement: Improvement) -> Thing:
    """Return something that one is asked to improve as something to do."""
    late = improvement.due_on < clock.today()
    return Thing(
        when=short_day(improvement.due_on),
        kind="late" if late else "wait",
        title=improvement.title,
        detail=improvement.ref,
        url=reverse("improvement", args=[improvement.ref]),
        action_label=_("Open"),
    )


def _late_item(mission: Listed) -> Thing:
    step = next_step(mission, clock.today())
    names = [mission.client, mission.coordinator or _("nobody in charge"), mission.ref]
    return Thing(
        when=short_day(mission.due_on),
        kind=step.kind,
        title=_("%(title)s: %(step)s") % {"title": mission.title, "step": step.words},
        detail=" · ".join(names),
        url=reverse("mission", args=[mission.ref]),
        action_label=_("Open"),
    )


def _request_item(fee_request: FeeRequest) -> Thing:
    total = money(getattr(fee_request, "total", None) or 0)
    return Thing(
        when=short_day(fee_request.sent_at),
        kind="wait",
        title=_("%(total)s for %(client)s")
        % {"total": total, "client": fee_request.mission.order.client.name},
        detail=f"{fee_request.get_kind_display()} · {fee_request.mission.order.title} · {fee_request.ref}",
        url=reverse("fee_request", args=[fee_request.ref]),
        action_label=_("Check"),
    )
