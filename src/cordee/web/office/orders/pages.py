"""The page of an order, and opening its mission."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.accounts import queries as accounts
from cordee.closure import actions as closure
from cordee.closure import queries as closure_queries
from cordee.closure.queries import LineProgress
from cordee.fees.steps import REQUESTED
from cordee.kernel.money import Money
from cordee.kernel.permissions import Permission
from cordee.missions import queries
from cordee.missions.models import Mission, Order, OrderLine
from cordee.missions.rules import is_running
from cordee.planning.steps import HELD, PLANNED
from cordee.web.pages import attempt, only_post, page
from cordee.web.request import Request
from cordee.web.slices import slice_of


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the page shows it: its counter, and what it comes to."""

    line: OrderLine
    total: Money
    planned: int
    held: int
    requested: int


def _line(progress: LineProgress) -> Line:
    return Line(
        line=progress.line,
        total=Money(progress.line.unit_price) * progress.line.quantity,
        planned=progress.of(PLANNED),
        held=progress.of(HELD),
        requested=progress.of(REQUESTED),
    )


def order_or_404(ref: str) -> Order:
    """Return the order; pages of orders are for those who see every mission."""
    found = queries.order_by_ref(ref)
    if found is None:
        raise Http404
    return found


def mission_of(order: Order) -> Mission | None:
    """Return the mission that delivers the order, if it was opened."""
    return getattr(order, "mission", None)


@page(Permission.VIEW_MISSIONS)
def orders_to_open(request: Request) -> HttpResponse:
    """List the orders without a mission, oldest first."""
    shown = slice_of(request, queries.orders_without_mission())
    may_order = request.viewer.actor.may(Permission.MANAGE_ORDERS)
    return render(request, "office/orders_to_open.html", {"page": shown, "may_order": may_order})


@page(Permission.VIEW_MISSIONS)
def order(request: Request, ref: str) -> HttpResponse:
    """Show what was agreed, how far each line has come, and what was amended."""
    found = order_or_404(ref)
    mission = mission_of(found)
    progress = closure_queries.progress(mission) if mission else None
    lines = (
        progress.lines
        if progress
        else [LineProgress(line=line, counts={}) for line in queries.lines(found.pk)]
    )
    shown = [_line(line) for line in lines]
    amendments = queries.amendments(found.pk)
    names = accounts.names(a.user_id for a in amendments if a.user_id)
    refusals = list(is_running(mission)) if mission else []
    context = {
        "order": found,
        "mission": mission,
        "lines": shown,
        "total": Money.total(line.total for line in shown),
        "amendments": [(a, names.get(a.user_id or 0, _("Cordée"))) for a in amendments],
        "closed_because": refusals[0] if refusals else None,
        "may_order": request.viewer.actor.may(Permission.MANAGE_ORDERS),
        "may_reopen": request.viewer.actor.may(Permission.REOPEN_MISSIONS),
    }
    return render(request, "office/order.html", context)


@page(Permission.MANAGE_ORDERS)
def open_mission(request: Request, ref: str) -> HttpResponse:
    """Open the mission of an order, then choose who coordinates it."""
    only_post(request)
    found = order_or_404(ref)
    mission = mission_of(found)
    if mission:
        return HttpResponseRedirect(reverse("mission", args=[mission.ref]))
    attempt(
        request,
        lambda: closure.open_mission(order_id=found.pk, by=request.viewer.actor),
        back_to=reverse("order", args=[ref]),
        done=_("The mission is open. Name who coordinates it."),
    )
    opened = mission_of(order_or_404(ref))
    back_to = reverse("name_coordinator", args=[opened.ref]) if opened else reverse("order", args=[ref])
    return HttpResponseRedirect(back_to)
