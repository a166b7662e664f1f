"""A facilitator's year: what was asked for, invoiced and paid, with the hours, for their own accounts and BPF."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from cordee.documents.rendering.statement import StatementData, render_statement
from cordee.fees import queries as fees
from cordee.fees.models import KIND_LABELS, FeeLine
from cordee.fees.states import RequestKind
from cordee.kernel import clock
from cordee.kernel.bounds import YEARS_ON_RECORD
from cordee.kernel.money import Money
from cordee.kernel.periods import minutes_text
from cordee.kernel.spreadsheets import amount_cell, as_csv
from cordee.organisation.models import Organisation
from cordee.payments import queries as payments
from cordee.payments.queries import Whereabouts
from cordee.payments.states import FeeStage
from cordee.planning import queries as planning
from cordee.web.components import formatting
from cordee.web.components.formatting import page_locale
from cordee.web.money import amount_of
from cordee.web.pages import facilitator_page
from cordee.web.papers import pdf
from cordee.web.request import Request


@dataclass(frozen=True, slots=True)
class Earned:
    """One fee of the year."""

    fee: FeeLine
    day: date
    minutes: int | None
    """Planned; nothing where it is for no session."""
    amount: Money
    """Euros excluding VAT: what the invoice says, once there is one."""
    where: Whereabouts

    @property
    def paid_on(self) -> date | None:
        return self.where.day if self.where.stage == FeeStage.PAID else None


def earned(facilitator_id: int, year: int) -> list[Earned]:
    """Return what somebody asked for in a calendar year and was not taken back, oldest first."""
    lines = list(
        fees.fees_of(facilitator_id).filter(request__month__year=year).order_by("request__month", "pk")
    )
    where, minutes = payments.whereabouts(lines), _minutes(lines)
    return [
        Earned(
            line,
            fees.day_of(line),
            minutes.get(line.session_id or 0),
            amount_of(line, where[line.pk]),
            where[line.pk],
        )
        for line in lines
    ]


def _minutes(lines: list[FeeLine]) -> dict[int, int]:
    """Return the planned minutes of the sessions of these fees, by session: one query."""
    half_days = planning.half_days_of(line.session_id for line in lines if line.session_id)
    return {
        session_id: sum((h.ends_at - h.starts_at) // timedelta(minutes=1) for h in these)
        for session_id, these in half_days.items()
    }


@facilitator_page
def statement(request: Request, year: int) -> HttpResponse:
    """Give the fees of a year as a file for the spreadsheet: days, hours, amounts, invoices, payments."""
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
    rows = [_cells(one) for one in _of_year_or_404(request, year)]
    response = HttpResponse(as_csv(heads, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="cordee-{year}.csv"'
    return response


def _of_year_or_404(request: Request, year: int) -> list[Earned]:
    if abs(year - clock.today().year) > YEARS_ON_RECORD:
        raise Http404
    return earned(request.viewer.actor.facilitator_id or 0, year)


def _cells(one: Earned) -> list[str]:
    line = one.fee
    return [
        one.day.isoformat(),
        line.request.mission.order.client.name,
        line.session.title if line.session else "",
        line.get_kind_display(),
        amount_cell(Decimal(one.minutes) / 60) if one.minutes is not None else "",
        amount_cell(one.amount.amount),
        one.where.number,
        one.paid_on.isoformat() if one.paid_on else "",
        one.where.reference if one.paid_on else "",
    ]


@facilitator_page
def statement_pdf(request: Request, year: int) -> HttpResponse:
    """Give the fees of a year as a PDF, with the sums that a facilitator's own BPF asks for."""
    found = _of_year_or_404(request, year)
    user = request.viewer.user
    data = _data(found, year, user.full_name if user else "", request.viewer.organisation)
    return pdf(render_statement(data, dated=clock.today()), f"{data.title} {data.person}")


def _data(found: Sequence[Earned], year: int, person: str, organisation: Organisation) -> StatementData:
    by_kind = {kind: [one for one in found if one.fee.kind == kind] for kind in RequestKind}
    paid = [one for one in found if one.paid_on]
    return StatementData(
        language=page_locale().language,
        title=_("Fees of %(year)d") % {"year": year},
        person=person,
        organisation="\n".join(filter(None, _who(organisation))),
        facts=[
            (_("Fees, excl. VAT"), formatting.money(_sum(found))),
            (_("Paid so far"), formatting.money(_sum(paid))),
            (_("Still to be paid"), formatting.money(_sum(found) - _sum(paid))),
            (_("Hours facilitated"), _hours_text(found)),
        ],
        heads=[_("Day"), _("For"), _("Hours"), _("Excl. VAT"), _("Invoice"), _("Paid on")],
        rows=[_printed(one) for one in found],
        sums=[
            (str(KIND_LABELS[kind]), _hours_text(these), formatting.money(_sum(these)))
            for kind, these in by_kind.items()
            if these
        ],
        note=_(
            "Fees count in the month in which they were asked for; hours are those that were planned. "
            "Amounts are those of the invoices, corrections included."
        ),
        made=_("Made on %(day)s by %(organisation)s with Cordée")
        % {"day": formatting.day(clock.today()), "organisation": organisation.name},
    )


def _who(organisation: Organisation) -> list[str]:
    number = organisation.activity_declaration_number
    return [
        organisation.name,
        organisation.address,
        f"{organisation.postal_code} {organisation.city}".strip(),
        f"SIRET {organisation.siret}" if organisation.siret else "",
        _("Activity declaration no. %(number)s") % {"number": number} if number else "",
    ]


def _printed(one: Earned) -> list[str]:
    line = one.fee
    client = line.request.mission.order.client.name
    title = (
        line.session.title
        if line.session
        else _("Coordination of %(mission)s") % {"mission": line.request.mission.ref}
    )
    return [
        formatting.short_day(one.day),
        f"{title}\n{client}",
        _hours_text([one]),
        formatting.money(one.amount),
        one.where.number,
        formatting.short_day(one.paid_on) if one.paid_on else "",
    ]


def _sum(found: Sequence[Earned]) -> Money:
    return Money.total(one.amount for one in found)


def _hours_text(found: Sequence[Earned]) -> str:
    minutes = sum(one.minutes or 0 for one in found)
    return minutes_text(minutes) if minutes else ""
