"""The home of the office: queues with their counts, then the oldest things that wait."""

from dataclasses import dataclass

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
from cordee.fees.states import ReceivedState, RequestStatus
from cordee.invoices.states import InvoiceState
from cordee.journal import queries as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.permissions import Permission
from cordee.mail import queries as mail
from cordee.missions import queries as missions
from cordee.missions.queries import MissionFilter
from cordee.missions.states import MissionStatus
from cordee.organisation.models import Organisation
from cordee.payments import queries as payments
from cordee.quality import queries as quality
from cordee.quality.models import Complaint
from cordee.suppliers import queries as suppliers
from cordee.web.complaints import kind_of as complaint_kind
from cordee.web.components.formatting import money, short_day
from cordee.web.components.things import Thing
from cordee.web.office.access_needs import kind_of
from cordee.web.office.missions import RECENTLY
from cordee.web.office.next_steps import next_step
from cordee.web.pages import page
from cordee.web.request import Request

SHOWN = 8
"""How many late missions and requests stand on the page itself; their queue opens them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A number that opens its list."""

    value: int
    label: str
    url: str
    detail: str = ""
    kind: str = ""


@page(Permission.VIEW_MISSIONS)
def office_todo(request: Request) -> HttpResponse:
    """Show each role what it can do: queues, the missions that are late, the requests that wait longest."""
    actor = request.viewer.actor
    late = closure.boards(MissionFilter(status=MissionStatus.RUNNING), late_on=clock.today())
    late_count = late.count()
    decides = actor.may(Permission.DECIDE_FEES)
    # The disability officer sees missions for the sessions in them: that one is late is for others to do.
    follows = actor.may(Permission.VIEW_CLIENTS)
    context = {
        "queues": [
            *_order_queues(actor),
            *(
                [_queue(late_count, _("Missions late"), "missions", "?late=on", kind="late")]
                if follows
                else []
            ),
            *_fee_queues(actor),
            *_payment_queues(actor),
            *_supplier_queues(actor, request.viewer.organisation),
            *_complaint_queues(actor),
            *_access_queues(actor),
            *_failure_queues(actor),
        ],
        "late_items": [_late_item(mission) for mission in closure.listed(late[:SHOWN])] if late_count else [],
        "late_count": late_count,
        "decides": decides,
        "follows": follows,
        "request_items": [_request_item(r) for r in fees.requests(RequestStatus.SENT)[:SHOWN]]
        if decides
        else [],
        "handles_access": actor.may(Permission.HANDLE_ACCESS_NEEDS),
        "access_items": _access_items(actor),
        "handles_complaints": actor.may(Permission.HANDLE_COMPLAINTS),
        "complaint_items": _complaint_items(actor),
        "shown": SHOWN,
        "may_order": actor.may(Permission.MANAGE_ORDERS),
    }
    return render(request, "office/todo.html", context)


def _queue(
    value: int, label: str, name: str, query: str = "", *, detail: str = "", kind: str = "late"
) -> Queue:
    """Return a queue; a number that wants something done wears its kind, nothing left is done."""
    return Queue(
        value=value,
        label=label,
        url=reverse(name) + query,
        detail=detail or ("" if value else _("nothing left")),
        kind=kind if value else "done",
    )


def _payment_queues(actor: Actor) -> list[Queue]:
    """Return what waits for finance once fees are approved: suppliers' own invoices, contests, a second person."""
    if not actor.may(Permission.PAY):
        return []
    given = fees.received_in(ReceivedState.RECEIVED).count()
    contested = fees.issued(InvoiceState.CONTESTED).count()
    batches = payments.to_approve(actor.user_id).count()
    return [
        _queue(given, _("Invoices to look at"), "invoices", kind="wait"),
        _queue(contested, _("Contested invoices"), "invoices", f"?status={InvoiceState.CONTESTED}"),
        _queue(batches, _("Payments to approve"), "payments", "#batches", kind="wait"),
    ]


def _supplier_queues(actor: Actor, organisation: Organisation) -> list[Queue]:
    if not actor.may(Permission.EDIT_SUPPLIERS):
        return []
    missing = payments.lacking(suppliers.found(), organisation).count()
    return [_queue(missing, _("Suppliers with something missing"), "suppliers", "?missing=on", kind="wait")]


def _order_queues(actor: Actor) -> list[Queue]:
    if not actor.may(Permission.MANAGE_ORDERS):
        return []
    without = missions.missions(MissionFilter(status=MissionStatus.RUNNING, without_coordinator=True))
    waiting = missions.orders_without_mission().count()
    return [
        _queue(waiting, _("Orders without a mission"), "orders_to_open", kind="wait"),
        _queue(
            without.count(), _("Missions without a coordinator"), "missions", "?coordinator=none", kind="wait"
        ),
    ]


def _fee_queues(actor: Actor) -> list[Queue]:
    found = []
    if actor.may(Permission.VIEW_FEES):
        found.append(
            _queue(fees.to_approve_count(), _("Fee requests to approve"), "fee_requests", kind="wait")
        )
    if actor.may(Permission.DECIDE_FEES) or actor.may(Permission.MANAGE_ORDERS):
        closed = missions.missions(
            MissionFilter(status=MissionStatus.CLOSED, closed_since=clock.now() - RECENTLY)
        )
        found.append(
            Queue(
                value=closed.count(),
                label=_("Missions ready to bill"),
                url=reverse("missions") + "?status=closed&recent=on",
                detail=_("closed in the last 30 days"),
            )
        )
    return found


def _access_queues(actor: Actor) -> list[Queue]:
    if not actor.may(Permission.VIEW_ACCESS_NEEDS):
        return []
    if not actor.may(Permission.HANDLE_ACCESS_NEEDS):
        url = reverse("access_needs") + f"?state={RequestState.DONE}"
        return [Queue(value=accommodation.done_count(), label=_("Adaptations in place"), url=url)]
    late = accommodation.late_count()
    kind = "late" if late else "wait"
    detail = _("%(n)d late") % {"n": late} if late else ""
    waiting = accommodation.waiting_count()
    return [_queue(waiting, _("Access needs to see to"), "access_needs", kind=kind, detail=detail)]


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


def _complaint_queues(actor: Actor) -> list[Queue]:
    if not actor.may(Permission.HANDLE_COMPLAINTS):
        return []
    late = quality.late_count(actor)
    detail = _("%(n)d late") % {"n": late} if late else ""
    kind = "late" if late else "wait"
    waiting = quality.open_count(actor)
    queues = [_queue(waiting, _("Complaints to see to"), "complaints", kind=kind, detail=detail)]
    if undone := quality.late_improvements():
        queues.append(_queue(undone, _("Improvements late"), "improvements", "?state=late"))
    return queues


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


def _failure_queues(actor: Actor) -> list[Queue]:
    """Return what did not work; a house where everything does shows none."""
    if not actor.may(Permission.VIEW_MAIL):
        return []
    mails, facts = mail.failed_count(), journal.failed_count()
    found = [_queue(mails, _("E-mails that failed"), "mails", "?state=failed" if mails else "", kind="stop")]
    if facts:
        found.append(_queue(facts, _("Automatic steps that failed"), "failed_facts", kind="stop"))
    return found


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
