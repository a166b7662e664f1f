"""A facilitator's year: what was asked for, invoiced and paid, with the hours, for their own accounts and BPF."""

from decimal import Decimal

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from cordee.fees import queries as fees
from cordee.fees.models import FeeLine
from cordee.kernel import clock
from cordee.kernel.bounds import YEARS_ON_RECORD
from cordee.kernel.spreadsheets import amount_cell, as_csv
from cordee.payments import queries as payments
from cordee.payments.queries import Whereabouts
from cordee.payments.states import FeeStage
from cordee.planning import queries as planning
from cordee.web.pages import facilitator_page
from cordee.web.request import Request


@facilitator_page
def statement(request: Request, year: int) -> HttpResponse:
    """Give the fees of a year as a file for the spreadsheet: days, hours, amounts, invoices, payments."""
    if abs(year - clock.today().year) > YEARS_ON_RECORD:
        raise Http404
    own = request.viewer.actor.facilitator_id or 0
    lines = list(fees.fees_of(own).filter(request__month__year=year).order_by("request__month", "pk"))
    where = payments.whereabouts(lines)
    hours = _hours(lines)
    heads = [
        _("Day"),
        _("Client"),
        _("Session"),
        _("Kind"),
        _("Hours"),
        _("Amount excl. VAT"),
        _("Invoice"),
        _("Paid on"),
        _("Reference of the payment"),
    ]
    rows = [_cells(line, where[line.pk], hours.get(line.session_id or 0)) for line in lines]
    response = HttpResponse(as_csv(heads, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="cordee-{year}.csv"'
    return response


def _hours(lines: list[FeeLine]) -> dict[int, Decimal]:
    """Return the planned hours of the sessions of these fees, by session: one query."""
    half_days = planning.half_days_of(line.session_id for line in lines if line.session_id)
    return {
        session_id: sum(
            (Decimal((h.ends_at - h.starts_at).total_seconds()) / 3600 for h in these), start=Decimal(0)
        )
        for session_id, these in half_days.items()
    }


def _cells(line: FeeLine, where: Whereabouts, hours: Decimal | None) -> list[str]:
    paid = where.stage == FeeStage.PAID
    return [
        fees.day_of(line).isoformat(),
        line.request.mission.order.client.name,
        line.session.title if line.session else "",
        line.get_kind_display(),
        amount_cell(hours) if hours is not None else "",
        amount_cell(line.amount),
        where.number,
        where.day.isoformat() if paid and where.day else "",
        where.reference if paid else "",
    ]
