"""Fee requests: finance approves or returns them, and takes the approved fees as a file."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cordee.accounts import queries as accounts
from cordee.conformity.queries import Holds
from cordee.fees import actions, queries
from cordee.fees.models import STATUS_LABELS, FeeLine, FeeRequest
from cordee.fees.states import RequestStatus
from cordee.kernel.days import MONTH, day_text
from cordee.kernel.money import Money
from cordee.kernel.periods import Month
from cordee.kernel.permissions import Permission
from cordee.payments import queries as payments
from cordee.web.money import money_state
from cordee.web.office.fees_file import approved_fees_csv
from cordee.web.office.missions import ReasonForm
from cordee.web.office.money.tabs import money_tabs
from cordee.web.pages import attempt, carry_out, only_post, page, status_of
from cordee.web.request import Request
from cordee.web.slices import slice_of

KINDS = {
    RequestStatus.SENT: "wait",
    RequestStatus.APPROVED: "done",
    RequestStatus.RETURNED: "late",
    RequestStatus.VOIDED: "neutral",
}
ALL = "all"


@dataclass(frozen=True, slots=True)
class Row:
    """A request as the list shows it."""

    request: FeeRequest
    kind: str
    total: Money


def month_of(text: str) -> Month | None:
    """Return the month written `2027-01`, or nothing."""
    try:
        return Month.of(date.fromisoformat(f"{text}-01"))
    except ValueError:
        return None


@page(Permission.VIEW_FEES)
def fee_requests(request: Request) -> HttpResponse:
    """List requests by state: those to approve first, the oldest on top; any month or one."""
    asked = request.GET.get("status", RequestStatus.SENT)
    status = asked if asked in {*RequestStatus, ALL} else RequestStatus.SENT
    month = month_of(request.GET.get("month", "")) if status != RequestStatus.SENT else None
    shown = slice_of(request, queries.requests("" if status == ALL else status, month=month))
    context = {
        "tabs": _tabs(status),
        "money_tabs": money_tabs("fee_requests"),
        "status": status,
        "page": shown,
        "rows": [
            Row(r, KINDS[RequestStatus(r.status)], Money(getattr(r, "total", None) or Decimal(0)))
            for r in shown.items
        ],
        "months": _months(month) if status != RequestStatus.SENT else [],
        "month": f"{month.year:04d}-{month.number:02d}" if month else "",
        "month_label": _label(month) if month else "",
        "decides": request.viewer.actor.may(Permission.DECIDE_FEES),
    }
    return render(request, "office/fee_requests.html", context)


def _tabs(status: str) -> list[dict[str, Any]]:
    labels = {
        RequestStatus.SENT.value: _("To approve"),
        RequestStatus.APPROVED.value: _("Approved"),
        RequestStatus.RETURNED.value: _("Returned"),
        ALL: _("All"),
    }
    counts = {RequestStatus.SENT.value: queries.to_approve_count()}
    return [
        {
            "label": label,
            "url": f"{reverse('fee_requests')}?status={value}",
            "current": value == status,
            "count": counts.get(value),
        }
        for value, label in labels.items()
    ]


def _months(current: Month | None) -> list[dict[str, Any]]:
    months = queries.months_of_requests()
    return [
        {"value": f"{m.year:04d}-{m.number:02d}", "label": _label(m), "current": m == current} for m in months
    ]


def _label(month: Month) -> str:
    return day_text(month.first_day, MONTH, get_language() or "fr")


@page(Permission.VIEW_FEES)
def approved_fees(request: Request) -> HttpResponse:
    """Give the approved fees as a file for the spreadsheet, of one month (`?month=2027-01`) or all."""
    month = month_of(request.GET.get("month", ""))
    suffix = f"-{month.year:04d}-{month.number:02d}" if month else ""
    response = HttpResponse(
        approved_fees_csv(queries.approved_lines(month)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="cordee-fees{suffix}.csv"'
    return response


@page(Permission.VIEW_FEES)
def fee_request(request: Request, ref: str) -> HttpResponse:
    return _show(request, request_or_404(ref), ReasonForm())


@page(Permission.DECIDE_FEES)
def approve_fees(request: Request, ref: str) -> HttpResponse:
    only_post(request)
    found = request_or_404(ref)
    return attempt(
        request,
        lambda: actions.approve(request_id=found.pk, by=request.viewer.actor),
        back_to=reverse("fee_request", args=[found.ref]),
        done=_("Approved: invoices are issued for those who signed the mandate, and asked of the others."),
    )


@page(Permission.DECIDE_FEES)
def return_fees(request: Request, ref: str) -> HttpResponse:
    """Return a request to its coordinator with a reason."""
    only_post(request)
    found = request_or_404(ref)
    form = ReasonForm(request.POST)

    def do() -> str:
        actions.return_request(
            request_id=found.pk, reason=form.cleaned_data["reason"], by=request.viewer.actor
        )
        return reverse("fee_request", args=[found.ref])

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("Returned: the coordinator gets the reason by e-mail."))
        if answer:
            return answer
    return _show(request, found, form)


def request_or_404(ref: str) -> FeeRequest:
    found = queries.request_by_ref(ref)
    if found is None:
        raise Http404
    return found


def _show(request: Request, found: FeeRequest, form: ReasonForm) -> HttpResponse:
    lines: list[FeeLine] = list(found.lines.all())
    organisation = request.viewer.organisation
    holds = Holds(lines, {found.pk: found.mission_id}, organisation=organisation)
    where = payments.whereabouts(lines, organisation)
    names = accounts.names(i for i in (found.sent_by, found.decided_by) if i)
    status = RequestStatus(found.status)
    context = {
        "fee_request": found,
        "lines": [(line, holds.of(line), money_state(line, where.get(line.pk))) for line in lines],
        "total": Money.total(Money(line.amount) for line in lines),
        "kind": KINDS[status],
        "status_label": STATUS_LABELS[status],
        "sent_by": names.get(found.sent_by or 0, _("Cordée, when the mission closed")),
        "decided_by": names.get(found.decided_by or 0, _("Cordée")),
        "waits": status == RequestStatus.SENT,
        "decides": request.viewer.actor.may(Permission.DECIDE_FEES),
        "form": form,
    }
    return render(request, "office/fee_request.html", context, status=status_of(form))
