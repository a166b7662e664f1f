"""The queues of the office: numbers that open their lists, of all that each role sees to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.accommodation import queries as accommodation
from cordee.accommodation.states import RequestState
from cordee.fees import queries as fees
from cordee.fees.states import ReceivedState
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
from cordee.suppliers import queries as suppliers
from cordee.web.office.missions import RECENTLY


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A number that opens its list."""

    value: int
    label: str
    url: str
    detail: str = ""
    kind: str = ""


def queues_of(actor: Actor, organisation: Organisation, *, late: int) -> list[Queue]:
    """Return the queues of somebody; `late`: how many missions are."""
    # The disability officer sees missions for the sessions in them: that one is late is for others to do.
    missions_late = [_queue(late, ngettext("Mission late", "Missions late", late), "missions", "?late=on")]
    return [
        *_order_queues(actor),
        *(missions_late if actor.may(Permission.VIEW_CLIENTS) else []),
        *_fee_queues(actor),
        *_payment_queues(actor),
        *_supplier_queues(actor, organisation),
        *_complaint_queues(actor),
        *_access_queues(actor),
        *_failure_queues(actor),
    ]


def _counted(*lists: QuerySet[Any]) -> list[int]:
    """Return how many each of these lists holds: one query for all."""
    first, *others = (
        found.order_by()
        .annotate(nth_list=Value(nth))
        .values("nth_list")
        .annotate(how_many=Count("pk"))
        .values_list("nth_list", "how_many")
        for nth, found in enumerate(lists)
    )
    counts = dict(first.union(*others, all=True))
    return [counts.get(nth, 0) for nth in range(len(lists))]


def _order_queues(actor: Actor) -> list[Queue]:
    if not actor.may(Permission.MANAGE_ORDERS):
        return []
    alone = missions.missions(MissionFilter(status=MissionStatus.RUNNING, without_coordinator=True))
    without = alone.count()
    waiting = missions.orders_without_mission().count()
    return [
        _queue(
            waiting,
            ngettext("Order without a mission", "Orders without a mission", waiting),
            "orders_to_open",
            kind="wait",
        ),
        _queue(
            without,
            ngettext("Mission without a coordinator", "Missions without a coordinator", without),
            "missions",
            "?coordinator=none",
            kind="wait",
        ),
    ]


def _payment_queues(actor: Actor) -> list[Queue]:
    """Return what waits for finance once fees are approved: suppliers' own invoices, contests, a second person."""
    if not actor.may(Permission.PAY):
        return []
    given, contested, batches = _counted(
        fees.received_in(ReceivedState.RECEIVED),
        fees.issued(InvoiceState.CONTESTED),
        payments.to_approve(actor.user_id),
    )
    return [
        _queue(given, ngettext("Invoice to look at", "Invoices to look at", given), "invoices", kind="wait"),
        _queue(
            contested,
            ngettext("Contested invoice", "Contested invoices", contested),
            "invoices",
            f"?status={InvoiceState.CONTESTED}",
        ),
        _queue(
            batches,
            ngettext("Payment to approve", "Payments to approve", batches),
            "payments",
            "#batches",
            kind="wait",
        ),
    ]


def _supplier_queues(actor: Actor, organisation: Organisation) -> list[Queue]:
    if not actor.may(Permission.EDIT_SUPPLIERS):
        return []
    missing = payments.lacking(suppliers.found(), organisation).count()
    return [
        _queue(
            missing,
            ngettext("Supplier with something missing", "Suppliers with something missing", missing),
            "suppliers",
            "?missing=on",
            kind="wait",
        )
    ]


def _fee_queues(actor: Actor) -> list[Queue]:
    found = []
    if actor.may(Permission.VIEW_FEES):
        asked = fees.to_approve_count()
        found.append(
            _queue(
                asked,
                ngettext("Fee request to approve", "Fee requests to approve", asked),
                "fee_requests",
                kind="wait",
            )
        )
    if actor.may(Permission.DECIDE_FEES) or actor.may(Permission.MANAGE_ORDERS):
        closed = missions.missions(
            MissionFilter(status=MissionStatus.CLOSED, closed_since=clock.now() - RECENTLY)
        ).count()
        found.append(
            Queue(
                value=closed,
                label=ngettext("Mission ready to bill", "Missions ready to bill", closed),
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
        done = accommodation.done_count()
        return [
            Queue(value=done, label=ngettext("Adaptation in place", "Adaptations in place", done), url=url)
        ]
    late = accommodation.late_count()
    kind = "late" if late else "wait"
    detail = _("%(n)d late") % {"n": late} if late else ""
    waiting = accommodation.waiting_count()
    return [
        _queue(
            waiting,
            ngettext("Access need to see to", "Access needs to see to", waiting),
            "access_needs",
            kind=kind,
            detail=detail,
        )
    ]


def _complaint_queues(actor: Actor) -> list[Queue]:
    if not actor.may(Permission.HANDLE_COMPLAINTS):
        return []
    waiting, late, undone, risks = _counted(
        quality.listed(actor),
        quality.listed(actor, late=True),
        quality.improvements(late=True),
        quality.late_risks(),
    )
    detail = _("%(n)d late") % {"n": late} if late else ""
    kind = "late" if late else "wait"
    queues = [
        _queue(
            waiting,
            ngettext("Complaint to see to", "Complaints to see to", waiting),
            "complaints",
            kind=kind,
            detail=detail,
        )
    ]
    if undone:
        queues.append(
            _queue(
                undone,
                ngettext("Improvement late", "Improvements late", undone),
                "improvements",
                "?state=late",
            )
        )
    if risks:
        label = ngettext("Risk to look at again", "Risks to look at again", risks)
        queues.append(_queue(risks, label, "risks", "?state=late"))
    return queues


def _failure_queues(actor: Actor) -> list[Queue]:
    """Return what did not work; a house where everything does shows none."""
    if not actor.may(Permission.VIEW_MAIL):
        return []
    mails, facts = mail.failed_count(), journal.failed_count()
    found = [
        _queue(
            mails,
            ngettext("E-mail that failed", "E-mails that failed", mails),
            "mails",
            "?state=failed" if mails else "",
            kind="stop",
        )
    ]
    if facts:
        found.append(
            _queue(
                facts,
                ngettext("Automatic step that failed", "Automatic steps that failed", facts),
                "failed_facts",
                kind="stop",
            )
        )
    return found


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
